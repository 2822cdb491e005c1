/** The moving average through which curves are read. */

/**
 * The bias-corrected exponential moving average (as Adam corrects its moments): of one value it is that value, of a
 * constant series it is the constant. `weight` in [0, 1) is what the past keeps at each step; 0 changes nothing.
 *
 * A value that is not finite is kept in its place and left out of the average, so that a diverged step stays visible
 * and hides nothing that comes before it.
 */
export function smooth(values: ArrayLike<number>, weight: number): Float64Array {
  if (!(weight >= 0 && weight < 1)) throw new RangeError(`smoothing weight ${weight} is not in [0, 1)`);
  const smoothed = new Float64Array(values.length);
  let moment = 0;
  let mass = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      smoothed[i] = value;
      continue;
    }
    moment = weight * moment + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    smoothed[i] = moment / mass;
  }
  return smoothed;
}
