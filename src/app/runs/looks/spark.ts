/** A curve in a space of a few letters: nobody reads a value off it. */

/** Points of it at most. */
const MOST = 32;

/** Means of equal shares of `values`, {@link MOST} at most; values that are no numbers are left out. */
export function thinned(values: ArrayLike<number>): readonly number[] {
  const count = Math.min(MOST, values.length);
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * values.length) / count);
    const to = Math.floor(((i + 1) * values.length) / count);
    const share = Array.from({ length: to - from }, (_, k) => values[from + k]!).filter(Number.isFinite);
    return share.reduce((sum, value) => sum + value, 0) / share.length;
  }).filter(Number.isFinite);
}

/** The path of `values` from left to right over the box, `lowest` at its bottom and `highest` at its top; empty for fewer than two. */
export function sparkPath(
  values: readonly number[],
  { width, height, lowest, highest }: { width: number; height: number; lowest: number; highest: number },
): string {
  if (values.length < 2) return '';
  const span = highest - lowest || 1;
  const points = values.map((value, i) => {
    const x = (i * width) / (values.length - 1);
    const y = height - ((value - lowest) / span) * height;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}
