/** The names at the ends of lines: which there are, where they would stand best, and which have room. */
import { lastPlaceOf } from '../curves/curves.ts';
import { lastIndexUpTo } from '../curves/steps.ts';
import type { LaneStyle } from '../../state/laneStyle.ts';
import type { Curve, EndPoint, Split } from '../curves/curve.ts';
import { clampedY, xOf, type ChartLayout } from './layout.ts';

/** A line that is named. */
export interface NamedEnd {
  /** The curve's id. */
  readonly id: string;
  readonly lane: string;
  readonly name: string;
  readonly style: LaneStyle;
  readonly faint: boolean;
  readonly value: number;
  readonly split: Split;
  /** Where its last value lies on the axis. */
  readonly from: number;
}

interface Wanted<T> {
  readonly item: T;
  readonly wanted: number;
}

/** The ends of lines that are in sight, and the heights at which their names would stand best. */
export function namedEnds(curves: readonly Curve[], layout: ChartLayout): readonly Wanted<NamedEnd>[] {
  const right = layout.x.to;
  return curves.flatMap((curve) => {
    const { id, lane, name, style, faint } = curve;
    const end = endInSight(curve, right);
    if (!end || end.x < layout.x.from) return [];
    const item = {
      id,
      lane,
      name,
      style,
      faint,
      value: end.value,
      split: end.split,
      from: Math.min(end.x, right),
    };
    return [{ item, wanted: clampedY(layout, end.y) }];
  });
}

/** Where a line ends that goes on beyond what is in sight: there it is named, with the value that it has there. */
function endInSight({ end, test, x, smoothed }: Curve, right: number): EndPoint | null {
  if (!end || end.x <= right) return end;
  const tested = test.findLast((point) => point.x <= right);
  if (tested) return { x: tested.x, y: tested.y, value: tested.y, split: 'test' };
  const last = lastIndexUpTo(x, right);
  return last < 0 ? null : { x: x[last]!, y: smoothed[last]!, value: smoothed[last]!, split: 'training' };
}

/**
 * The pixel behind which no line goes on: there the names stand, beside the ends while lines grow. Lines that end before it are told by
 * the marker in front of their names.
 */
export function endColumn(curves: readonly Curve[], layout: ChartLayout): number {
  const last = (curve: Curve) => xOf(layout, Math.min(lastPlaceOf(curve), layout.x.to));
  return Math.min(layout.width - layout.right, Math.max(layout.left, ...curves.map(last)));
}

export interface Ends<T> {
  readonly named: readonly Wanted<T>[];
  /** How many more there are. */
  readonly more: number;
}

/**
 * At most `room` lines of text, the count among them. What is of the present experiment comes before what lies faintly behind, of which
 * every so many-th by height is named, so that the names stand for the whole.
 */
export function namedWithin<T extends { readonly faint: boolean }>(
  ends: readonly Wanted<T>[],
  room: number,
): Ends<T> {
  if (ends.length <= room) return { named: ends, more: 0 };
  const places = Math.max(0, room - 1);
  const byHeight = ends.toSorted((a, b) => a.wanted - b.wanted);
  const first = byHeight.filter(({ item }) => !item.faint);
  const behind = byHeight.filter(({ item }) => item.faint);
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
