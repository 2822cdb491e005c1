/** What a choice of columns leaves out or takes for granted. */
import { readingNotes as notes } from '../enLogNotes.ts';
import { isNumeric } from '../table/column.ts';
import { curveKeys, isExtreme, isShare, measureOf, metricOf, type ColumnChoice } from './columnChoice.ts';
import { phaseOf, quantityOf } from './columnNames.ts';
import type { LogTable } from '../table/logTable.ts';

export function choiceNotes(table: LogTable, choice: ColumnChoice): readonly string[] {
  const { columns, header, isOurs } = table;
  if (isOurs) return [];
  const curves =
    choice.layout === 'wide'
      ? choice.wide
      : curveKeys.flatMap((curve) => choice.curves[curve].map((column) => ({ column, curve })));
  const used = new Set(curves.map(({ column }) => column));
  const titled = (indices: readonly number[]) => [...new Set(indices)].map((i) => header[i] ?? '');
  const extremes = columns.filter(({ name }) => isExtreme(name)).length;
  const leftOut = columns.flatMap((column, i) => {
    const isCurve = isNumeric(column) && quantityOf(metricOf(column.name)) !== null;
    return isCurve && !used.has(i) && i !== choice.place && !isExtreme(column.name) ? [i] : [];
  });
  const saysTraining = columns.some((column) => phaseOf(metricOf(column.name)) === 'training');
  const held = curves.filter(
    ({ column, curve }) =>
      curve.startsWith('test') && saysTraining && phaseOf(metricOf(columns[column]?.name ?? '')) === null,
  );
  const shares = curves.filter(({ curve }) => isShare(curve));
  const isPercent = (column: number) =>
    measureOf(choice, column, columns[column]!, isOurs).endsWith('Percent');
  const [percents, others] = [
    shares.filter(({ column }) => isPercent(column)),
    shares.filter(({ column }) => !isPercent(column)),
  ].map((group) => titled(group.map(({ column }) => column)));
  const merged =
    choice.layout === 'long'
      ? curveKeys.map((key) => choice.curves[key]).filter(({ length }) => length > 1)
      : [];
  return [
    ...(leftOut.length > 0 ? [notes.leftOut(titled(leftOut))] : []),
    ...(extremes > 0 ? [notes.extremes(extremes)] : []),
    ...(held.length > 0 ? [notes.held(titled(held.map(({ column }) => column)))] : []),
    ...merged.map((indices) => notes.together(titled(indices))),
    ...(percents!.length > 0 && others!.length > 0 ? [notes.mixed(others!, percents!)] : []),
  ];
}
