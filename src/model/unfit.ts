/** Lanes that a device cannot hold at all, and what would fit: known before anything is tried. */
import { runOfLane, type ExperimentConfig, type ModelConfig, type RunConfig } from './config.ts';
import { laneMemory } from './cost.ts';
import type { Room } from './room.ts';

export interface Unfit {
  /** The lane's id. */
  readonly lane: string;
  /** What is too large: all of a lane, or one tensor of it. */
  readonly what: 'lane' | 'tensor';
  /** Bytes that it needs, and those that it can have. */
  readonly bytes: number;
  readonly most: number;
  /** The largest batch, and the most filters, with which the lane would fit, all else as it is; null where nothing is small enough. */
  readonly batchSize: number | null;
  readonly width: number | null;
}

type Limits = Pick<Room, 'laneBytes' | 'tensorBytes'>;

/** Those of an experiment's lanes that do not fit into `room`, however few train at once. */
export function unfitLanes(experiment: ExperimentConfig, room: Limits): readonly Unfit[] {
  return experiment.lanes.flatMap((lane) => {
    const run = runOfLane(experiment, lane);
    const over = excess(run, run.model, room);
    if (!over) return [];
    const fits = (change: Partial<RunConfig>, model: ModelConfig = run.model) =>
      excess({ ...run, ...change }, model, room) === null;
    return {
      lane: lane.id,
      ...over,
      batchSize: largest(run.batchSize, (batchSize) => fits({ batchSize })),
      width: largest(run.model.width, (width) => fits({}, { ...run.model, width })),
    };
  });
}

function excess(
  { batchSize, optimizer }: Pick<RunConfig, 'batchSize' | 'optimizer'>,
  model: ModelConfig,
  { laneBytes, tensorBytes }: Limits,
): Pick<Unfit, 'what' | 'bytes' | 'most'> | null {
  const memory = laneMemory(model, batchSize, optimizer.type);
  const atPeak = PEAK * memory.bytes;
  if (atPeak > laneBytes) return { what: 'lane', bytes: atPeak, most: laneBytes };
  if (memory.tensorBytes > tensorBytes) {
    return { what: 'tensor', bytes: memory.tensorBytes, most: tensorBytes };
  }
  return null;
}

/** What a lane takes against what its graph predicts, kernels' scratch space included: measured 1.06 to 1.18 (docs/numbers.md). */
const PEAK = 1.13;

/** The largest whole number below `from` that is good, if all below a good one are; null if 1 is not. */
function largest(from: number, isGood: (value: number) => boolean): number | null {
  let [good, bad] = [0, from];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isGood(middle)) good = middle;
    else bad = middle;
  }
  return good > 0 ? good : null;
}
