/** What the columns of a table probably mean, by their names and numbers. */
import { isNumeric, type Column } from '../table/column.ts';
import {
  curveKeys,
  isExtreme,
  metricOf,
  runOfColumn,
  type ColumnChoice,
  type CurveKey,
} from './columnChoice.ts';
import { extraNames, isTestSet, named, otherWords, phaseOf, quantityOf, runNames, seedNames, tidyNames, wordsOf } from './columnNames.ts'; // prettier-ignore
import { collisions } from './collisions.ts';
import { guessPlace } from './guessPlace.ts';
import type { LogTable } from '../table/logTable.ts';
import { runColumns } from '../../../runs/codec/runsCsv.ts';

/** More different cells than these are no runs. */
const MOST_RUNS = 64;

export function guessChoice(table: LogTable): ColumnChoice {
  const { columns, isOurs } = table;
  const isExtra = (column: Column) => isNumeric(column) && quantityOf(column.name) === null;
  const place = guessPlace(table);
  const curveOf = curvesByName(table, place.place);
  const wide = columns.flatMap(({ name }, column) => {
    const curve = curveOf[column];
    return curve && runOfColumn(name) !== null ? [{ column, curve }] : [];
  });
  const isWide = wide.length > 0;
  const epoch = named(columns, extraNames.epoch, isExtra);
  const curves = isWide ? noCurves : primaryCurves(table, curveOf);
  const base: ColumnChoice = {
    layout: isWide ? 'wide' : 'long',
    ...place,
    again: null,
    run: [],
    curves,
    extras: {
      epoch: place.unit === 'epoch' ? null : epoch,
      seconds: named(columns, extraNames.seconds, isExtra),
      rate: named(columns, extraNames.rate, isExtra),
      images: named(columns, extraNames.images, isExtra),
    },
    wide,
    measures: {},
    complete: true,
  };
  if (isOurs) return { ...base, run: [runColumns.indexOf('name')] };
  const choice = { ...base, run: isWide ? [] : guessRuns(table, base) };
  return { ...choice, curves: withoutCollisions(table, choice) };
}

const noCurves: ColumnChoice['curves'] = { trainingError: [], trainingLoss: [], testError: [], testLoss: [] };

/** The curve that each column is, by its name; null for none. */
function curvesByName(
  { columns, file }: LogTable,
  place: ColumnChoice['place'],
): readonly (CurveKey | null)[] {
  const told = columns.map((column, i) => {
    const isCurve = isNumeric(column) && i !== place && !isExtreme(column.name);
    const metric = metricOf(column.name);
    // TensorBoard's tables say in the file's name alone what they are of.
    const name = isCurve && tidyNames.value.some((value) => value.test(wordsOf(metric))) ? file : metric;
    const quantity = isCurve ? quantityOf(name) : null;
    return quantity === null
      ? null
      : ({ kind: quantity === 'loss' ? 'Loss' : 'Error', phase: phaseOf(name) } as const);
  });
  const has = (phase: string, kind?: string) =>
    told.some((one) => one?.phase === phase && (kind === undefined || one.kind === kind));
  const ofFile = /\.(test|val|valid|eval)(\.\w+)?$/i.test(file) ? 'test' : 'training';
  return told.map((one) => {
    if (!one) return null;
    const { kind, phase } = one;
    // Beside "train_loss" a bare "accuracy" is of other images, unless those have a column too.
    const others = has('training')
      ? has('test', kind)
        ? 'training'
        : 'test'
      : has('test')
        ? 'training'
        : ofFile;
    return `${phase ?? others}${kind}` as const;
  });
}

/** Of each curve the columns whose names are nearest to it; for tests one held back and one of test images may be two. */
function primaryCurves({ columns }: LogTable, curveOf: readonly (CurveKey | null)[]): ColumnChoice['curves'] {
  const best = (of: readonly number[]) =>
    [...of].sort((a, b) => {
      const [one, other] = [columns[a]!, columns[b]!];
      return otherWords(one.name) - otherWords(other.name) || other.numbers - one.numbers || a - b;
    })[0];
  const columnsOf = (key: CurveKey): readonly number[] => {
    const all = curveOf.flatMap((curve, i) => (curve === key ? [i] : []));
    const groups = [
      all.filter((i) => !isTestSet(columns[i]!.name)),
      all.filter((i) => isTestSet(columns[i]!.name)),
    ];
    return groups
      .flatMap((group) => best(group) ?? [])
      .sort((a, b) => columns[b]!.numbers - columns[a]!.numbers);
  };
  return {
    trainingError: columnsOf('trainingError').slice(0, 1),
    trainingLoss: columnsOf('trainingLoss').slice(0, 1),
    testError: columnsOf('testError'),
    testLoss: columnsOf('testLoss'),
  };
}

/** Two columns are one curve only where no step has values in both; else the fuller one, or that of test images. */
function withoutCollisions(table: LogTable, choice: ColumnChoice): ColumnChoice['curves'] {
  const keep = (key: CurveKey) => {
    const of = choice.curves[key];
    if (of.length < 2 || collisions(table, choice, of) === 0) return of;
    const [first, second] = of.map((i) => table.columns[i]!);
    const isEven = first!.numbers === second!.numbers;
    return isEven && isTestSet(second!.name) ? of.slice(1) : of.slice(0, 1);
  };
  const [trainingError, trainingLoss, testError, testLoss] = curveKeys.map(keep);
  return {
    trainingError: trainingError!,
    trainingLoss: trainingLoss!,
    testError: testError!,
    testLoss: testLoss!,
  };
}

/** Columns that name runs; then, while steps come again, those that tell most of these apart. */
function guessRuns(table: LogTable, choice: ColumnChoice): readonly number[] {
  const { columns } = table;
  const isNames = ({ names }: Column) => names !== null && names.length > 0 && names.length <= MOST_RUNS;
  const isName = (column: Column) => isNames(column) && !isNumeric(column);
  // One number is a poorer name than the file's.
  const first = named(
    columns,
    runNames,
    (column) => isNames(column) && (!isNumeric(column) || column.names!.length > 1),
  );
  const chosen = first === null ? [] : [first];
  const candidates = columns.flatMap((column, i) => {
    const count = column.names?.length ?? 0;
    const isMany = count > 1 && count <= MOST_RUNS && !chosen.includes(i) && i !== choice.place;
    const isSeed = seedNames.some((pattern) => pattern.test(wordsOf(column.name)));
    return isMany && (isName(column) || isSeed) ? [i] : [];
  });
  const curves = curveKeys.flatMap((key) => choice.curves[key]);
  const repeatsBy = (run: readonly number[]) =>
    curves.reduce((sum, curve) => sum + collisions(table, { ...choice, run }, [curve]), 0);
  let left = repeatsBy(chosen);
  while (left > 0 && candidates.length > 0) {
    const results = candidates.map((i) => ({ i, left: repeatsBy([...chosen, i]) }));
    const best = results.reduce((a, b) => (b.left < a.left ? b : a));
    if (best.left > left / 2) break;
    chosen.push(best.i);
    candidates.splice(candidates.indexOf(best.i), 1);
    left = best.left;
  }
  return chosen;
}
