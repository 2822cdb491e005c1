/** Which columns of a logged table mean what, for a person to correct. */
import type { ColumnFacts } from '../table/column.ts';
import { quantityOf, saysPercent } from './columnNames.ts';

/** What a curve's numbers are: an error is a share of images that were wrong, an accuracy of those that were right. */
export const measures = ['error', 'errorPercent', 'accuracy', 'accuracyPercent'] as const;
export type Measure = (typeof measures)[number];

export const curveKeys = ['trainingError', 'trainingLoss', 'testError', 'testLoss'] as const;
export type CurveKey = (typeof curveKeys)[number];

export const extraKeys = ['epoch', 'seconds', 'rate', 'images'] as const;
export type ExtraKey = (typeof extraKeys)[number];

/** What a column counts. `stepOfEpoch`: the steps of each epoch anew, and another column the epochs. */
export const units = ['step', 'epoch', 'stepOfEpoch'] as const;
export type Unit = (typeof units)[number];

/**
 * What a step means that comes again with other values. `later`: the later row counts. `append`: the counting began anew, and goes
 * on from the row before. `split`: another run begins. `refuse`: that is a fault.
 */
export const repeats = ['later', 'append', 'split', 'refuse'] as const;
export type Repeat = (typeof repeats)[number];

export interface ColumnChoice {
  /** `long`: a row is a step of one run. `wide`: the runs stand side by side. */
  readonly layout: 'long' | 'wide';
  /** Index of a column; `row` where the rows themselves count; null for none. */
  readonly place: number | 'row' | null;
  readonly unit: Unit;
  /** What turns epochs into steps. */
  readonly stepsPerEpoch: number;
  /** Whether the first row of training is called 0. */
  readonly fromZero: boolean;
  /** Null: as the rows look (guessRepeat). */
  readonly again: Repeat | null;
  /** Long: the columns by whose values rows belong to runs; none if all are of one run. */
  readonly run: readonly number[];
  /** Long: several columns of one curve where no step has values in two of them. */
  readonly curves: Readonly<Record<CurveKey, readonly number[]>>;
  readonly extras: Readonly<Record<ExtraKey, number | null>>;
  /** Wide: a column each of a run's curve. */
  readonly wide: readonly WideColumn[];
  /** By column, where a person chose it; else {@link guessMeasure}. */
  readonly measures: Readonly<Record<number, Measure>>;
  /** Whether tests were on all test images, where no column says on how many. */
  readonly complete: boolean;
}

export interface WideColumn {
  readonly column: number;
  readonly curve: CurveKey;
}

export const isShare = (curve: CurveKey): boolean => curve === 'trainingError' || curve === 'testError';

/** Beyond 1 by more than this, a number is no share of images. */
const MOST_SHARE = 1.5;

/** What of a column its measure is guessed by. */
export type MeasuredColumn = Pick<ColumnFacts, 'name' | 'max' | 'percents'>;

/** By the column's name and numbers; `isOurs`: this page wrote the table. */
export function guessMeasure(column: MeasuredColumn, isOurs: boolean): Measure {
  if (isOurs) return 'error';
  const isPercent = column.max > MOST_SHARE || column.percents > 0 || saysPercent(column.name);
  const isAccuracy = quantityOf(metricOf(column.name)) === 'accuracy';
  if (isAccuracy) return isPercent ? 'accuracyPercent' : 'accuracy';
  return isPercent ? 'errorPercent' : 'error';
}

export const measureOf = (
  choice: ColumnChoice,
  column: number,
  facts: MeasuredColumn,
  isOurs: boolean,
): Measure => choice.measures[column] ?? guessMeasure(facts, isOurs);

/** "run-1 - train/loss" of Weights & Biases: a run, and what is measured of it. */
const BETWEEN = ' - ';
export const metricOf = (name: string): string => {
  const at = name.lastIndexOf(BETWEEN);
  return at < 0 ? name : name.slice(at + BETWEEN.length);
};
/** Null where the name tells of no run. */
export const runOfColumn = (name: string): string | null => {
  const at = name.lastIndexOf(BETWEEN);
  return at < 0 ? null : name.slice(0, at);
};

/** Weights & Biases adds the extremes of each column. */
export const isExtreme = (name: string): boolean => /__(min|max)$/i.test(name);
