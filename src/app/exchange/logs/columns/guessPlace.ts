/** What counts in a table: steps, epochs, or its rows. */
import { runColumns } from '../../../runs/codec/runsCsv.ts';
import { isNumeric, NUMBER, type Column } from '../table/column.ts';
import type { ColumnChoice } from './columnChoice.ts';
import { placeNames, quantityOf, wordsOf } from './columnNames.ts';
import type { LogTable } from '../table/logTable.ts';

type Place = Pick<ColumnChoice, 'place' | 'unit' | 'stepsPerEpoch' | 'fromZero'>;

/** Steps of an epoch of CIFAR-10 with batches of 128. */
export const STEPS_PER_EPOCH = 391;
/** So many rows without a count are epochs; more are steps. */
const MOST_EPOCHS = 1000;

export function guessPlace(table: LogTable): Place {
  const { columns, length } = table;
  if (table.isOurs) {
    return {
      place: runColumns.indexOf('step'),
      unit: 'step',
      stepsPerEpoch: STEPS_PER_EPOCH,
      fromZero: false,
    };
  }
  const moving = (['step', 'epoch'] as const).map((unit) => bestOf(columns, placeNames[unit], isMoving));
  // What never changes counts too where nothing else does.
  const [step = null, epoch = null] = moving.some((index) => index !== null)
    ? moving
    : [bestOf(columns, placeNames.step), bestOf(columns, placeNames.epoch)];
  const index = columns.findIndex((column) => column.name === '' && isIndex(column, table));
  if (step !== null && epoch !== null && restartsWith(columns[step]!, columns[epoch]!, length)) {
    return {
      place: step,
      unit: 'stepOfEpoch',
      stepsPerEpoch: lengthOfEpoch(columns[step]!, length),
      fromZero: columns[epoch]!.hasZero,
    };
  }
  const stepsPerEpoch = STEPS_PER_EPOCH;
  // An epoch with a fraction, as 0.26, says how many are done.
  const ofEpochs = (place: number) => {
    const { hasZero, whole } = columns[place]!;
    return { place, unit: 'epoch', stepsPerEpoch, fromZero: hasZero && whole } as const;
  };
  // What is logged at 0, 50, 100 is of these steps; 0, 1, 2 are the first, the second and the third.
  if (step !== null && (epoch === null || columns[step]!.numbers >= columns[epoch]!.numbers)) {
    const { hasZero, hasOne } = columns[step]!;
    return { place: step, unit: 'step', stepsPerEpoch, fromZero: hasZero && hasOne };
  }
  if (epoch !== null) return ofEpochs(epoch);
  const unit = length <= MOST_EPOCHS ? 'epoch' : 'step';
  if (index >= 0) return { place: index, unit, stepsPerEpoch, fromZero: columns[index]!.hasZero };
  return { place: 'row', unit, stepsPerEpoch, fromZero: false };
}

const isMoving = ({ names }: Column) => names?.length !== 1;

/** Of the columns that are told in most rows, the one whose name fits the first pattern. */
function bestOf(
  columns: readonly Column[],
  patterns: readonly RegExp[],
  isMeant: (column: Column) => boolean = () => true,
): number | null {
  const counts = columns.flatMap((column, i) => {
    const rank = patterns.findIndex((pattern) => pattern.test(wordsOf(column.name)));
    const isCount = isNumeric(column) && quantityOf(column.name) === null && rank >= 0;
    return isCount && isMeant(column) ? [{ i, rank, numbers: column.numbers }] : [];
  });
  const most = Math.max(...counts.map(({ numbers }) => numbers));
  const full = counts.filter(({ numbers }) => numbers >= 0.9 * most);
  return full.sort((a, b) => a.rank - b.rank || a.i - b.i)[0]?.i ?? null;
}

/** Whether a column is what pandas writes before each row: 0, 1, 2. */
function isIndex(column: Column, { length }: LogTable): boolean {
  if (column.numbers !== length || column.min < 0 || column.min > 1) return false;
  for (let row = 1; row < length; row++)
    if (column.numberAt(row) !== column.numberAt(row - 1) + 1) return false;
  return true;
}

/** Whether `step` begins anew whenever `epoch` goes on, and only then. */
function restartsWith(step: Column, epoch: Column, length: number): boolean {
  let [restarts, last] = [0, -1];
  for (let row = 0; row < length; row++) {
    if (step.stateAt(row) !== NUMBER || epoch.stateAt(row) !== NUMBER) continue;
    if (last >= 0) {
      const isBack = step.numberAt(row) < step.numberAt(last);
      const isNext = epoch.numberAt(row) > epoch.numberAt(last);
      if (isBack && !isNext) return false;
      if (isNext && step.numberAt(row) > step.numberAt(last)) return false;
      if (isBack) restarts++;
    }
    last = row;
  }
  return restarts > 0;
}

/** The steps of an epoch of which some are logged: 391 where that can be. */
function lengthOfEpoch(step: Column, length: number): number {
  let interval = Infinity;
  for (let row = 1; row < length; row++) {
    const ahead = step.numberAt(row) - step.numberAt(row - 1);
    if (ahead > 0) interval = Math.min(interval, ahead);
  }
  const least = step.max + (step.hasZero ? 1 : 0);
  const isUsual = STEPS_PER_EPOCH >= least && STEPS_PER_EPOCH < least + interval;
  return isUsual ? STEPS_PER_EPOCH : Math.max(1, Math.ceil(least));
}
