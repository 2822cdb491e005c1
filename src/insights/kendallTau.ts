/** How much of an order is left in another one (Kendall 1938). */

/**
 * Kendall's tau between a permutation of distinct numbers and their ascending order: the share of pairs in order minus that of pairs out of
 * order; 1 for the order itself, -1 for its reverse, and 1 where there are no pairs.
 */
export function kendallTau(order: readonly number[]): number {
  const pairs = (order.length * (order.length - 1)) / 2;
  if (pairs === 0) return 1;
  return 1 - (2 * inversions(order).count) / pairs;
}

/** Pairs out of order, counted while they are merged. */
function inversions(order: readonly number[]): {
  readonly count: number;
  readonly sorted: readonly number[];
} {
  if (order.length < 2) return { count: 0, sorted: order };
  const middle = order.length >> 1;
  const [low, high] = [inversions(order.slice(0, middle)), inversions(order.slice(middle))];
  const sorted: number[] = [];
  let count = low.count + high.count;
  let [i, j] = [0, 0];
  while (i < low.sorted.length || j < high.sorted.length) {
    const [a = Infinity, b = Infinity] = [low.sorted[i], high.sorted[j]];
    if (a <= b) {
      sorted.push(a);
      i++;
    } else {
      sorted.push(b);
      j++;
      count += low.sorted.length - i;
    }
  }
  return { count, sorted };
}
