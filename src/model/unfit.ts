/** Lanes that a device cannot hold at all, and what would fit: known before anything is tried. */
import { runOfLane, type ExperimentConfig, type RunConfig } from './config.ts';
import { laneMemory } from './sizes.ts';
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
  /** Bytes that it would need with recomputation; null where these are too many, too, and where it recomputes already. */
  readonly recomputedBytes: number | null;
}

type Limits = Pick<Room, 'laneBytes' | 'tensorBytes'>;

/** Those of an experiment's lanes that do not fit into `room`, however few train at once. */
export function unfitLanes(experiment: ExperimentConfig, room: Limits): readonly Unfit[] {
  return experiment.lanes.flatMap((lane) => {
    const run = runOfLane(experiment, lane);
    const over = excess(run, room);
    if (!over) return [];
    const fits = (change: Partial<RunConfig>) => excess({ ...run, ...change }, room) === null;
    return {
      lane: lane.id,
      ...over,
      batchSize: largest(run.batchSize, (batchSize) => fits({ batchSize })),
      width: largest(run.model.width, (width) => fits({ model: { ...run.model, width } })),
      recomputedBytes:
        !run.recompute && fits({ recompute: true }) ? peakOf({ ...run, recompute: true }) : null,
    };
  });
}

const peakOf = (run: RunConfig): number => (run.recompute ? RECOMPUTED_PEAK : PEAK) * laneMemory(run).bytes;

function excess(
  run: RunConfig,
  { laneBytes, tensorBytes: most }: Limits,
): Pick<Unfit, 'what' | 'bytes' | 'most'> | null {
  const atPeak = peakOf(run);
  if (atPeak > laneBytes) return { what: 'lane', bytes: atPeak, most: laneBytes };
  const { tensorBytes } = laneMemory(run);
  return tensorBytes > most ? { what: 'tensor', bytes: tensorBytes, most } : null;
}

/** What a lane takes against what its graph predicts, kernels' scratch space included: measured 1.06 to 1.18 (docs/numbers.md). */
const PEAK = 1.13;

/** The same with recomputation: what is freed early leaves gaps in WebAssembly's heap between what stays. Measured 1.09 to 1.48. */
const RECOMPUTED_PEAK = 1.5;

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
