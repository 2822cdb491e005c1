/** How often one step of one run is told in several ways. */
import { NUMBER } from '../table/column.ts';
import type { ColumnChoice } from './columnChoice.ts';
import type { LogTable } from '../table/logTable.ts';
import { NOWHERE, placesOf, runsOf } from './places.ts';

/** More rows than these tell nothing new. */
const SAMPLE_ROWS = 100_000;

/** Values of `curves`, taken as one curve, that differ from an earlier one of the same step and run. */
export function collisions(table: LogTable, choice: ColumnChoice, curves: readonly number[]): number {
  if (choice.place === null || choice.place === 'row') return 0;
  const columns = curves.flatMap((i) => table.columns[i] ?? []);
  const placeOf = placesOf(table, choice);
  const runs = runsOf(table, choice.run);
  const told: Map<number, number>[] = [];
  let count = 0;
  for (let row = 0; row < Math.min(table.length, SAMPLE_ROWS); row++) {
    const place = placeOf(row, row);
    if (place === NOWHERE) continue;
    for (const column of columns) {
      if (column.stateAt(row) !== NUMBER) continue;
      const of = (told[runs.of(row)] ??= new Map<number, number>());
      const value = column.numberAt(row);
      const known = of.get(place);
      if (known !== undefined && !Object.is(known, value)) count++;
      of.set(place, value);
    }
  }
  return count;
}
