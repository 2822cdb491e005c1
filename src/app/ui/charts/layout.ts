/** The places of a chart, in CSS pixels. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** The vertical axis' range and the last step of the horizontal one. */
  readonly range: readonly [number, number];
  readonly lastStep: number;
}

/** Pixels between the last step and the plot's edge: room for half a marker. */
export const EDGE = 7;

/** How strongly a run is drawn that came out of a file. */
export const FAINT = 0.45;

export const xOf = (layout: ChartLayout, step: number): number =>
  layout.left + (step / layout.lastStep) * plotWidth(layout);

export const stepAt = (layout: ChartLayout, x: number): number =>
  Math.round(((x - layout.left) / plotWidth(layout)) * layout.lastStep);

export function yOf({ range, height, top, bottom }: ChartLayout, value: number): number {
  const share = (value - range[0]) / (range[1] - range[0]);
  return height - bottom - share * (height - top - bottom);
}

export const plotWidth = ({ width, left, right }: ChartLayout): number =>
  Math.max(1, width - left - right - EDGE);
