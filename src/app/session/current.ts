import type { RunningExperiment, StoredCheckpoint } from '../../client/clientTypes.ts';
import type { Awaiting } from './branchLanes.ts';

/** The experiment of now, as the client knows it. */
export interface Current extends Awaiting {
  /** Tells experiments apart. */
  readonly ordinal: number;
  /** Null until its device is found. */
  running: RunningExperiment | null;
  /** Whether nets that are done are left as they are, with this seed and with those that follow. */
  readonly newOnly: boolean;
  /** Puts what the client has told so far into the state. */
  tellAll: () => void;
}

export const newCurrent = (
  ordinal: number,
  newOnly: boolean,
  checkpoints: ReadonlyMap<string, StoredCheckpoint> = new Map(),
): Current => ({
  ordinal,
  running: null,
  newOnly,
  checkpoints: new Map(checkpoints),
  awaiting: new Map(),
  tellAll: () => undefined,
});
