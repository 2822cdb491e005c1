/** A large picture as a small one: each pixel is the mean of all that it covers. */

/**
 * `rgba` is uint8 `[side, side, 4]`, opaque; gives uint8 `[to, to, 3]`, each pixel weighted by how much of it is covered. `side` is at least
 * `to`. Throws RangeError otherwise.
 */
export function shrink(rgba: Uint8ClampedArray, side: number, to: number): Uint8Array {
  if (side < to || rgba.length !== side * side * 4)
    throw new RangeError(
      `${rgba.length} bytes are no picture of ${side} x ${side} that becomes ${to} x ${to}`,
    );
  const scale = side / to;
  const weights = Array.from({ length: to }, (_, i) => coverage(i * scale, (i + 1) * scale, side));
  // Rows first, then columns: the same mean for less work.
  const rows = new Float64Array(to * side * 3);
  weights.forEach((covered, y) => {
    for (const { at, share } of covered)
      for (let x = 0; x < side; x++)
        for (let c = 0; c < 3; c++) rows[(y * side + x) * 3 + c]! += share * rgba[(at * side + x) * 4 + c]!;
  });
  const small = new Uint8Array(to * to * 3);
  for (let y = 0; y < to; y++)
    weights.forEach((covered, x) => {
      for (let c = 0; c < 3; c++) {
        let mean = 0;
        for (const { at, share } of covered) mean += share * rows[(y * side + at) * 3 + c]!;
        small[(y * to + x) * 3 + c] = Math.round(mean);
      }
    });
  return small;
}

interface Covered {
  readonly at: number;
  /** Of the whole, 0 to 1. */
  readonly share: number;
}

/** Which pixels a stretch covers, and how much of it each one is. */
function coverage(from: number, until: number, side: number): readonly Covered[] {
  const covered: Covered[] = [];
  for (let at = Math.floor(from); at < Math.min(side, Math.ceil(until)); at++) {
    const share = (Math.min(at + 1, until) - Math.max(at, from)) / (until - from);
    if (share > 0) covered.push({ at, share });
  }
  return covered;
}
