/** The words of the import of other programs' logs. */
import type { CurveKey, ExtraKey, Measure } from '../logs/columnChoice.ts';
import { integer, percent, plainNumber } from './format.ts';

export const logs = {
  heading: (file: string) => `What do the columns of ${file} mean?`,
  layout: 'Runs',
  layouts: { long: 'below one another, in rows', wide: 'side by side, a column each' },
  run: 'Told apart by',
  oneRun: 'all rows are one run',
  place: 'Counted in',
  none: 'none',
  notChosen: 'not chosen',
  unit: 'That column counts',
  units: { step: 'steps', epoch: 'epochs' },
  stepsPerEpoch: 'Steps in an epoch',
  stepsPerEpochHint: '391 with batches of 128. Charts and table count steps.',
  fromZero: 'It counts from 0: the first row is what was known after 1.',
  curves: {
    trainingError: 'Training error or accuracy',
    trainingLoss: 'Training loss',
    testError: 'Test error or accuracy',
    testLoss: 'Test loss',
  } satisfies Record<CurveKey, string>,
  extras: {
    epoch: 'Epoch',
    seconds: 'Seconds of training',
    rate: 'Learning rate',
    images: 'Test images',
  } satisfies Record<ExtraKey, string>,
  more: 'More columns',
  measureOf: (curve: string) => `${curve} is`,
  measures: {
    error: 'an error, 0 to 1',
    errorPercent: 'an error in %',
    accuracy: 'an accuracy, 0 to 1',
    accuracyPercent: 'an accuracy in %',
  } satisfies Record<Measure, string>,
  complete: 'Tests were on all 10,000 test images',
  wideCurve: 'The columns are',
  columns: 'A run for each of',
  preview: (shown: number, all: number) =>
    `The first ${integer(shown)} of ${integer(all)} rows, as they stand in the file`,
  result: 'What will be drawn',
  add: (runs: number) => (runs === 1 ? 'Draw this run' : `Draw these ${integer(runs)} runs`),
  cancel: 'Leave it',
};

export interface LogSummary {
  readonly points: number;
  readonly tests: number;
  readonly from: number;
  readonly to: number;
  readonly error: number | null;
  readonly loss: number | null;
  readonly testError: number | null;
}

/** "120 points, steps 1 to 120, last error 45.2%, 2 tests, last 50.0%" */
export function summaryText({ points, tests, from, to, error, loss, testError }: LogSummary): string {
  return [
    points === 1 ? 'one point' : `${integer(points)} points`,
    from === to ? `step ${integer(from)}` : `steps ${integer(from)} to ${integer(to)}`,
    ...(error === null ? [] : [`training error ${percent(error)} at the end`]),
    ...(loss === null ? [] : [`training loss ${plainNumber(loss)} at the end`]),
    ...(tests === 0 ? [] : [tests === 1 ? 'one test' : `${integer(tests)} tests`]),
    ...(testError === null ? [] : [`the last ${percent(testError)} wrong`]),
  ].join(', ');
}

const quotes = {
  open: 'opens a quote that is never closed',
  behind: 'has text behind a closing quote',
  inside: 'has a quote inside a field that is not quoted',
};
const shown = (cell: string) => `\u201c${cell.length > 30 ? `${cell.slice(0, 30)}\u2026` : cell}\u201d`;

/** What is wrong with a log, where, and what to do. */
export const logFaults = {
  empty: (file: string) =>
    `${file} has no rows below a line of names. Choose a table of at least two lines, as text.`,
  noHeader: (file: string, line: number) =>
    `${file} begins with numbers: line ${integer(line)} should name the columns, such as step,loss,accuracy. Add such a line.`,
  ragged: (file: string, line: number, fields: number, names: number) =>
    `Line ${integer(line)} of ${file} has ${integer(fields)} fields, and the first line names ${integer(names)}. Mend that line, or cut the file there, and choose it again.`,
  quote: (file: string, kind: keyof typeof quotes, line: number) =>
    `Line ${integer(line)} of ${file} ${quotes[kind]}. Mend that line and choose the file again.`,
  noNumber: (file: string, line: number, column: string, cell: string) =>
    `Line ${integer(line)} of ${file} has ${shown(cell)} in the column ${shown(column)}, which is no number. Choose another column, or mend that line.`,
  noShare: (file: string, line: number, column: string, cell: string) =>
    `Line ${integer(line)} of ${file} has ${shown(cell)} in the column ${shown(column)}, which is no share of images as you chose it. Say whether it is in %, and an error or an accuracy.`,
  noStep: (file: string, line: number, column: string, cell: string, unit: 'step' | 'epoch') =>
    unit === 'step'
      ? `Line ${integer(line)} of ${file} has ${shown(cell)} in the column ${shown(column)}: steps are whole numbers from 1. Choose the column that counts steps, or say that it counts epochs, or that it counts from 0.`
      : `Line ${integer(line)} of ${file} has ${shown(cell)} in the column ${shown(column)}, which makes no whole step from 1. Say whether it counts from 0, and how many steps an epoch has.`,
  twice: (file: string, line: number, run: string, step: number, column: string) =>
    `Line ${integer(line)} of ${file} tells ${shown(column)} of ${shown(run)} at step ${integer(step)} once more. If the file holds several runs, choose the column that tells them apart.`,
  noPlace: 'Choose the column that counts steps or epochs.',
  noCurve: 'Choose at least one column of errors, accuracies or losses.',
  noColumns: 'Choose at least one column to draw.',
  manyRuns: (most: number) =>
    `That makes more than ${integer(most)} runs. Choose a column that names runs, or take fewer.`,
};
