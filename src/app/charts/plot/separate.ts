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
