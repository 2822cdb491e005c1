/** Ranges and ticks of the axes, and room for labels. */

/** A step of 1, 2 or 5 times a power of ten, such that at most `count` of them fit into `range`. */
export function niceStep(range: number, count: number): number {
  const rough = range / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Multiples of a nice step in [from, to], about `count` of them. */
export function niceTicks(from: number, to: number, count: number): readonly number[] {
  if (!(to > from)) return [from];
  const step = niceStep(to - from, count);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Multiplying a whole number keeps 0.30000000000000004 out of the labels.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Budgets up to this many steps are seen whole from the start. */
const WHOLE_BUDGET = 2000;

/** The last step that the axis shows: the budget if it is short, else room ahead of the curves that doubles when spent. */
export function lastShownStep(step: number, budget: number | null): number {
  if (budget !== null && budget <= WHOLE_BUDGET) return Math.max(budget, step, 1);
  let shown = 500;
  while (shown < step * 1.05) shown *= 2;
  return budget === null ? shown : Math.max(step, Math.min(shown, budget));
}

/** A label's wanted height, and the height that it gets. */
export interface Placed<T> {
  readonly item: T;
  readonly wanted: number;
  readonly y: number;
}

/**
 * Heights for labels so that neighbours are at least `gap` apart and all lie in [top, bottom] if they fit there,
 * each as near to the wanted height as pushing its neighbours allows. In the order of the wanted heights.
 */
export function separate<T>(
  items: readonly { readonly item: T; readonly wanted: number }[],
  gap: number,
  top: number,
  bottom: number,
): readonly Placed<T>[] {
  const sorted = [...items].sort((a, b) => a.wanted - b.wanted);
  // Labels that touch form a group which lies around the mean of what its members want.
  interface Group {
    members: number;
    sum: number;
    start: number;
  }
  const groups: Group[] = [];
  const place = (group: Group) => {
    const length = (group.members - 1) * gap;
    group.start = Math.max(top, Math.min(bottom - length, group.sum / group.members - length / 2));
  };
  for (const { wanted } of sorted) {
    const group: Group = { members: 1, sum: wanted, start: wanted };
    place(group);
    groups.push(group);
    for (let last = groups.length - 1; last > 0; last--) {
      const [before, after] = [groups[last - 1]!, groups[last]!];
      if (before.start + before.members * gap <= after.start + 1e-9) break;
      before.members += after.members;
      before.sum += after.sum;
      place(before);
      groups.pop();
    }
  }
  const heights = groups.flatMap((group) =>
    Array.from({ length: group.members }, (_, i) => group.start + i * gap),
  );
  return sorted.map(({ item, wanted }, i) => ({ item, wanted, y: heights[i]! }));
}
