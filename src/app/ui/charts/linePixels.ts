import { visibleIndices } from './ranges.ts';
import type { Curve } from './curves.ts';
import { xOf, yOf, type ChartLayout } from './layout.ts';

/** Pixels whose values are drawn as their extremes. */
const COLUMN = 2.5;

/**
 * Indices of the values of a line that are drawn: what is in sight and one to each side, decimated to the chart's pixels.
 */
export function drawnIndices(curve: Curve, line: 'raw' | 'smoothed', layout: ChartLayout): readonly number[] {
  const extrema = line === 'raw' ? curve.rawExtrema : curve.extrema;
  if (!extrema) return [];
  const [from, to] = visibleIndices(curve, layout.x);
  const { x } = curve;
  const seen = extrema.pick(
    from,
    to,
    (first, last) => xOf(layout, x[last]!) - xOf(layout, x[first]!) <= COLUMN,
  );
  return [...(from > 0 ? [from - 1] : []), ...seen, ...(to < x.length ? [to] : [])];
}

/** The line's points in pixels; a y of NaN breaks it. */
export function linePixels(
  curve: Curve,
  line: 'raw' | 'smoothed',
  layout: ChartLayout,
): readonly (readonly [number, number])[] {
  const values = line === 'raw' ? curve.values : curve.smoothed;
  return drawnIndices(curve, line, layout).map((i) => [
    xOf(layout, curve.x[i]!),
    Number.isFinite(values[i]) ? yOf(layout, values[i]!) : NaN,
  ]);
}

/** The edge of the band around the mean, there and back; empty where there is none. */
export function bandPixels(curve: Curve, layout: ChartLayout): readonly (readonly [number, number])[] {
  const { deviation, smoothed, x } = curve;
  if (!deviation) return [];
  const indices = drawnIndices(curve, 'smoothed', layout).filter((i) => Number.isFinite(smoothed[i]));
  const edge = (i: number, sign: number) =>
    [xOf(layout, x[i]!), yOf(layout, smoothed[i]! + sign * deviation[i]!)] as const;
  return [...indices.map((i) => edge(i, 1)), ...indices.toReversed().map((i) => edge(i, -1))];
}

/** Pixels between two markers of a line. */
const MARKER_GAP = 11;

/** Test points whose markers have room: always the last. */
export function markedPoints(curve: Curve, layout: ChartLayout): Curve['test'] {
  let next = Infinity;
  return curve.test
    .filter(({ y }) => Number.isFinite(y))
    .toReversed()
    .filter(({ x }) => {
      const pixel = xOf(layout, x);
      if (pixel > next) return false;
      next = pixel - MARKER_GAP;
      return true;
    })
    .toReversed();
}
