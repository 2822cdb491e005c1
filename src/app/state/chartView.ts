/** How the charts are looked at. */

/** What the horizontal axis counts: steps, epochs, seconds of training, or seconds since the start with all pauses. */
export const xAxes = ['step', 'epoch', 'training', 'wall'] as const;
export type XAxis = (typeof xAxes)[number];

/** What a chart can show, in the order of the menu. */
export const measures = ['error', 'loss', 'gap', 'rate', 'speed'] as const;
export type Measure = (typeof measures)[number];

export interface ChartView {
  readonly x: XAxis;
  /** What the large chart shows. */
  readonly measure: Measure;
  /** Whether the other measures stand below it, small. */
  readonly allMeasures: boolean;
  /** Whether each lane, or pair of lanes, has a chart of its own. Of this visit only: another experiment has other lanes. */
  readonly sideBySide: boolean;
  readonly logX: boolean;
  readonly logY: boolean;
  /** The vertical range leaves the highest and lowest 5% out. */
  readonly ignoreOutliers: boolean;
  /** The paper's numbers for the nets that are drawn. */
  readonly paper: boolean;
  /** Ids of curve sources that are not drawn. Of this visit only: runs get their ids anew. */
  readonly hidden: readonly string[];
}

export const defaultChartView: ChartView = {
  x: 'step',
  measure: 'error',
  allMeasures: false,
  sideBySide: false,
  logX: false,
  logY: false,
  ignoreOutliers: false,
  paper: false,
  hidden: [],
};

/** What of a kept view can be used; the rest is left out. */
export function readChartView(stored: Readonly<Record<string, unknown>>): Partial<ChartView> {
  const { x, measure, allMeasures, logX, logY, ignoreOutliers, paper } = stored;
  const axis = xAxes.find((candidate) => candidate === x);
  const shown = measures.find((candidate) => candidate === measure);
  return {
    ...(axis && { x: axis }),
    ...(shown && { measure: shown }),
    ...(typeof allMeasures === 'boolean' && { allMeasures }),
    ...(typeof logX === 'boolean' && { logX }),
    ...(typeof logY === 'boolean' && { logY }),
    ...(typeof ignoreOutliers === 'boolean' && { ignoreOutliers }),
    ...(typeof paper === 'boolean' && { paper }),
  };
}

/** The hidden ids after the eye of `id` was pressed. */
export const toggleHidden = (hidden: readonly string[], id: string): readonly string[] =>
  hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id];
