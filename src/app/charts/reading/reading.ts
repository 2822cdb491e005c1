/** The values of all lines at one place of the axis. */
import { inOrder } from '../../ui/format.ts';
import { lastIndexUpTo } from '../curves/steps.ts';
import type { Curve, TestPoint } from '../curves/curve.ts';

/** What one line shows there. */
export interface ReadingRow {
  readonly curve: Curve;
  readonly step: number | null;
  readonly smoothed: number | null;
  readonly raw: number | null;
  /** The last evaluation up to there. */
  readonly test: TestPoint | null;
}

/** Columns by which readings can be sorted. */
export type ReadingKey = 'name' | 'smoothed' | 'raw' | 'test';

/** `null`: the highest line first, as they lie on the chart. */
export type ReadingOrder = { readonly key: ReadingKey; readonly descending: boolean } | null;

export function readCurves(
  curves: readonly Curve[],
  place: number,
  order: ReadingOrder = null,
): readonly ReadingRow[] {
  const rows = curves.map((curve): ReadingRow => {
    const index = lastIndexUpTo(curve.x, place);
    const isBeyond = index < 0 || place > (curve.x[curve.x.length - 1] ?? 0);
    const at = (values: Float64Array) => (isBeyond ? null : values[index]!);
    return {
      curve,
      step: at(curve.steps),
      smoothed: at(curve.smoothed),
      raw: at(curve.values),
      test: curve.test.findLast((point) => point.x <= place) ?? null,
    };
  });
  const height = (row: ReadingRow) => row.smoothed ?? row.test?.y ?? null;
  if (!order) return rows.sort((a, b) => -compare(height(a), height(b), true));
  const { key, descending } = order;
  const sign = descending ? -1 : 1;
  if (key === 'name') return rows.sort((a, b) => sign * inOrder(a.curve.name, b.curve.name));
  const value = (row: ReadingRow) => (key === 'test' ? (row.test?.y ?? null) : row[key]);
  return rows.sort((a, b) => sign * compare(value(a), value(b), descending));
}

/** Ascending; who has no value comes last in either direction. */
function compare(a: number | null, b: number | null, descending: boolean): number {
  const known = (value: number | null) => value !== null && Number.isFinite(value);
  if (known(a) && known(b)) return a! - b!;
  return (Number(known(b)) - Number(known(a))) * (descending ? -1 : 1);
}
