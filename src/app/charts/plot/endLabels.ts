/** Which names stand at the right of a chart: as many as there is room for, the others counted. */

interface Wanted<T> {
  readonly item: T;
  readonly wanted: number;
}

export interface Ends<T> {
  readonly named: readonly Wanted<T>[];
  /** How many more there are. */
  readonly more: number;
}

/**
 * At most `room` lines of text, the count among them. What is of the present experiment and what it is compared with comes before what lies
 * faintly behind, of which every so many-th by height is named, so that the names stand for the whole.
 */
export function namedWithin<T extends { readonly faint: boolean; readonly lane: string | null }>(
  ends: readonly Wanted<T>[],
  room: number,
): Ends<T> {
  if (ends.length <= room) return { named: ends, more: 0 };
  const places = Math.max(0, room - 1);
  const byHeight = ends.toSorted((a, b) => a.wanted - b.wanted);
  const first = byHeight.filter(({ item }) => !item.faint || item.lane === null);
  const behind = byHeight.filter(({ item }) => item.faint && item.lane !== null);
  const named = [...spread(first, places), ...spread(behind, places - first.length)];
  return { named, more: ends.length - named.length };
}

/** So many of them, as evenly as can be, with both ends. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (count <= 0) return [];
  if (items.length <= count) return items;
  if (count === 1) return items.slice(0, 1);
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!);
}
