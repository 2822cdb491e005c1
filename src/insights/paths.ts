/** The paths through a residual net: in each block by its branch or by its shortcut (Veit, Wilber and Belongie 2016, sections 3 and 5). */

/** Gradient that arrives by paths of one length, which is the number of branches that they go through. */
export interface PathLength {
  readonly length: number;
  /** Mean norm of the gradient that one such path brings. */
  readonly gradient: number;
}

/** Natural logarithm of `n choose k`, for all k. */
function logChoices(n: number): readonly number[] {
  const logs = [0];
  for (let k = 1; k <= n; k++) logs.push(logs[k - 1]! + Math.log(n - k + 1) - Math.log(k));
  return logs;
}

/** Share of the 2^n paths that has each length from 0 to n: the binomial distribution. */
export const pathShares = (blocks: number): readonly number[] =>
  logChoices(blocks).map((log) => Math.exp(log - blocks * Math.LN2));

/**
 * Share of the gradient that comes by all paths of each length, from 0 to n: how many there are, times what one of them brings. Lengths that
 * were not measured lie between their neighbours' logarithms. NaN throughout where a gradient is none, or all are zero.
 */
export function gradientShares(blocks: number, measured: readonly PathLength[]): readonly number[] {
  const gradients = measured.toSorted((a, b) => a.length - b.length);
  const logs = logChoices(blocks).map((log, length) => log + logBetween(gradients, length));
  const most = Math.max(...logs);
  // Without the largest taken out first, 600 blocks would have too many paths for a number.
  const shares = logs.map((log) => Math.exp(log - most));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}

function logBetween(gradients: readonly PathLength[], length: number): number {
  const after = gradients.find((one) => one.length >= length);
  const before = gradients.findLast((one) => one.length <= length);
  if (!after || !before) return -Infinity;
  if (after === before) return Math.log(after.gradient);
  const share = (length - before.length) / (after.length - before.length);
  return (1 - share) * Math.log(before.gradient) + share * Math.log(after.gradient);
}

/** The shortest length up to which at least `share` of a distribution lies; NaN where its shares are no numbers. */
export function lengthAt(shares: readonly number[], share: number): number {
  let sum = 0;
  for (const [length, own] of shares.entries()) {
    sum += own;
    // Sums of thousands of shares are 1 but for rounding.
    if (sum >= share - 1e-9) return length;
  }
  return NaN;
}
