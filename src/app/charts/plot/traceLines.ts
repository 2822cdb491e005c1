/** The lines of a curve as pen strokes: for a canvas, whose context is such a pen, and for the path of a picture. */
import { plotWidth, xAt, xOf, yOf, type ChartLayout } from './layout.ts';
import { visibleIndices } from './ranges.ts';
import { lastIndexUpTo } from '../curves/steps.ts';
import type { Curve, TestPoint } from '../curves/curve.ts';

export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** Pixels whose values are drawn as their extremes. */
const COLUMN = 3;

/** Indices of the values of a line that are drawn: what is in sight, decimated to the chart's pixels, and one to each side. */
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

/**
 * The smoothed line, or that of each batch; broken where a value is no number. A value between two breaks is no line: `dot` is
 * told where it lies.
 */
export function traceLine(
  curve: Curve,
  line: 'raw' | 'smoothed',
  layout: ChartLayout,
  pen: Pen,
  dot: (x: number, y: number) => void,
): void {
  const values = line === 'raw' ? curve.values : curve.smoothed;
  let [x, y, points] = [0, 0, 0];
  const end = () => {
    if (points === 1) dot(x, y);
    points = 0;
  };
  for (const i of drawnIndices(curve, line, layout)) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      end();
      continue;
    }
    const [toX, toY] = [xOf(layout, curve.x[i]!), yOf(layout, value)];
    // Nothing is drawn of a line before it has a second point: a dot would be covered by its beginning.
    if (points === 1) pen.moveTo(x, y);
    if (points > 0) pen.lineTo(toX, toY);
    [x, y, points] = [toX, toY, points + 1];
  }
  end();
}

/** Whether the batches lie so close that their line would fill the space between its extremes anyway. */
export function isDense(curve: Curve, { x, ...layout }: ChartLayout): boolean {
  const [from, to] = visibleIndices(curve, x);
  return !x.isLog && 2 * (to - from) > plotWidth({ x, ...layout });
}

/** The outline of the space between the extremes of each column of pixels: much faster to fill than a zigzag to draw. */
export function traceEnvelope(curve: Curve, layout: ChartLayout, pen: Pen): void {
  let columns: { readonly x: number; low: number; high: number }[] = [];
  let isBroken = false;
  for (const i of drawnIndices(curve, 'raw', layout)) {
    const value = curve.values[i]!;
    if (!Number.isFinite(value)) {
      isBroken = true;
      continue;
    }
    const x = COLUMN * Math.round(xOf(layout, curve.x[i]!) / COLUMN);
    const y = yOf(layout, value);
    const column = columns.at(-1);
    if (column?.x === x) {
      column.low = Math.max(column.low, y);
      column.high = Math.min(column.high, y);
    } else {
      // What is wider than a column was no number: it is not filled.
      if (column && isBroken && x - column.x > COLUMN) {
        traceOutline(columns, pen);
        columns = [];
      }
      columns.push({ x, low: y, high: y });
    }
    isBroken = false;
  }
  traceOutline(columns, pen);
}

/**
 * The outline of the band of one standard deviation around the line: of several runs around their mean, and of one run `withNoise`
 * that of its batches. Broken where there is no number.
 */
export function traceBand(curve: Curve, layout: ChartLayout, pen: Pen, withNoise: boolean): void {
  const std = curve.std ?? (withNoise ? curve.noise : null);
  if (!std) return;
  let edges: Edge[] = [];
  for (const i of drawnIndices(curve, 'smoothed', layout)) {
    const mean = curve.smoothed[i]!;
    const x = xOf(layout, curve.x[i]!);
    const [low, high] = [yOf(layout, mean - std[i]!), yOf(layout, mean + std[i]!)];
    if (Number.isFinite(low + high)) {
      edges.push({ x, low, high });
      continue;
    }
    traceOutline(edges, pen);
    edges = [];
  }
  traceOutline(edges, pen);
}

interface Edge {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

function traceOutline(edges: readonly Edge[], pen: Pen): void {
  edges.forEach(({ x, high }, i) => (i === 0 ? pen.moveTo(x, high) : pen.lineTo(x, high)));
  for (let i = edges.length - 1; i >= 0; i--) pen.lineTo(edges[i]!.x, edges[i]!.low);
}

/** The test points to draw: all, or of very many those that are the first, the highest, the lowest and the last of a pixel. */
export function drawnTests({ test }: Curve, layout: ChartLayout): Curve['test'] {
  if (test.length <= 4 * plotWidth(layout)) return test;
  const drawn: TestPoint[] = [];
  let [pixel, at, least, most] = [NaN, 0, 0, 0];
  const keep = (end: number) => {
    for (const i of [...new Set([at, least, most, end])].sort((a, b) => a - b)) drawn.push(test[i]!);
  };
  for (let i = 0; i < test.length; i++) {
    const column = Math.round(xOf(layout, test[i]!.x));
    if (column !== pixel) {
      if (i > 0) keep(i - 1);
      [pixel, at, least, most] = [column, i, i, i];
    }
    if (test[i]!.y < test[least]!.y) least = i;
    if (test[i]!.y > test[most]!.y) most = i;
  }
  keep(test.length - 1);
  return drawn;
}

/** The line through test points on as many images as each other; `y` gives the pixel of a value. */
export function traceTest(curve: Curve, layout: ChartLayout, y: (value: number) => number, pen: Pen): void {
  let isBroken = true;
  let images: number | null = null;
  for (const point of drawnTests(curve, layout)) {
    if (point.images !== images) isBroken = true;
    images = point.images;
    if (!Number.isFinite(point.y)) isBroken = true;
    else if (isBroken) {
      pen.moveTo(xOf(layout, point.x), y(point.y));
      isBroken = false;
    } else pen.lineTo(xOf(layout, point.x), y(point.y));
  }
}

/** Pixels between two markers along a line whose colour does not tell it from others. */
const ALONG = 110;

/**
 * Where the smoothed line gets markers, in pixels: at places of the chart and not of the values, so that they rest while it
 * grows; `shift`, 0 to 1, keeps those of several lines apart. None beside a marker of a test point.
 */
export function placesAlong(
  curve: Curve,
  layout: ChartLayout,
  shift: number,
): readonly { readonly x: number; readonly y: number }[] {
  const end = layout.left + plotWidth(layout);
  const tested = markedPoints(curve, layout).map(({ x }) => xOf(layout, x));
  const places: { readonly x: number; readonly y: number }[] = [];
  for (let x = layout.left + (0.3 + 0.7 * shift) * ALONG; x < end; x += ALONG) {
    const place = xAt(layout, x);
    const index = lastIndexUpTo(curve.x, place);
    if (index < 0 || index + 1 >= curve.x.length || tested.some((other) => Math.abs(other - x) < MARKER_GAP / 2)) continue; // prettier-ignore
    const [x0, x1] = [curve.x[index]!, curve.x[index + 1]!];
    const [y0, y1] = [curve.smoothed[index]!, curve.smoothed[index + 1]!];
    const y = yOf(layout, y0 + ((place - x0) / (x1 - x0 || 1)) * (y1 - y0));
    if (y >= layout.top && y <= layout.height - layout.bottom) places.push({ x, y });
  }
  return places;
}

/** Whether colours alone would not tell the lines apart: three of one hue, or two of one tone. */
export function needsMarkers(curve: Curve, curves: readonly Curve[]): boolean {
  const alike = curves.filter(({ style, faint }) => style.hue === curve.style.hue && faint === curve.faint);
  return alike.length > 2 || alike.some((other) => other !== curve && other.style.tone === curve.style.tone);
}

/** Pixels between two markers of a line. */
const MARKER_GAP = 22;

/** Test points whose markers have room: always the last. */
export function markedPoints(curve: Curve, layout: ChartLayout): Curve['test'] {
  let next = Infinity;
  return drawnTests(curve, layout)
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
