import { shareOf, valueAt, type Scale } from './scales.ts';

/** The places of a chart, in CSS pixels, and what its axes show. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Scale;
  readonly y: Scale;
}

/** Pixels between the last step and the plot's edge: room for half a marker. */
export const EDGE = 7;

/** How strongly a run is drawn that is not of the present experiment. */
export const FAINT = 0.45;

export const xOf = (layout: ChartLayout, x: number): number =>
  layout.left + shareOf(layout.x, x) * plotWidth(layout);

/** The place on the horizontal axis under a pixel. */
export const xAt = (layout: ChartLayout, pixel: number): number =>
  valueAt(layout.x, (pixel - layout.left) / plotWidth(layout));

/** Beyond this a canvas loses the whole line. */
const FARTHEST = 1e5;

export function yOf(layout: ChartLayout, y: number): number {
  const pixel = layout.height - layout.bottom - shareOf(layout.y, y) * plotHeight(layout);
  return Math.max(-FARTHEST, Math.min(FARTHEST, pixel));
}

export const yAt = (layout: ChartLayout, pixel: number): number =>
  valueAt(layout.y, (layout.height - layout.bottom - pixel) / plotHeight(layout));

export const plotWidth = ({ width, left, right }: ChartLayout): number =>
  Math.max(1, width - left - right - EDGE);

export const plotHeight = ({ height, top, bottom }: Pick<ChartLayout, 'height' | 'top' | 'bottom'>): number =>
  Math.max(1, height - top - bottom);

/** A height inside the plot: that of the value, or of the edge that it lies beyond. */
export const clampedY = (layout: ChartLayout, y: number): number =>
  Math.max(layout.top, Math.min(layout.height - layout.bottom, yOf(layout, y)));

export const isOn = ({ from, to }: Scale, value: number): boolean => value >= from && value <= to;

const sameScale = (a: Scale, b: Scale) => a.from === b.from && a.to === b.to && a.isLog === b.isLog;
const sides = ['width', 'height', 'left', 'right', 'top', 'bottom'] as const;

export const isSameLayout = (a: ChartLayout, b: ChartLayout): boolean =>
  sameScale(a.x, b.x) && sameScale(a.y, b.y) && sides.every((side) => a[side] === b[side]);
