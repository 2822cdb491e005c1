/** The words of the import of other programs' logs. */
import type { CurveKey, ExtraKey, Measure, Repeat, Unit } from '../columns/columnChoice.ts';
import type { LogSummary } from '../logProtocol.ts';
import { integer, joined, percent, plainNumber } from '../../../ui/format.ts';

export const logs = {
  heading: (file: string) => `What do the columns of ${file} mean?`,
  notes: 'What was done with the file',
  naming: 'Curves are named by',
  namingAnd: 'and by',
  noNaming: 'the columns\u2019 own names',
  layout: 'Runs',
  layouts: { long: 'below one another, in rows', wide: 'side by side, a column each' },
  run: 'Told apart by',
  runAnd: 'and by',
  oneRun: 'all rows are one run',
  place: 'Counted in',
  rows: 'the rows themselves',
  find: 'Find a column by name',
  findHint: (all: number, listed: number) =>
    `Of its ${integer(all)} columns each list holds the first ${integer(listed)}, or the first with these words in their names.`,
  found: (count: number) =>
    count === 0
      ? 'No column has these words in its name.'
      : count === 1
        ? 'One column has these words in its name.'
        : `${integer(count)} columns have these words in their names.`,
  moreListed: (more: number) => `and ${integer(more)} more, to be found by name`,
  none: 'none',
  notChosen: 'not chosen',
  unit: 'That column counts',
  units: {
    step: 'steps',
    epoch: 'epochs',
    stepOfEpoch: 'the steps of each epoch anew',
  } satisfies Record<Unit, string>,
  stepsPerEpoch: 'Steps in an epoch',
  stepsPerEpochHint: '391 with batches of 128. Charts and table count steps.',
  fromZero: 'It counts from 0: the first row is what was known after 1.',
  again: 'A step that comes again',
  repeats: {
    later: 'is told anew: the later row counts',
    append: 'goes on from the row before',
    split: 'begins another run',
    refuse: 'is a fault',
  } satisfies Record<Repeat, string>,
  curves: {
    trainingError: 'Training error or accuracy',
    trainingLoss: 'Training loss',
    testError: 'Test error or accuracy',
    testLoss: 'Test loss',
  } satisfies Record<CurveKey, string>,
  curveAnd: (curve: string) => `${curve}, and`,
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
  columns: 'Each column is',
  leftOut: 'left out',
  pages: 'Columns shown',
  page: (from: number, to: number, all: number) => `${integer(from)} to ${integer(to)} of ${integer(all)}`,
  preview: (shown: number, all: number) =>
    `The first ${integer(shown)} of ${integer(all)} rows, as they stand in the file`,
  moreColumns: (more: number) => `and ${integer(more)} more columns`,
  result: 'What will be drawn',
  offer: (column: string) => `Let \u201c${column}\u201d count`,
  add: (runs: number) => (runs === 1 ? 'Draw this run' : `Draw these ${integer(runs)} runs`),
  cancel: 'Leave it',
};

/** "120 points, steps 1 to 120, last error 45.2%, 2 tests, last 50.0%" */
export function summaryText({ points, tests, from, to, error, loss, testError }: LogSummary): string {
  return joined(
    ', ',
    points === 1 ? 'one point' : `${integer(points)} points`,
    from === to ? `step ${integer(from)}` : `steps ${integer(from)} to ${integer(to)}`,
    error === null ? null : `training error ${percent(error)} at the end`,
    loss === null ? null : `training loss ${plainNumber(loss)} at the end`,
    tests === 0 ? null : tests === 1 ? 'one test' : `${integer(tests)} tests`,
    testError === null ? null : `test error ${percent(testError)} at the end`,
  );
}
