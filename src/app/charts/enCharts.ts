/** The words of the curves: charts, their tables and text summaries. */
import type { XAxis } from '../state/chartView.ts';
import type { Mark } from './curves/marks.ts';
import { clock, integer, list, plainNumber, twoDecimals } from '../ui/format.ts';
import type { quantities, Quantity } from './quantities.ts';

/** The words of a quantity; what it is stands in its row of quantities.ts. */
interface QuantityWords<Q extends Quantity> {
  /** What it is, and the unit that its axis leaves out. */
  readonly title: string;
  /** In the menu of what is shown. */
  readonly short: string;
  /** Where nothing stands around it. */
  readonly pictureTitle: string;
  /** Below the chart, where the title does not say it. */
  readonly means: string | null;
  /** What its solid line is, its dashed one, and the shade around that; null where there is one kind of line. */
  readonly splits: { readonly test: string; readonly training: string; readonly band: string } | null;
  /** The headings of its readings. */
  readonly columns: Readonly<Record<(typeof quantities)[Q]['columns'][number], string>>;
}

export const quantityWords: { readonly [Q in Quantity]: QuantityWords<Q> } = {
  error: {
    title: 'Error, %',
    short: 'Error',
    pictureTitle: 'Error on CIFAR-10, %',
    means: null,
    splits: { test: 'test error', training: 'training error', band: 'scatter of the batches' },
    columns: { smoothed: 'training', raw: 'each batch', test: 'test' },
  },
  loss: {
    title: 'Loss',
    short: 'Loss',
    pictureTitle: 'Loss on CIFAR-10',
    means: null,
    splits: { test: 'test loss', training: 'training loss', band: 'scatter of the batches' },
    columns: { smoothed: 'training', raw: 'each batch', test: 'test' },
  },
  gap: {
    title: 'Generalisation gap, points',
    short: 'Gap',
    pictureTitle: 'Test error minus training error, points',
    means: 'Test error minus smoothed training error, at each evaluation.',
    splits: null,
    columns: { test: 'test \u2212 training' },
  },
  speed: {
    title: 'Images a second',
    short: 'Speed',
    pictureTitle: 'Images a second',
    means: null,
    splits: null,
    columns: { smoothed: 'images/s' },
  },
  rate: {
    title: 'Learning rate',
    short: 'Rate',
    pictureTitle: 'Learning rate',
    means: null,
    splits: null,
    columns: { smoothed: 'rate' },
  },
};

export const charts = {
  region: 'Curves',
  diverged: 'diverged',
  guessing: 'guessing',
  emptyTitle: 'The curves will be drawn here.',
  emptyText:
    'Dashed: error on the images that are trained on. Solid, with markers: error on test images, never trained on.',
  otherSettings: 'These curves are from before your changes. Train again to draw new ones.',
  chart: (title: string) => `${title}: chart. Left and right arrow keys read values.`,
  outside: (above: boolean, below: boolean) =>
    above && below
      ? 'Some values lie above and below this range.'
      : above
        ? 'Some values lie above this range.'
        : below
          ? 'Some values lie below this range.'
          : null,
  missing: (axis: XAxis, names: readonly string[]) =>
    `Not drawn here, because no ${axisNames[axis].toLowerCase()} was recorded: ${list(names)}.`,
  none: '\u2013',
  aside: (count: number) =>
    count === 1
      ? '1 run with other settings is not drawn.'
      : `${integer(count)} runs with other settings are not drawn.`,
  showAside: (count: number) => (count === 1 ? 'Draw it' : 'Draw them'),
  /** Lines that have no room for their names. */
  more: (count: number) => `+${integer(count)} more`,
};

export const splitsKey = {
  /** Of tests that no line joins. */
  apart: (before: number, last: number) =>
    `on ${integer(before)} images; the last point, apart, on ${integer(last)}`,
};

/** The value at the end of a line. */
export const endValue: Readonly<Record<'training' | 'test', (value: string) => string>> = {
  training: (value) => `training ${value}`,
  test: (value) => `test ${value}`,
};

/** What names of runs end in, and how it is said where there is little room: what it is comes before which one. */
export const shortForms = {
  ' recorded': ' rec.',
  ' (imported)': ' (imp.)',
  ', warm-up': ', warm',
} as const;

/** For assistive technology, after a chart's summary. */
export const keysHint =
  'Plus and minus zoom, up and down zoom the values, 0 shows all again, Enter keeps the reading.';

export const axisNames: Readonly<Record<XAxis, string>> = {
  step: 'Step',
  epoch: 'Epoch',
  training: 'Training time',
  wall: 'Wall time',
};

export const tools = {
  measure: 'Show',
  allMeasures: 'All measures',
  allMeasuresHint: 'The other measures, small, below the large chart.',
  sideBySide: 'Side by side',
  sideBySideHint: 'A chart for each lane or pair of lanes, on the same axes; the others are grey behind it.',
  axis: 'Across',
  axisHint: 'Training time leaves pauses and tests out; wall time is all that went by since the start.',
  smoothing: 'Smoothing',
  smoothingHint:
    'Bias-corrected moving average of the training curve. The band around it is one standard deviation of the batches; point at a line to see each batch.',
  whole: 'Whole curves',
  zoomToPresent: 'Zoom to this experiment',
  zoomToPresentHint: 'The curves behind it are longer.',
  freeze: 'Pause drawing',
  unfreeze: 'Draw on',
  frozen: 'Drawing is paused; training is not.',
  more: 'More',
  logX: 'Logarithmic across',
  logY: 'Logarithmic values (error, loss, rate)',
  paper: 'The paper\u2019s test errors, after its whole recipe',
  ignoreOutliers: 'Ignore outliers: show the 5th to the 95th percentile',
  table: 'Table',
  legend: 'Other runs: press to hide or show',
  others: 'Other runs',
  exchange: 'Export, import',
  fullScreen: (title: string) => `${title}: full screen`,
  leaveFullScreen: (title: string) => `${title}: leave full screen`,
  help: 'Drag to zoom, double click for the whole, click to keep a reading.',
};

/** A place beside the axis. */
export const placeTick: Readonly<Record<XAxis, (place: number) => string>> = {
  step: integer,
  epoch: plainNumber,
  training: clock,
  wall: clock,
};

export const placeTitle: Readonly<Record<XAxis, (place: number) => string>> = {
  step: (place) => `Step ${integer(place)}`,
  epoch: (place) => `Epoch ${twoDecimals(place)}`,
  training: (place) => `Training time ${clock(place)}`,
  wall: (place) => `Wall time ${clock(place)}`,
};

export const pinned = {
  label: (title: string, place: string) => `Kept reading of ${title}, ${place}`,
  copy: 'Copy',
  copied: 'The reading is copied, as tab-separated text.',
  notCopied: 'This browser did not let the page copy. Select the table and copy it.',
  close: 'Put this reading away',
  step: 'step',
};

export const markText = (mark: Mark): string =>
  mark.kind === 'pause' ? 'paused' : `rate ${plainNumber(mark.rate)}`;

/** The text summary of a chart, and of a lane in it: its last values, as they are written. */
export const chartSummary = {
  none: (title: string) => `${title}: nothing recorded yet.`,
  lanes: (title: string, lanes: readonly string[]) => `${title}. ${lanes.join('; ')}.`,
  lane: (name: string, step: number, values: readonly string[]) =>
    `${name} at step ${integer(step)}: ${values.length > 0 ? list(values) : 'nothing yet'}`,
  training: (value: string) => `training ${value}`,
  test: (value: string) => `test ${value}`,
};

export const table = {
  caption: (title: string) => `${title} of every lane, as drawn`,
  step: 'Step',
  trainingOf: (name: string) => `${name}, training`,
  testOf: (name: string) => `${name}, test`,
  places: axisNames,
  everyNth: (stride: number) =>
    `One step in ${integer(stride)}, every evaluation, and the last step. Values of single batches, not smoothed.`,
  evaluations: 'One row for each evaluation.',
  packs: 'One row for each pack of steps that was read back, by its last step.',
  everyStep: 'Every step. Values of single batches, not smoothed.',
};

/** Beside a line of the paper's number. */
export const paperReference = (net: string, approximate: boolean): string =>
  approximate ? `${net}, paper (about)` : `${net}, paper`;
