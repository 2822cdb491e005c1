import { interpolateViridis } from 'd3-scale-chromatic';
import { scaleLog } from 'd3-scale';

/** Losses below are drawn as if they were this. */
const FLOOR = 1e-6;

/** One logarithmic scale of losses for all nets. */
export interface LossScale {
  readonly least: number;
  readonly greatest: number;
  /** Where a loss stands on it, 0 to 1; one that is not finite stands at its end. */
  readonly share: (loss: number) => number;
  readonly colour: (share: number) => string;
}

/** The scale from the least of some losses to the greatest that is finite. */
export function lossScale(losses: readonly number[]): LossScale {
  const finite = losses.filter(Number.isFinite).map((loss) => Math.max(loss, FLOOR));
  const least = finite.length > 0 ? Math.min(...finite) : 1;
  const greatest = Math.max(finite.length > 0 ? Math.max(...finite) : 1, 1.01 * least);
  const log = scaleLog([least, greatest], [0, 1]).clamp(true);
  return {
    least,
    greatest,
    share: (loss) => (Number.isFinite(loss) ? log(Math.max(loss, FLOOR)) : 1),
    colour: interpolateViridis,
  };
}
