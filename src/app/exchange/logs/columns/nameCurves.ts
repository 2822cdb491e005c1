/** Tables in which each row holds one number, and other cells say of which curve: MLflow's, Aim's, "split" columns. */
import { ImportError } from '../../../runs/codec/importError.ts';
import { logFaults as faults } from '../enLogFaults.ts';
import { filteredColumn, isNumeric, type Column } from '../table/column.ts';
import { isPhase, phaseOf, quantityOf, tidyNames, wordsOf } from './columnNames.ts';
import type { LogTable } from '../table/logTable.ts';

/** More curves than these are named by something else. */
const MOST_CURVES = 200;

const isText = ({ texts, numbers }: Column) => texts > numbers;
const fits = (patterns: readonly RegExp[], name: string) =>
  patterns.some((pattern) => pattern.test(wordsOf(name)));

/** The columns whose cells name the curves; none where every column is a curve. */
export function guessNaming({ columns, isOurs }: LogTable): readonly number[] {
  if (isOurs) return [];
  const cellsOf = (column: Column) => (isText(column) ? (column.names ?? []) : []);
  const named = (matches: (cells: readonly string[], column: Column) => boolean) =>
    columns.flatMap((column, i) => {
      const cells = cellsOf(column);
      return cells.length > 0 && cells.length <= MOST_CURVES && matches(cells, column) ? [i] : [];
    });
  const phases = named((cells) => cells.every((cell) => isPhase(cell)));
  if (valueColumn(columns) >= 0) {
    const [curve] = named((cells) => cells.some((cell) => quantityOf(cell) !== null));
    if (curve !== undefined) return [curve, ...phases.filter((i) => i !== curve)];
  }
  const isWithout = (column: Column) =>
    isNumeric(column) && quantityOf(column.name) !== null && phaseOf(column.name) === null;
  return columns.some(isWithout) ? phases.slice(0, 1) : [];
}

/** The column of the numbers, where all of them stand in one. */
const valueColumn = (columns: readonly Column[]) =>
  columns.findIndex((column) => isNumeric(column) && fits(tidyNames.value, column.name));

/** The table with a column for each curve that the cells of `naming` name. Throws {@link ImportError}. */
export function nameCurves(table: LogTable, naming: readonly number[]): LogTable {
  const source = table.source ?? table;
  if (naming.length === 0) return source;
  const { columns, length } = source;
  const value = valueColumn(columns);
  const isSplit = (column: Column, i: number) =>
    !naming.includes(i) && (value >= 0 ? i === value : isNumeric(column) && quantityOf(column.name) !== null);
  const { names, curveOf } = curvesOf(source, naming);
  const made = columns.flatMap((column, i): readonly Column[] => {
    if (naming.includes(i)) return [];
    if (!isSplit(column, i)) return [column];
    return names
      .map((name, curve) => {
        const title = i === value ? name : `${name} ${column.name}`;
        return filteredColumn(column, title, length, (row) => curveOf[row] === curve);
      })
      .filter(({ numbers, texts }) => numbers + texts > 0);
  });
  const header = made.map((column) =>
    column.name === '' ? source.header[columns.indexOf(column)]! : column.name,
  );
  return { ...source, columns: made, header, naming, source };
}

/** The names of the curves, and of each row which it is of; -1 where a cell is empty. */
function curvesOf({ file, columns, length }: LogTable, naming: readonly number[]) {
  const by = naming.flatMap((i) => columns[i] ?? []);
  if (by.some(({ names }) => names === null)) throw new ImportError(faults.manyCurves(file, MOST_CURVES));
  const names: string[] = [];
  const known = new Map<number, number>();
  const curveOf = new Int16Array(length);
  for (let row = 0; row < length; row++) {
    let key = 0;
    for (const column of by) key = 2048 * key + column.nameAt(row) + 1;
    let curve = known.get(key);
    if (curve === undefined) {
      const cells = by.map((column) => column.textAt(row)).filter((cell) => cell !== '');
      curve = cells.length === 0 ? -1 : names.push(cells.join(' ')) - 1;
      if (names.length > MOST_CURVES) throw new ImportError(faults.manyCurves(file, MOST_CURVES));
      known.set(key, curve);
    }
    curveOf[row] = curve;
  }
  return { names, curveOf };
}
