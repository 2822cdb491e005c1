/** What it means in a table that a step comes again. */
import { NUMBER, type Column } from '../table/column.ts';
import { curveKeys, type ColumnChoice, type Repeat } from './columnChoice.ts';
import type { LogTable } from '../table/logTable.ts';
import { NOWHERE, placesOf, runsOf } from './places.ts';

/** What was seen of one curve of one run. */
interface Seen {
  /** Of this stretch of ascending steps. */
  place: number;
  value: number;
  first: number;
  /** The value before the counting began anew, until the next one comes. */
  before: number | null;
}

/**
 * Rows that begin anew from the first step go on (`append`) if their values are nearer to the last ones than to the first, and are
 * another run (`split`) else; rows that begin anew later are of a run that was resumed (`later`). A step that comes again at once
 * is a fault where steps are counted, and in an epoch the last of several rows.
 */
export function guessRepeat(table: LogTable, choice: ColumnChoice): Repeat {
  const columns = columnsOf(table, choice);
  const placeOf = placesOf(table, choice);
  const runs = runsOf(table, choice.layout === 'long' ? choice.run : []);
  const seenOf: { first: number; seen: (Seen | undefined)[] }[] = [];
  const found = { stuck: 0, restarts: 0, fromStart: 0, goesOn: 0 };
  for (let row = 0; row < table.length; row++) {
    const place = placeOf(row, row);
    if (Number.isNaN(place) || place === NOWHERE) continue;
    const { first, seen } = (seenOf[runs.of(row)] ??= { first: place, seen: [] });
    let isBack = false;
    for (let i = 0; i < columns.length; i++) {
      if (place < (seen[i]?.place ?? -Infinity) && columns[i]!.stateAt(row) === NUMBER) isBack = true;
    }
    if (isBack) {
      found.restarts++;
      if (place <= first) found.fromStart++;
      for (const one of seen) if (one) [one.place, one.before] = [-Infinity, one.value];
    }
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      if (column.stateAt(row) !== NUMBER) continue;
      const value = column.numberAt(row);
      const one = (seen[i] ??= { place: -Infinity, value, first: value, before: null });
      if (one.place === place && !Object.is(one.value, value)) found.stuck++;
      if (one.before !== null && Number.isFinite(value)) {
        found.goesOn += Math.abs(value - one.before) <= Math.abs(value - one.first) ? 1 : -1;
        one.before = null;
      }
      [one.place, one.value] = [place, value];
    }
  }
  if (found.restarts > 0 && found.fromStart === found.restarts) return found.goesOn >= 0 ? 'append' : 'split';
  return found.stuck > 0 && found.restarts === 0 && choice.unit !== 'epoch' ? 'refuse' : 'later';
}

const columnsOf = ({ columns }: LogTable, choice: ColumnChoice): readonly Column[] => {
  const indices =
    choice.layout === 'wide'
      ? choice.wide.map(({ column }) => column)
      : curveKeys.flatMap((key) => choice.curves[key]);
  return indices.flatMap((i) => columns[i] ?? []);
};
