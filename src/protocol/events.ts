/** What a run tells while it trains. Types only: this file is the part of training that the page knows. */

export type SessionState = 'idle' | 'running' | 'paused' | 'finished' | 'failed';

/** Why a session is in a final state. */
export type EndReason =
  /** The budget is spent. */
  | 'completed'
  /** A person stopped it. */
  | 'stopped'
  /** The loss became NaN or infinite. */
  | 'diverged'
  /** Something threw; the event carries the error. */
  | 'error';

/** An error whole, as it crosses from a worker. */
export interface Failure {
  /** The class of the error: "ConfigError", "ShardError", "DeviceError", ... */
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: Failure;
}

/** Consecutive steps, read back together. Arrays have one entry a step. */
export interface StepsEvent {
  readonly kind: 'steps';
  /** The number of the first step, from 1. */
  readonly first: number;
  /** Mean cross-entropy of the batch (nats), before the update. */
  readonly loss: Float32Array;
  /** Share of the batch that was classified wrongly, 0 to 1, before the update. */
  readonly error: Float32Array;
  readonly learningRate: Float32Array;
  /** Seconds of training when the step was done: pauses and evaluations left out. */
  readonly trainingSeconds: Float64Array;
  /** Seconds from the run's start to this pack that were no training: pauses and evaluations. */
  readonly idleSeconds: number;
  /** Epochs done after the step, a fraction. */
  readonly epoch: Float32Array;
  /** Images a second over this pack. */
  readonly imagesPerSecond: number;
  /** Seconds of this pack spent waiting for data. */
  readonly waitingSeconds: number;
}

/** A pass over test images with the running statistics. */
export interface EvaluationEvent {
  readonly kind: 'evaluation';
  /** Steps taken before it. */
  readonly step: number;
  readonly images: number;
  /** Whether these were all the test images. */
  readonly complete: boolean;
  readonly loss: number;
  /** 0 to 1 */
  readonly error: number;
  /** How long it took. */
  readonly seconds: number;
}

/** An evaluation that was due and could not be done; training went on without it, or had ended well. */
export interface UnevaluatedEvent {
  readonly kind: 'unevaluated';
  /** Steps taken before it. */
  readonly step: number;
  /** Whether it was to be over all the test images. */
  readonly complete: boolean;
  readonly failure: Failure;
}

export interface StateEvent {
  readonly kind: 'state';
  readonly state: SessionState;
  /** Steps taken. */
  readonly step: number;
  /** In a final state: why. */
  readonly reason?: EndReason;
  /** For `diverged`: the first step whose loss was not finite. */
  readonly divergedAt?: number;
  /** For `error`. */
  readonly failure?: Failure;
}

/**
 * L2 norms of each filter's and the dense matrix's gradient at one step, by PyTorch name, in layer order. Told only by a session that is
 * asked for them: the command line's.
 */
export interface GradientNormsEvent {
  readonly kind: 'gradientNorms';
  readonly step: number;
  readonly names: readonly string[];
  readonly norms: Float32Array;
}

/** The device compiles the kernels of the first step. */
export interface CompilingEvent {
  readonly kind: 'compiling';
  readonly done: number;
  readonly total: number;
}

export type RunEvent =
  StepsEvent | EvaluationEvent | UnevaluatedEvent | StateEvent | GradientNormsEvent | CompilingEvent;

/** Where a session sends its events. */
export type Emit = (event: RunEvent) => void;
