/**
 * Where the page and training meet: the messages between the page's client, the training workers and the data worker.
 * Types and a version only.
 */
import type { BatchSettings } from '../model/batchSettings.ts';
import type { BackendName } from '../model/backends.ts';
import type { Pace, RecipeConfig, RunConfig } from '../model/config.ts';
import type { Probe } from '../model/cost.ts';
import type { KernelBuild } from '../model/kernelBuild.ts';
import type { Precision } from '../model/precision.ts';
import type { Batch, DataWait, TrainingBatch } from './source.ts';
import type { Failure, RunEvent } from './events.ts';
import type { KeptCheckpoint, Resumed, Unkept } from './keeping.ts';

export type {
  EndReason,
  EvaluationEvent,
  Failure,
  GradientNormsEvent,
  RunEvent,
  SessionState,
  StateEvent,
  StepsEvent,
  UnevaluatedEvent,
} from './events.ts';

export type { CheckpointReason, KeptCheckpoint, Resumed, Unkept } from './keeping.ts';
export type { DataWait } from './source.ts';
export type { BackendName } from '../model/backends.ts';

export const PROTOCOL_VERSION = 6;

/** Threads of a lane on WASM, measured. */
export interface ThreadCalibration {
  /** Those that are best. */
  readonly threads: number;
  /** The best number above one that was tried, and how many times as fast as one thread it was. */
  readonly tried: number;
  /** Null where it is not known: fewer threads started, or what was measured cannot be. */
  readonly gain: number | null;
}

/** Why a lane has one thread where the processor has more cores. */
export type ThreadsBar =
  /** The page is not cross-origin isolated: its server does not send the headers for it. */
  | 'not-isolated'
  /** The page is isolated, and the browser shares no memory between threads all the same. */
  | 'no-shared-memory';

/** A device that was asked for, or would have been taken, and cannot be had. */
export type DeviceMiss =
  /** `?backend=` is no backend. */
  | { readonly kind: 'unknown-backend'; readonly asked: string }
  /** `?precision=` is no precision. */
  | { readonly kind: 'unknown-precision'; readonly asked: string }
  /** `?precision=f16` was asked for, and what trains is not WebGPU. */
  | { readonly kind: 'no-f16' }
  /** `?backend=` was asked for, and this browser lacks it. */
  | {
      readonly kind: 'absent';
      readonly backend: BackendName;
      readonly why: 'no-webgpu' | 'insecure' | 'no-adapter' | 'no-webgl' | 'no-wasm';
    }
  /** It is there, and did not start or was lost. `why` is a sentence: it names a file that did not arrive. */
  | { readonly kind: 'failed'; readonly backend: BackendName; readonly why: string };

/** The device that trains, and why this one: always on the screen. */
export interface DeviceChoice {
  readonly backend: BackendName;
  /** Threads a lane may use; 1 everywhere but on WASM. */
  readonly threads: number;
  /** What a measurement on this device said of its threads; absent before it, and where there is no choice. */
  readonly threadsMeasured?: ThreadCalibration;
  /** How activations are stored; f32 without it. */
  readonly precision?: Precision;
  /** The most bytes of one buffer on WebGPU; absent elsewhere. */
  readonly tensorBytes?: number;
  /** The hardware for people, where the browser tells: "Apple M2"; else empty. */
  readonly hardware: string;
  /** Whether it computes on the processor: WASM and JavaScript, and graphics cards imitated in software. */
  readonly software: boolean;
  /** Why this backend and no better one. The page turns it into words. */
  readonly reason:
    | 'hardware-webgpu'
    | 'webgl-faster-than-wasm'
    | 'wasm-faster-than-webgl'
    | 'no-webgpu'
    | 'no-adapter'
    | 'software-adapter'
    | 'no-wasm'
    /** Those before it failed: see `missed`. */
    | 'others-failed'
    | 'asked-for';
  /** Set where the page came over plain http from another machine: browsers hide WebGPU and shared memory from it. */
  readonly insecure?: true;
  /** What bars lanes from more than one thread; absent where nothing does, and where `insecure` says it. */
  readonly threadsBarred?: ThreadsBar;
  /** What was asked for, or would have been taken before it, and cannot be had; absent where it is nothing. */
  readonly missed?: readonly DeviceMiss[];
}

/** What computed a run, as far as its curve depends on it. */
export interface Provenance extends KernelBuild {
  readonly backend: BackendName;
  readonly precision: Precision;
  /** For people: "Firefox 140 on Linux". */
  readonly browser: string;
}

// Page -> training worker

export type TrainCommand =
  | {
      readonly kind: 'start';
      readonly version: typeof PROTOCOL_VERSION;
      readonly run: RunConfig;
      readonly device: DeviceChoice;
      /** The lane's end of a channel to the data worker. */
      readonly data: MessagePort;
      /** To be held while the worker lives (lifeline.ts), which is answered by `alive`. */
      readonly life?: string;
      /** Start from these safetensors instead of the seed's weights. */
      readonly weights?: ArrayBuffer;
      /**
       * Go on from this file of model/checkpoint.ts, of this very `run`; the data deal its next batch first. What is no such checkpoint
       * fails the run with a CheckpointError.
       */
      readonly checkpoint?: ArrayBuffer;
      /**
       * Keep the run while it trains (training/checkpointMaker.ts): on the ladder, about every 20 s, when it pauses and at the end of its
       * training; and after every so many steps, where this is a number. Without it nothing is kept.
       */
      readonly keepEvery?: number | null;
      /** Steps after which it is kept beside all that: others go on from there. */
      readonly keepAt?: readonly number[];
    }
  /**
   * Opens the device that a later `measure` or `start` is to use, and gets ready what `run` computes there. May be sent again with
   * another run. A failure is told by `measure` and `start`.
   */
  | {
      readonly kind: 'warm';
      readonly backend: BackendName;
      readonly threads: number;
      readonly run: RunConfig;
      readonly precision?: Precision;
    }
  /** `ping` is answered by `pong` as soon as the worker's thread is free. */
  | { readonly kind: 'pause' | 'resume' | 'ping' }
  /** Keep the run as it stands, as soon as it stands between two steps; answered by `checkpoint`, unless that moment was kept. */
  | { readonly kind: 'keep' }
  /** Ends the run after its current step; as failed, with what it keeps, if a `failure` elsewhere is why. */
  | { readonly kind: 'stop'; readonly failure?: Failure }
  /** Answered by `weights`. */
  | { readonly kind: 'exportWeights' }
  /**
   * Milliseconds of a training step on a backend, of a small net without `probe`; answered by `measured`. Not while training,
   * and every one of a worker on the same backend. `start` ends it without an answer.
   */
  | {
      readonly kind: 'measure';
      readonly backend: BackendName;
      /** One without it. */
      readonly threads?: number;
      readonly precision?: Precision;
      readonly probe?: Probe;
    };

// Training worker -> page

export type TrainMessage =
  | { readonly kind: 'event'; readonly event: RunEvent }
  /** The net is built on the device and waits for its first batch; `resumed` of a run that goes on from a checkpoint. */
  | { readonly kind: 'ready'; readonly build: KernelBuild; readonly resumed?: Resumed }
  /** All that leads to it has been told before; later steps may have been, too. */
  | ({ readonly kind: 'checkpoint' } & KeptCheckpoint)
  | ({ readonly kind: 'unkept' } & Unkept)
  | { readonly kind: 'weights'; readonly step: number; readonly safetensors: ArrayBuffer }
  | { readonly kind: 'measured'; readonly milliseconds: number; readonly build: KernelBuild }
  | { readonly kind: 'pong' | 'alive' }
  | { readonly kind: 'failure'; readonly failure: Failure };

// Page -> data worker

export type DataCommand =
  /** Loads what training with these settings begins with. A failure is told by `open`, which tries anew. */
  | {
      readonly kind: 'warm';
      readonly url: string;
      readonly order: Pick<RecipeConfig, 'seed' | 'order' | 'batchSize'>;
      /** The number of the batch with which it begins; 0 without it. */
      readonly from?: number;
    }
  | {
      readonly kind: 'open';
      readonly version: typeof PROTOCOL_VERSION;
      /** Absolute address of the dataset's folder. */
      readonly url: string;
      readonly recipe: RecipeConfig;
      readonly pace: Pace;
      /** Lanes to wait for before the first batch is dealt in lockstep. */
      readonly lanes: number;
      /** As with `start`. */
      readonly life?: string;
    }
  | {
      readonly kind: 'addLane';
      readonly lane: string;
      readonly port: MessagePort;
      /** The number of the batch that it gets first; 0 without it. */
      readonly from?: number;
      /** Where its batches are not those of the recipe. */
      readonly batches?: BatchSettings;
    }
  /** The lane's training worker is gone without a word: the others must not wait for it. */
  | { readonly kind: 'removeLane'; readonly lane: string }
  /** Answered by `pong`. */
  | { readonly kind: 'ping' };

// Data worker -> page

export type DataMessage =
  | {
      readonly kind: 'progress';
      readonly shardsLoaded: number;
      readonly shards: number;
      readonly bytesLoaded: number;
      readonly bytes: number;
    }
  /** The network keeps back what lanes wait for; null once it has come. */
  | { readonly kind: 'waiting'; readonly wait: DataWait | null }
  /** The lane's end of its channel is gone, with its worker (where the browser tells). */
  | { readonly kind: 'laneLost'; readonly lane: string }
  | { readonly kind: 'pong' | 'alive' }
  | { readonly kind: 'failure'; readonly failure: Failure };

// Training worker <-> data worker, over a lane's MessagePort: pulled, one answer to each request, by its number

export type LaneRequest =
  | { readonly kind: 'describe'; readonly id: number }
  | { readonly kind: 'next'; readonly id: number }
  | { readonly kind: 'evaluation'; readonly id: number; readonly from: number; readonly size: number }
  | { readonly kind: 'leave' };

export type LaneAnswer = { readonly id: number } & LaneReply;

export type LaneReply =
  | { readonly kind: 'description'; readonly trainingImages: number; readonly testImages: number }
  | { readonly kind: 'training'; readonly batch: TrainingBatch }
  | { readonly kind: 'test'; readonly batch: Batch }
  | { readonly kind: 'failure'; readonly failure: Failure };
