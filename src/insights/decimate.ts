/** Fewer points for the same picture. */

/**
 * Indices of `values` to draw so that at most about `limit` remain: of every bucket the smallest, the largest and
 * each first value that is not finite (it is drawn as a marker), and always the very first and the last. Ascending.
 * Indices, not values, so that one choice serves what is drawn on top of each other.
 */
export function decimate(values: ArrayLike<number>, limit: number): Uint32Array {
  const { length } = values;
  if (limit < 4) throw new RangeError(`cannot keep extremes and ends in ${limit} points`);
  if (length <= limit) return Uint32Array.from({ length }, (_, i) => i);

  const buckets = Math.floor((limit - 2) / 2);
  const kept: number[] = [0];
  const keep = (index: number) => {
    if (index > kept.at(-1)!) kept.push(index);
  };
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * length) / buckets);
    const to = Math.floor(((bucket + 1) * length) / buckets);
    for (const index of notable(values, from, to)) keep(index);
  }
  keep(length - 1);
  return Uint32Array.from(kept);
}

/** Indices of the smallest, the largest and the first not finite value in [from, to), ascending. */
function notable(values: ArrayLike<number>, from: number, to: number): readonly number[] {
  let least = -1;
  let most = -1;
  let broken = -1;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      if (broken < 0) broken = i;
      continue;
    }
    if (least < 0 || value < values[least]!) least = i;
    if (most < 0 || value > values[most]!) most = i;
  }
  return [least, most, broken].filter((index) => index >= 0).sort((a, b) => a - b);
}
