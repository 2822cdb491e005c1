/** Which columns of a logged table mean what: guessed by their names and numbers, for a person to correct. */
import { runColumns } from '../export/runsCsv.ts';
import { readCell, type LogTable } from './logTable.ts';

/** What a curve's numbers are: an error is a share of images that were wrong, an accuracy of those that were right. */
export const measures = ['error', 'errorPercent', 'accuracy', 'accuracyPercent'] as const;
export type Measure = (typeof measures)[number];

export const curveKeys = ['trainingError', 'trainingLoss', 'testError', 'testLoss'] as const;
export type CurveKey = (typeof curveKeys)[number];

export const extraKeys = ['epoch', 'seconds', 'rate', 'images'] as const;
export type ExtraKey = (typeof extraKeys)[number];

export interface ColumnChoice {
  /** `long`: a row is a step of one run. `wide`: the runs stand side by side, one column each. */
  readonly layout: 'long' | 'wide';
  /** Indices of columns; null for none. */
  readonly place: number | null;
  readonly unit: 'step' | 'epoch';
  /** What turns epochs into steps. */
  readonly stepsPerEpoch: number;
  /** Whether the first row of training is called 0. */
  readonly fromZero: boolean;
  /** Long: the column by whose values rows belong to runs; null if all are of one run. */
  readonly run: number | null;
  readonly curves: Readonly<Record<CurveKey, number | null>>;
  readonly extras: Readonly<Record<ExtraKey, number | null>>;
  /** Wide: a run for each of these columns, and which curve they are. */
  readonly columns: readonly number[];
  readonly wideCurve: CurveKey;
  readonly measures: Readonly<Record<'trainingError' | 'testError', Measure>>;
  /** Whether tests were on all test images, where no column says on how many. */
  readonly complete: boolean;
}

/** Steps of an epoch of CIFAR-10 with batches of 128. */
const STEPS_PER_EPOCH = 391;
/** Rows by which a column is judged. */
const SAMPLE = 500;

const isTest = (words: readonly string[]) =>
  words.some((word) => /^(test|val|valid|validation|eval|dev)$/.test(word));
const quantityOf = (words: readonly string[]): 'loss' | 'error' | 'accuracy' | null => {
  const has = (pattern: RegExp) => words.some((word) => pattern.test(word));
  if (has(/^(loss|nll|xent|crossentropy|cost)$/)) return 'loss';
  if (has(/^(acc|accuracy|top1|prec|prec1|precision|acc1)$/)) return 'accuracy';
  return has(/^(err|error|err1)$/) ? 'error' : null;
};
const wordsOf = (name: string) =>
  name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean); // prettier-ignore

export function guessChoice(table: LogTable): ColumnChoice {
  const { header } = table;
  const words = header.map(wordsOf);
  const isNumeric = header.map((_, i) => isNumericColumn(table, i));
  const find = (matches: (words: readonly string[], name: string) => boolean, numeric = true) => {
    const index = header.findIndex((name, i) => isNumeric[i] === numeric && matches(words[i]!, name));
    return index < 0 ? null : index;
  };
  const named = (...patterns: readonly RegExp[]) => {
    for (const pattern of patterns) {
      const index = find((parts) => quantityOf(parts) === null && pattern.test(parts.join(' ')));
      if (index !== null) return index;
    }
    return null;
  };
  const step = named(/^(training |train |global )?(step|steps|iter|iters|iteration|iterations|itr)$/);
  const epoch = named(/^epochs?$/, /\bepoch\b/);
  const unit = step === null && epoch !== null ? 'epoch' : 'step';
  const place = step ?? epoch;
  const curveOf = (index: number): CurveKey | null => {
    const quantity = isNumeric[index] && index !== place ? quantityOf(words[index]!) : null;
    // Weights & Biases adds the extremes of each column.
    if (quantity === null || /__(min|max)$/i.test(header[index]!)) return null;
    const test = isTest(words[index]!);
    if (quantity === 'loss') return test ? 'testLoss' : 'trainingLoss';
    return test ? 'testError' : 'trainingError';
  };
  const columnsOf = (key: CurveKey) => header.flatMap((_, i) => (curveOf(i) === key ? [i] : []));
  const first = (key: CurveKey) => columnsOf(key)[0] ?? null;
  const wideCurve = curveKeys.find((key) => columnsOf(key).length > 1) ?? 'trainingError';
  // "run-1 - train/loss", "run-2 - train/loss": a name before what all of them share.
  const wideColumns = columnsOf(wideCurve);
  const isWide = wideColumns.length > 1 && wideColumns.every((i) => header[i]!.includes(' - '));
  const curves = {
    trainingError: first('trainingError'),
    trainingLoss: first('trainingLoss'),
    testError: first('testError'),
    testLoss: first('testLoss'),
  };
  const isOurs = runColumns.every((name, i) => header[i] === name);
  const measureOf = (index: number | null): Measure => {
    if (index === null || isOurs) return 'error';
    const isPercent = columnNumbers(table, index).some((number) => number > 1.5);
    const isAccuracy = quantityOf(words[index]!) === 'accuracy';
    if (isAccuracy) return isPercent ? 'accuracyPercent' : 'accuracy';
    return isPercent ? 'errorPercent' : 'error';
  };
  const wideIn = (key: CurveKey) => (isWide && wideCurve === key ? (wideColumns[0] ?? null) : curves[key]);
  const run = find(
    (parts) => /^(run|name|run name|run id|model|net|experiment|label)$/.test(parts.join(' ')),
    false,
  );
  return {
    layout: isWide ? 'wide' : 'long',
    place,
    unit,
    stepsPerEpoch: STEPS_PER_EPOCH,
    fromZero: place !== null && columnNumbers(table, place).includes(0),
    run: isOurs ? runColumns.indexOf('name') : (run ?? named(/^(run|run id|seed)$/)),
    curves,
    extras: {
      epoch: unit === 'epoch' ? null : epoch,
      seconds: named(/^(training )?(seconds|time s|elapsed|elapsed seconds)$/),
      rate: named(/^(lr|learning rate|rate)$/),
      images: named(/^(test images|images)$/),
    },
    columns: isWide ? wideColumns : [],
    wideCurve,
    measures: {
      trainingError: measureOf(wideIn('trainingError')),
      testError: measureOf(wideIn('testError')),
    },
    complete: true,
  };
}

function columnNumbers({ rows, delimiter }: LogTable, column: number): readonly number[] {
  return rows.slice(0, SAMPLE).flatMap(({ fields }) => readCell(fields[column] ?? '', delimiter) ?? []);
}

/** Whether a column holds numbers, and at least one. */
function isNumericColumn({ rows, delimiter }: LogTable, column: number): boolean {
  const cells = rows.slice(0, SAMPLE).map(({ fields }) => fields[column] ?? '');
  const isFilled = cells.some((cell) => cell.trim() !== '');
  return isFilled && cells.every((cell) => readCell(cell, delimiter) !== null);
}
