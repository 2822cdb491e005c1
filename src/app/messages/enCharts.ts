/** The words of the curves: charts, their tables and text summaries, and the drawing of the nets. */
import { integer, list, loss, percent, plainNumber } from './format.ts';

export const charts = {
  region: 'Curves',
  error: 'Error, %',
  loss: 'Loss',
  speed: 'Images a second',
  training: 'training',
  test: 'test',
  raw: 'each batch',
  smoothed: 'smoothed',
  smoothing: 'Smoothing',
  smoothingHint: 'Bias-corrected moving average of the training curve; each batch stays faintly behind it.',
  table: 'Table',
  step: 'step',
  stepTitle: (step: number) => `Step ${integer(step)}`,
  guessing: 'guessing',
  emptyTitle: 'The curves will be drawn here.',
  emptyText: 'Dashed: error on the training images. Solid, with markers: error on test images.',
  otherSettings: 'These curves are from before your changes. Train again to draw new ones.',
  diverged: 'diverged',
  chart: (title: string) => `${title}: chart. Left and right arrow keys read values.`,
  none: '\u2013',
};

/** One lane's last values, for the text summary of a chart. */
export interface LastValues {
  readonly name: string;
  readonly step: number;
  readonly training: number | null;
  readonly test: number | null;
}

export function summarise(
  title: string,
  format: (value: number) => string,
  lanes: readonly LastValues[],
): string {
  if (lanes.length === 0) return `${title}: nothing recorded yet.`;
  const parts = lanes.map(({ name, step, training, test }) => {
    const values = [
      training === null ? null : `training ${format(training)}`,
      test === null ? null : `test ${format(test)}`,
    ].filter((value) => value !== null);
    return `${name} at step ${integer(step)}: ${values.length > 0 ? list(values) : 'nothing yet'}`;
  });
  return `${title}. ${parts.join('; ')}.`;
}

export const table = {
  caption: (title: string) => `${title} of every lane, as drawn`,
  step: 'Step',
  trainingOf: (name: string) => `${name}, training`,
  testOf: (name: string) => `${name}, test`,
  speedOf: (name: string) => name,
  everyNth: (stride: number) =>
    `One step in ${integer(stride)}, every evaluation, and the last step. Values of single batches, not smoothed.`,
  packs: 'One row for each pack of steps that was read back, by its last step.',
  everyStep: 'Every step. Values of single batches, not smoothed.',
};

export const nets = {
  heading: 'What is being compared',
  text: 'Each bar is a 3\u00d73 (or 1\u00d71) convolution, its height the size of the map; three stages, each with twice the filters of the one before. An arc is a shortcut; dashed where it has to change the shape. One convolution before them, and pooling and ten outputs behind, are left out.',
  more: (count: number) => `\u00d7${integer(count)}`,
  picture: (name: string, blocks: number, shortcuts: boolean) =>
    `${name}: three stages of ${integer(blocks)} blocks each, ${shortcuts ? 'each with a shortcut around it' : 'without shortcuts'}.`,
};

export const formats = { error: percent, loss, speed: integer } as const;

/** Values beside an axis that names its unit: an error is a bare number of percent. */
export const tick = {
  error: (share: number) => plainNumber(100 * share),
  loss: plainNumber,
  speed: plainNumber,
} as const;

/** Beside a line of the paper's number. */
export const paperReference = (net: string, approximate: boolean): string =>
  approximate ? `${net}, paper (about)` : `${net}, paper`;
