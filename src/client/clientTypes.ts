/** What the page holds of an experiment that trains. Types only, so that a test can stand in for the workers. */
import type { ExperimentConfig, LaneConfig } from '../model/config.ts';
import type {
  DataMessage,
  DataWait,
  DeviceChoice,
  Failure,
  KeptCheckpoint,
  Provenance,
  Resumed,
  RunEvent,
  Unkept,
} from '../protocol/protocol.ts';

/** What a client tells the page; `lane` is the lane's id. */
export type ClientEvent =
  | { readonly kind: 'run'; readonly lane: string; readonly event: RunEvent }
  /** The lane waits until another one ends: the device trains no more at once (model/room.ts). */
  | { readonly kind: 'queued'; readonly lane: string }
  /** A lane that waited has its place now. */
  | { readonly kind: 'unqueued'; readonly lane: string }
  /** The lane's net stands on the device; `resumed` if it goes on from a checkpoint. */
  | {
      readonly kind: 'ready';
      readonly lane: string;
      readonly provenance: Provenance;
      readonly resumed?: Resumed;
    }
  /** A moment of the lane, to be stored. One that was being made when the run failed comes after its last `state` event. */
  | ({ readonly kind: 'checkpoint'; readonly lane: string } & KeptCheckpoint)
  /** A moment that was to be kept and could not be. */
  | ({ readonly kind: 'unkept'; readonly lane: string } & Unkept)
  | { readonly kind: 'data'; readonly progress: Extract<DataMessage, { kind: 'progress' }> }
  /** The network keeps back what the lanes wait for; null once it has come. */
  | { readonly kind: 'waiting'; readonly wait: DataWait | null }
  /** A lane was told to end; its last `state` event says when it has. */
  | { readonly kind: 'stopping'; readonly lane: string }
  /** A lane was told to end and did not: its worker was ended, and its weights are lost. Its last `state` event follows. */
  | { readonly kind: 'terminated'; readonly lane: string }
  /** For how many seconds a lane's worker (null: the data worker) has not answered; null once it has. It may still be well. */
  | { readonly kind: 'silent'; readonly lane: string | null; readonly seconds: number | null }
  /** The experiment as a whole cannot go on (the data cannot be had, a worker does not load): its lanes are told to end. */
  | { readonly kind: 'failure'; readonly failure: Failure };

/** A moment of a run to go on from. */
export interface StoredCheckpoint {
  /** Steps taken. */
  readonly step: number;
  /** See model/checkpoint.ts; of the lane's run under the experiment's recipe (see runOfLane). It is copied. */
  readonly file: ArrayBuffer;
}

/** What a lane starts from, instead of the seed's weights. */
export interface LaneOrigin {
  /** Safetensors. */
  readonly weights?: ArrayBuffer;
  /** Goes before `weights`: of a run that started from a file the checkpoint holds all that became of it. */
  readonly checkpoint?: StoredCheckpoint;
  /** See the `start` command. */
  readonly keepAt?: readonly number[];
}

export interface StartOptions {
  /** Safetensors that lanes start from, by the lanes' ids. */
  readonly weights?: ReadonlyMap<string, ArrayBuffer>;
  /** Moments that lanes go on from, by the lanes' ids. Their events go on with the step after. */
  readonly checkpoints?: ReadonlyMap<string, StoredCheckpoint>;
  /** See the `start` command. */
  readonly keepEvery?: number | null;
  /** By the lanes' ids; see the `start` command. */
  readonly keepAt?: ReadonlyMap<string, readonly number[]>;
}

/** An experiment being trained. */
export interface RunningExperiment {
  /** One lane, or all without an argument. Asking for what is already so does nothing. */
  pause(lane?: string): void;
  resume(lane?: string): void;
  /** Ends a lane (or all) for good, after its current step or at the latest after `deadlines.stop` seconds; `state` events say when. */
  stop(lane?: string): void;
  /** Asks for a checkpoint of a lane, or of all, as they stand; see {@link ClientEvent}'s `checkpoint`. */
  keep(lane?: string): void;
  /**
   * One more lane, of an id that the experiment does not have yet. It goes through the same batches from its first, at its own
   * pace until it has caught up; one that is ahead of the others waits until they have come to its batch. One whose batches are others
   * (see LaneFrom's `changes`) goes at its own pace all the way.
   */
  addLane(lane: LaneConfig, origin?: LaneOrigin): void;
  /** The lane's present weights as safetensors in PyTorch's names and layout. Rejects with what they were lost by. */
  exportWeights(lane: string): Promise<ArrayBuffer>;
  /** Ends every worker at once. No event comes after it. */
  dispose(): void;
}

export interface ExperimentClient {
  /**
   * Prepares for `start` with this experiment, from batch `from` on, while nothing trains. Tells nothing: what fails is told by
   * `start`.
   */
  warm(experiment: ExperimentConfig, device: DeviceChoice, from?: number): void;
  /**
   * Starts the data worker and one training worker for each lane that there is room for. Events arrive asynchronously, never
   * inside this call.
   */
  start(
    experiment: ExperimentConfig,
    device: DeviceChoice,
    emit: (event: ClientEvent) => void,
    options?: StartOptions,
  ): RunningExperiment;
}
