/** How alike what is measured along a line is at two of its points, by how far they are apart (Balduzzi et al. 2017). */
import type { Random } from '../model/random.ts';

/**
 * The autocorrelation of a series of vectors, `[points, size]` row by row, less its mean over the points: at lag k the sum over points t
 * and components of g(t) g(t + k), over that at lag 0. Lags 0 to `lags`. The biased estimator: white noise gives about -1 / points. NaN
 * where nothing varies, or where something is no number. Throws RangeError where there are not more points than lags.
 */
export function autocorrelation(series: ArrayLike<number>, points: number, lags: number): Float64Array {
  const size = series.length / points;
  if (!Number.isInteger(size) || points <= lags) {
    throw new RangeError(
      `${series.length} numbers of ${points} points have no autocorrelation to lag ${lags}`,
    );
  }
  const sums = new Float64Array(lags + 1);
  const own = new Float64Array(points);
  for (let i = 0; i < size; i++) {
    let mean = 0;
    for (let t = 0; t < points; t++) mean += series[t * size + i]! / points;
    for (let t = 0; t < points; t++) own[t] = series[t * size + i]! - mean;
    for (let lag = 0; lag <= lags; lag++) {
      let sum = 0;
      for (let t = lag; t < points; t++) sum += own[t]! * own[t - lag]!;
      sums[lag]! += sum;
    }
  }
  const variance = sums[0]!;
  return sums.map((sum) => (variance > 0 ? sum / variance : NaN));
}

/** White noise `[points, size]`: each number drawn for itself. */
export const whiteNoise = (random: Random, points: number, size: number): Float64Array =>
  Float64Array.from({ length: points * size }, () => random.normal());

/** Brownian noise `[points, size]`: each point the one before and a normal step. */
export function brownianNoise(random: Random, points: number, size: number): Float64Array {
  const series = whiteNoise(random, points, size);
  for (let i = size; i < series.length; i++) series[i]! += series[i - size]!;
  return series;
}
