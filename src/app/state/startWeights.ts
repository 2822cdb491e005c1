/** Files of weights that lanes are to start from. */
import type { ModelConfig } from '../../model/config.ts';
import { haveSameTensors } from '../../model/haveSameTensors.ts';

/** A file of safetensors that was read for a net and found sound. */
export interface StartWeights {
  readonly file: string;
  readonly bytes: ArrayBuffer;
  /** The net that it was read for. */
  readonly model: ModelConfig;
  /** What had to be done to its names and numbers, in words. */
  readonly notes: readonly string[];
}

/** By the lanes' ids. */
export type LaneWeights = ReadonlyMap<string, StartWeights>;

/**
 * What the lane starts from, with its net as it is now; null for its seed. A lane whose net was changed after the file had
 * been chosen does not start from it, until its net is the file's again.
 */
export function weightsOf(
  weights: LaneWeights,
  lane: { readonly id: string; readonly model: ModelConfig },
): StartWeights | null {
  const chosen = weights.get(lane.id);
  return chosen && haveSameTensors(chosen.model, lane.model) ? chosen : null;
}

/** What those of the lanes start from that have weights to start from, by their ids. */
export function lanesWeights(
  weights: LaneWeights,
  lanes: readonly { readonly id: string; readonly model: ModelConfig }[],
): LaneWeights {
  return new Map(
    lanes.flatMap((lane) => {
      const chosen = weightsOf(weights, lane);
      return chosen ? [[lane.id, chosen] as const] : [];
    }),
  );
}
