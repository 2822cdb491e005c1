/** Runs out of a logged table, by what a person says that its columns mean. */
import { paperSetting } from '../../model/paper.ts';
import { numberedNames } from '../export/runsCsv.ts';
import { ImportError } from '../export/readRunsJson.ts';
import { logFaults as faults } from '../messages/enLogs.ts';
import { distinctStyle, unknownStyle, type LaneStyle } from '../store/laneStyles.ts';
import { createRun, type Evaluation, type Run } from '../store/run.ts';
import { Series } from '../store/series.ts';
import {
  curveKeys,
  extraKeys,
  type ColumnChoice,
  type CurveKey,
  type ExtraKey,
  type Measure,
} from './columnChoice.ts';
import { readCell, type LogTable } from './logTable.ts';

/** More than these in one file are not runs: a column was chosen that names something else. */
const MOST_RUNS = 64;
/** Steps are counted in whole numbers; nothing trains longer. */
const MOST_STEPS = 1e9;

type ValueKey = CurveKey | ExtraKey;

/** What was logged of one step, as far as something was. */
type Logged = Partial<Record<ValueKey, number>>;

/** One run's rows: by step, with the line of each. */
interface Log {
  readonly name: string;
  readonly steps: Map<number, { readonly line: number; readonly values: Logged }>;
}

/**
 * The runs, under names of their own. `file` stands in the messages; `ordinal` keeps the ids of several imports apart. What
 * is not logged is not filled in. Throws {@link ImportError}.
 */
export function runsFromLog(
  table: LogTable,
  choice: ColumnChoice,
  file: string,
  ordinal: number,
): readonly Run[] {
  if (choice.place === null) throw new ImportError(faults.noPlace);
  const logs = choice.layout === 'wide' ? wideLogs(table, choice, file) : longLogs(table, choice, file);
  const styles: LaneStyle[] = [];
  return logs.map((log, i) => {
    const style = distinctStyle(unknownStyle, styles);
    styles.push(style);
    const id = `imported/${ordinal}/${i}`;
    return runOf(
      log,
      choice,
      createRun({ id, lane: `imported-${ordinal}-${i}`, name: log.name, style, config: null }),
    );
  });
}

function longLogs(table: LogTable, choice: ColumnChoice, file: string): readonly Log[] {
  const columnOf = { ...choice.curves, ...choice.extras };
  const columns = [...curveKeys, ...extraKeys].flatMap((key) => {
    const index = columnOf[key];
    return index === null ? [] : [[key, index] as const];
  });
  if (curveKeys.every((key) => choice.curves[key] === null)) throw new ImportError(faults.noCurve);
  const logs = new Map<string, Log>();
  for (const row of table.rows) {
    const name = choice.run === null ? file.replace(/\.[^.]*$/, '') : (row.fields[choice.run] ?? '');
    const log = logs.get(name) ?? { name, steps: new Map() };
    logs.set(name, log);
    if (logs.size > MOST_RUNS) throw new ImportError(faults.manyRuns(MOST_RUNS));
    addRow(log, columns, { table, choice, file, ...row });
  }
  return [...logs.values()];
}

function wideLogs(table: LogTable, choice: ColumnChoice, file: string): readonly Log[] {
  if (choice.columns.length === 0) throw new ImportError(faults.noColumns);
  if (choice.columns.length > MOST_RUNS) throw new ImportError(faults.manyRuns(MOST_RUNS));
  const headers = choice.columns.map((column) => table.header[column] ?? '');
  // "run-1 - train/loss": the run, and what all of them share.
  const short = headers.map((name) => name.replace(/ - .*$/, ''));
  const names = numberedNames(new Set(short).size === short.length ? short : headers);
  return choice.columns.map((column, i) => {
    const log: Log = { name: names[i]!, steps: new Map() };
    for (const row of table.rows) {
      if ((row.fields[column] ?? '').trim() === '') continue;
      addRow(log, [[choice.wideCurve, column]], { table, choice, file, ...row });
    }
    return log;
  });
}

interface Row {
  readonly table: LogTable;
  readonly choice: ColumnChoice;
  readonly file: string;
  readonly line: number;
  readonly fields: readonly string[];
}

function addRow(log: Log, columns: readonly (readonly [ValueKey, number])[], row: Row): void {
  const filled = columns.filter(([, index]) => (row.fields[index] ?? '').trim() !== '');
  if (filled.length === 0) return;
  const { step, epoch } = placeOf(row);
  const known = log.steps.get(step);
  const values: Logged = { ...known?.values };
  for (const [key, index] of filled) {
    // What is told of a step in two rows, as of training and then of a test, belongs together.
    if (values[key] !== undefined && isCurve(key)) {
      throw new ImportError(faults.twice(row.file, row.line, log.name, step, row.table.header[index] ?? ''));
    }
    const number = numberIn(row, index);
    values[key] =
      key === 'trainingError' || key === 'testError' ? toError(number, row.choice.measures[key]) : number;
    const value = values[key];
    if (
      (key === 'trainingError' || key === 'testError') &&
      (value < 0 || value > 1) &&
      Number.isFinite(value)
    ) {
      throw new ImportError(
        faults.noShare(row.file, row.line, row.table.header[index] ?? '', row.fields[index] ?? ''),
      );
    }
  }
  if (epoch !== null) values.epoch = epoch;
  log.steps.set(step, { line: known?.line ?? row.line, values });
}

const isCurve = (key: ValueKey) => curveKeys.some((curve) => curve === key);

function numberIn({ table, file, line, fields }: Row, index: number): number {
  const cell = fields[index] ?? '';
  const number = readCell(cell, table.delimiter);
  if (number === null) throw new ImportError(faults.noNumber(file, line, table.header[index] ?? '', cell));
  return number;
}

/** The step of a row, from 1, and its epoch if that is what the file counts. */
function placeOf(row: Row): { readonly step: number; readonly epoch: number | null } {
  const { choice, table, file, line, fields } = row;
  const index = choice.place!;
  const given = numberIn(row, index) + (choice.fromZero ? 1 : 0);
  const step = choice.unit === 'step' ? given : Math.round(given * choice.stepsPerEpoch);
  if (!Number.isInteger(step) || step < 1 || step > MOST_STEPS) {
    throw new ImportError(
      faults.noStep(file, line, table.header[index] ?? '', fields[index] ?? '', choice.unit),
    );
  }
  return { step, epoch: choice.unit === 'epoch' ? given : null };
}

function toError(number: number, measure: Measure): number {
  switch (measure) {
    case 'error':
      return number;
    case 'errorPercent':
      return number / 100;
    case 'accuracy':
      return 1 - number;
    case 'accuracyPercent':
      return 1 - number / 100;
  }
}

function runOf({ steps }: Log, { complete }: ColumnChoice, run: Run): Run {
  const all = [...steps].sort(([a], [b]) => a - b).map(([step, { values }]) => ({ step, ...values }));
  const has = (key: ValueKey) => all.some((logged) => logged[key] !== undefined);
  const trained = all.filter((one) => one.trainingError !== undefined || one.trainingLoss !== undefined);
  // Where only tests are known, their steps carry epochs and times.
  const logged = trained.length > 0 ? trained : all;
  const series = (key: ValueKey) =>
    has(key) ? Series.empty.append(logged.map((one) => one[key] ?? null)) : Series.empty;
  const error = series('trainingError');
  const isEveryStep = error.length > 0 && logged.every(({ step }, i) => step === i + 1);
  const evaluations = all.flatMap(({ step, testError, testLoss, images = null }): readonly Evaluation[] => {
    if (testError === undefined && testLoss === undefined) return [];
    const isWhole = images === null ? complete : images === paperSetting.testImages;
    return [
      { step, images, complete: isWhole, loss: testLoss ?? null, error: testError ?? null, seconds: null },
    ];
  });
  return {
    ...run,
    imported: true,
    state: 'ended',
    step: all.at(-1)?.step ?? 0,
    loggedSteps: isEveryStep ? null : Series.empty.append(logged.map(({ step }) => step)),
    error,
    loss: series('trainingLoss'),
    learningRate: series('rate'),
    trainingSeconds: series('seconds'),
    epoch: series('epoch'),
    evaluations,
  };
}
