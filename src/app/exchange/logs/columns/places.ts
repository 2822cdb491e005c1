/** Where the rows of a table lie: the step of each, counted as a person says. */
import { NUMBER, TEXT } from '../table/column.ts';
import type { ColumnChoice } from './columnChoice.ts';
import type { LogTable } from '../table/logTable.ts';

/** A step of a row that has none: its cell is empty. */
export const NOWHERE = -Infinity;

/**
 * The step of each row; {@link NOWHERE} where its cell is empty, NaN where it cannot be read. Rows that count themselves are counted
 * by `ordinal`, from 0 in each run.
 */
export function placesOf(table: LogTable, choice: ColumnChoice): (row: number, ordinal: number) => number {
  const { unit, stepsPerEpoch, fromZero, extras } = choice;
  const scale = unit === 'epoch' ? stepsPerEpoch : 1;
  const shift = fromZero ? 1 : 0;
  if (choice.place === 'row') return (_, ordinal) => Math.round((ordinal + 1) * scale);
  const column = choice.place === null ? undefined : table.columns[choice.place];
  const epochs = extras.epoch === null ? undefined : table.columns[extras.epoch];
  return (row) => {
    const state = column?.stateAt(row);
    if (state !== NUMBER) return state === TEXT ? NaN : NOWHERE;
    const given = column!.numberAt(row);
    if (unit === 'epoch') return Math.round((given + shift) * scale);
    if (unit === 'step') return given + shift;
    // Epochs that are done before this one: `fromZero` is of them.
    const done = epochs?.stateAt(row) === NUMBER ? epochs.numberAt(row) - (fromZero ? 0 : 1) : NaN;
    return done * stepsPerEpoch + given;
  };
}

/** The epochs that are done at each row, where a place counts these; null where another column may say them. */
export function epochsOf(
  table: LogTable,
  choice: ColumnChoice,
): ((row: number, place: number) => number) | null {
  const { unit, place, stepsPerEpoch, fromZero } = choice;
  if (unit === 'step') return null;
  const column = typeof place === 'number' && unit === 'epoch' ? table.columns[place] : undefined;
  return (row, step) => (column ? column.numberAt(row) + (fromZero ? 1 : 0) : step / stepsPerEpoch);
}

/** Which run each row belongs to, as a number from 0 that counts their first rows. */
export function runsOf(
  table: LogTable,
  run: readonly number[],
): { readonly of: (row: number) => number; readonly rows: number[] } {
  const columns = run.flatMap((i) => table.columns[i] ?? []);
  const known = new Map<string, number>();
  const byCode = new Map<number, number>();
  const rows: number[] = [];
  const isCoded = columns.every(({ names }) => names !== null) && columns.length < 4;
  const number = (row: number) => {
    const key = columns.map((column) => column.textAt(row)).join('\0');
    let index = known.get(key);
    if (index === undefined) {
      index = rows.push(row) - 1;
      known.set(key, index);
    }
    return index;
  };
  const of = (row: number) => {
    if (columns.length === 0) {
      if (rows.length === 0) rows.push(row);
      return 0;
    }
    if (!isCoded) return number(row);
    let code = 0;
    for (const column of columns) code = 2048 * code + column.nameAt(row) + 1;
    let index = byCode.get(code);
    if (index === undefined) {
      index = number(row);
      byCode.set(code, index);
    }
    return index;
  };
  return { of, rows };
}
