/** What the page holds of an experiment that trains. Types only, so that a test can stand in for the workers. */
import type { ExperimentConfig, LaneConfig } from '../model/config.ts';
import type { DataMessage, DeviceChoice, Failure, Provenance, RunEvent } from './protocol.ts';

/** What a client tells the page; `lane` is the lane's id. */
export type ClientEvent =
  | { readonly kind: 'run'; readonly lane: string; readonly event: RunEvent }
  /** The lane waits until another one ends: the device trains no more at once (model/room.ts). */
  | { readonly kind: 'queued'; readonly lane: string }
  /** A lane that waited has its place now. */
  | { readonly kind: 'unqueued'; readonly lane: string }
  /** The lane's net stands on the device. */
  | {
      readonly kind: 'ready';
      readonly lane: string;
      readonly parameters: number;
      readonly provenance: Provenance;
    }
  | { readonly kind: 'data'; readonly progress: Extract<DataMessage, { kind: 'progress' }> }
  /** The experiment as a whole cannot go on (the data cannot be had, a worker does not load). Lanes have ended. */
  | { readonly kind: 'failure'; readonly failure: Failure };

/** An experiment being trained. */
export interface RunningExperiment {
  /** One lane, or all without an argument. Asking for what is already so does nothing. */
  pause(lane?: string): void;
  resume(lane?: string): void;
  /** Ends a lane (or all) for good, after its current step; `state` events say when. */
  stop(lane?: string): void;
  /**
   * One more lane, of an id that the experiment does not have yet. It goes through the same batches from the first, at its own
   * pace until it has caught up.
   */
  addLane(lane: LaneConfig, weights?: ArrayBuffer): void;
  /** The lane's present weights as safetensors in PyTorch's names and layout. */
  exportWeights(lane: string): Promise<ArrayBuffer>;
  /** Ends every worker at once. No event comes after it. */
  dispose(): void;
}

export interface ExperimentClient {
  /** Prepares for `start` with this experiment while nothing trains. Tells nothing: what fails is told by `start`. */
  warm(experiment: ExperimentConfig, device: DeviceChoice): void;
  /**
   * Starts the data worker and one training worker for each lane that there is room for. Events arrive asynchronously, never
   * inside this call.
   */
  start(
    experiment: ExperimentConfig,
    device: DeviceChoice,
    emit: (event: ClientEvent) => void,
    /** Safetensors that lanes start from instead of the seed's weights, by the lanes' ids. */
    weights?: ReadonlyMap<string, ArrayBuffer>,
  ): RunningExperiment;
}
