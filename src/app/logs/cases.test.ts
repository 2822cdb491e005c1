/** Files as people have them (test/fixtures/cases/logs), each with its right values. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Run } from '../store/run.ts';
import type { ColumnChoice } from './columnChoice.ts';
import { guessChoice } from './guessChoice.ts';
import type { LogTable } from './logTable.ts';
import { readFile } from './readFile.ts';
import { repeatOf, runsFromLog } from './runsFromLog.ts';

const folder = new URL('../../../test/fixtures/cases/', import.meta.url);

async function tableOf(name: string, text: string | Uint8Array<ArrayBuffer>): Promise<LogTable> {
  const content = await readFile(new File([text], name), 1);
  if (content.kind !== 'log') throw new Error('runs, and no log');
  return content.table;
}

interface Read {
  readonly table: LogTable;
  readonly choice: ColumnChoice;
  readonly runs: readonly Run[];
  readonly notes: readonly string[];
}

async function read(
  name: string,
  patch: (guess: ColumnChoice) => Partial<ColumnChoice> = () => ({}),
): Promise<Read> {
  const bytes = Uint8Array.from(readFileSync(new URL(name, folder)));
  return interpret(await tableOf(name.replace(/^.*\//, ''), bytes), patch);
}

function interpret(
  table: LogTable,
  patch: (guess: ColumnChoice) => Partial<ColumnChoice> = () => ({}),
): Read {
  const guess = guessChoice(table);
  const choice = { ...guess, ...patch(guess) };
  const notes = [...table.notes];
  const runs = runsFromLog(table, choice, table.file, 1, (sentence) => notes.push(sentence));
  return { table, choice, runs, notes };
}

const stepsOf = (run: Run) => [...(run.loggedSteps?.values ?? run.error.values.map((_, i) => i + 1))];
const rounded = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toFixed(6)));
/** What a person reads off: each curve, and tests as [step, error, loss]. */
const curves = ({ runs }: Read) =>
  runs.map((run) => ({
    name: run.name,
    steps: stepsOf(run),
    error: rounded(run.error.values),
    loss: rounded(run.loss.values),
    tests: run.evaluations.map(({ step, error, loss }) => rounded([step, error, loss])),
  }));
const only = (reading: Read) => {
  const all = curves(reading);
  expect(all).toHaveLength(1);
  return all[0]!;
};

describe('errors and accuracies', () => {
  test('top1-error.csv: an error of the best one is an error', async () => {
    const run = only(await read('logs/top1-error.csv'));
    expect(run.error.at(-1)).toBe(0.51935);
    expect(run.tests.at(-1)).toEqual([48 * 391, 0.30192, NaN]);
  });

  test('top1-err-percent.csv: the same in %', async () => {
    const run = only(await read('logs/top1-err-percent.csv'));
    expect(run.error.at(-1)).toBe(0.068);
    expect(run.tests.map(([, error]) => error)).toEqual([0.499, 0.41, 0.0875]);
  });

  test.each([
    ['logs/fastai-history.csv', [0.508, 0.396, 0.332]],
    ['logs/fastai-error_rate.csv', [0.508, 0.396]],
    ['logs/yolo-cls-results.csv', [0.5488, 0.437, 0.3796]],
  ])('%s: beside train_ columns a bare metric is of tests', async (file, errors) => {
    const reading = await read(file);
    const run = only(reading);
    expect(run.error).toEqual([]);
    expect(run.tests.map(([, error]) => error)).toEqual(errors);
    expect(reading.notes.join(' ')).toMatch(/not say of which images/);
  });

  test('accuracy-over-100.csv: a rounding error beyond the end is the end', async () => {
    const reading = await read('logs/accuracy-over-100.csv');
    const run = only(reading);
    expect(run.error).toEqual([0.3, 0.005, 0]);
    expect(run.tests.map(([, error]) => error)).toEqual([0.315, 0.088, 0.081]);
    expect(reading.notes.join(' ')).toMatch(/less than a millionth beyond/);
  });

  test.each(['1.0000001', '-1e-8', '1.0000009'])('%s is a share, and a little more is none', async (cell) => {
    const run = only(interpret(await tableOf('a.csv', `step,train_err\n1,0.5\n2,${cell}\n`)));
    expect([0, 1]).toContain(run.error[1]);
    const further = await tableOf('a.csv', 'step,train_err\n1,0.5\n2,1.00001\n');
    expect(() => interpret(further)).toThrow(/Line 3 of a.csv has .1.00001. .* no share of images/);
  });

  test('isolated-points.csv, lr-1e-4.csv, single-training-point.csv, forty-runs.csv arrive as they are', async () => {
    const points = only(await read('logs/isolated-points.csv'));
    expect(points.loss.flatMap((loss, i) => (Number.isNaN(loss) ? [] : [[points.steps[i], loss]]))).toEqual(
      [5, 10, 15, 20, 25, 30, 35, 40, 45, 50].map((step) => [step, 1]),
    );
    const rates = await read('logs/lr-1e-4.csv');
    expect([...new Set(rates.runs[0]!.learningRate.values)]).toEqual([0.0001, 0.00001]);
    expect(only(await read('logs/single-training-point.csv'))).toMatchObject({
      steps: [50],
      error: [0.7],
      loss: [1.9],
    });
    const forty = curves(await read('logs/forty-runs.csv'));
    expect(forty).toHaveLength(40);
    expect(forty[0]).toMatchObject({ name: 'run00' });
    expect(forty[0]!.loss.slice(0, 3)).toEqual([1.99, 1.98, 1.97]);
  });
});

describe('empty cells', () => {
  test('keras-terminated.csv and keras-NA.csv: NA is empty, nan is a number that was logged', async () => {
    const terminated = only(await read('logs/keras-terminated.csv'));
    expect(terminated.tests).toEqual([
      [391, 0.52, 1.4],
      [782, 0.43, 1.19],
    ]);
    expect(terminated.loss).toEqual([1.62, 1.25, NaN]);
    expect(only(await read('logs/keras-NA.csv')).tests).toEqual([[1955, 0.32, 0.93]]);
  });

  test('nan-words.csv: None, null, N/A', async () => {
    expect(only(await read('logs/nan-words.csv')).tests).toEqual([[4, NaN, 1.9]]);
  });

  test.each(['#N/A', '-', '<NA>', 'n/a', 'NULL', 'None', '--', '', ' '])('%j is empty', async (cell) => {
    const run = only(interpret(await tableOf('a.csv', `step,loss,val_loss\n1,2,${cell}\n2,1,1.5\n`)));
    expect(run.tests).toEqual([[2, NaN, 1.5]]);
  });
});

describe('what counts', () => {
  test.each(['logs/keras-history.csv', 'logs/keras-history-noindex.csv'])(
    '%s: rows are the epochs',
    async (file) => {
      const run = only(await read(file));
      expect(run.tests.map(([step, error]) => [step, error])).toEqual([
        [391, 0.48],
        [782, 0.42],
        [1173, 0.39],
      ]);
      expect(run.error).toEqual([0.59, 0.45, 0.38]);
    },
  );

  test('torch7-train.log: tabs, a name with %, no count', async () => {
    const reading = await read('logs/torch7-train.log');
    expect(only(reading)).toMatchObject({ steps: [391, 782], error: [0.782, 0.603], tests: [[391, 0.701, NaN], [782, 0.588, NaN]] }); // prettier-ignore
    expect(reading.notes).toContain('No column counts: each row is an epoch, from 1.');
  });

  test('wandb-global-step.csv, caffe.log.train.csv: steps under other names', async () => {
    const wandb = curves(await read('logs/wandb-global-step.csv'));
    expect(wandb).toMatchObject([
      { name: 'a', steps: [49, 99], loss: [2.01, 1.71] },
      { name: 'b', steps: [49, 99], loss: [2.11, 1.8] },
    ]);
    const caffe = await read('logs/caffe.log.train.csv');
    expect(only(caffe)).toMatchObject({ steps: [0, 100], error: [0.9, 0.69], loss: [2.3, 1.87] });
    expect([...caffe.runs[0]!.trainingSeconds.values]).toEqual([0.12, 8.2]);
    expect([...caffe.runs[0]!.learningRate.values]).toEqual([0.1, 0.1]);
  });

  test('lightning-val-step0.csv: says that val_loss stands twice at step 0, and the epochs mend it', async () => {
    await expect(read('logs/lightning-val-step0.csv')).rejects.toThrow(
      /Line 6 .* tells .val_loss. .* at step 0 once more, so it stands there twice. Let the column .epoch. count instead/,
    );
    const byEpoch = only(
      await read('logs/lightning-val-step0.csv', ({ extras }) => ({
        place: extras.epoch,
        unit: 'epoch',
        fromZero: true,
      })),
    );
    expect(byEpoch.tests).toEqual([
      [391, NaN, 1.45],
      [782, NaN, 1.24],
    ]);
    expect(byEpoch.loss).toEqual([1.88, 1.38]);
  });
});

describe('files that were gone on with', () => {
  test('keras-append-epoch0.csv: epochs that begin anew are appended, and it is said', async () => {
    const reading = await read('logs/keras-append-epoch0.csv');
    const run = only(reading);
    expect(run.steps).toEqual([391, 782, 1173, 1564, 1955]);
    expect(run.tests.map(([step]) => step)).toEqual(run.steps);
    expect([...reading.runs[0]!.epoch.values]).toEqual([1, 2, 3, 4, 5]);
    expect(reading.notes.join(' ')).toMatch(/begins anew once, first in line 5: what follows is appended/);
  });

  test('keras-append-header.csv: the names once more', async () => {
    const reading = await read('logs/keras-append-header.csv');
    const run = only(reading);
    expect(run.steps).toHaveLength(5);
    expect([run.error.at(-1)!.toFixed(3), run.tests.at(-1)![1]!.toFixed(3)]).toEqual(['0.796', '0.770']);
    expect(reading.notes.join(' ')).toMatch(/once more in line 5, which is skipped/);
  });

  test('a resumed run: later rows win, and it is said', async () => {
    const text = 'epoch,train_loss\n1,2\n2,1.8\n3,1.6\n2,1.7\n3,1.5\n4,1.3\n';
    const reading = interpret(await tableOf('a.csv', text));
    expect(only(reading).loss).toEqual([2, 1.7, 1.5, 1.3]);
    expect(reading.notes.join(' ')).toMatch(
      /2 values come again, first at step 782 in line 5: the later one counts/,
    );
  });

  test('identical rows are one, and it is said', async () => {
    const reading = interpret(await tableOf('a.csv', 'step,loss\n1,2\n1,2\n2,1\n2,1\n'));
    expect(only(reading)).toMatchObject({ steps: [1, 2], loss: [2, 1] });
    expect(reading.notes.join(' ')).toMatch(/2 values stand twice, equal: each is drawn once/);
  });

  test('runs below one another, without a name, are runs of their own', async () => {
    const rows = (from: number) => [0, 1, 2].map((epoch) => `${epoch},${from - 0.5 * epoch}`);
    const reading = interpret(await tableOf('a.csv', ['epoch,loss', ...rows(2.3), ...rows(2.31)].join('\n')));
    expect(reading.runs.map(({ name }) => name)).toEqual(['a', 'a (2)']);
    expect(repeatOf(reading.table, reading.choice)).toBe('split');
  });
});

describe('tables of other shapes', () => {
  test('excel-sep.csv: sep=, semicolons, decimal commas', async () => {
    const reading = await read('logs/excel-sep.csv');
    expect(only(reading)).toEqual({ name: 'excel-sep', steps: [100, 200], error: [], loss: [1.62, 1.25], tests: [[200, 0.4775, NaN]] }); // prettier-ignore
    expect(reading.notes).toContain('A comma is read as the decimal point.');
  });

  test('mlflow-metrics.csv: a column that names the curve', async () => {
    expect(only(await read('logs/mlflow-metrics.csv'))).toEqual({
      name: '0a1b2c',
      steps: [1, 2],
      error: [],
      loss: [2.05, 1.7],
      tests: [
        [1, 0.55, NaN],
        [2, 0.45, NaN],
      ],
    });
  });

  test('aim.csv: a curve named by two columns', async () => {
    expect(only(await read('logs/aim.csv'))).toMatchObject({
      name: 'abc',
      steps: [0],
      loss: [2.3],
      tests: [[0, NaN, 2.2]],
    });
  });

  test('wandb-one.csv, wandb-two-metrics.csv: runs and curves by the names of the columns', async () => {
    const one = await read('logs/wandb-one.csv');
    expect(only(one)).toMatchObject({ name: 'brisk-sun-7', steps: [0, 50, 100], loss: [2.31, 1.71, 1.42] });
    const two = await read('logs/wandb-two-metrics.csv');
    expect(curves(two)).toEqual([
      { name: 'a', steps: [50, 100], error: [], loss: [1.7, 1.4], tests: [[50, NaN, 1.8], [100, NaN, 1.6]] },
      { name: 'b', steps: [50, 100], error: [], loss: [1.9, 1.5], tests: [[50, NaN, 2], [100, NaN, 1.7]] },
    ]); // prettier-ignore
    expect(two.notes.join(' ')).toMatch(/8 columns of extremes/);
  });

  test('lightning-test-and-val.csv: the curve held back and the test at the end', async () => {
    const reading = await read('logs/lightning-test-and-val.csv');
    const run = only(reading);
    expect(run.tests).toEqual([
      [390, 0.53, 1.45],
      [781, 0.45, 1.24],
      [1172, 0.44, 1.22],
    ]);
    expect(run.loss).toEqual([2.05, 1.38]);
    expect(reading.notes.join(' ')).toMatch(/drawn as one curve/);
  });

  test('deit-log.txt: JSON lines', async () => {
    const run = only(await read('logs/deit-log.txt'));
    expect(run).toMatchObject({ loss: [3.58, 3.57], tests: [[147 * 391, 0.2585, 1.11], [148 * 391, 0.2575, 1.1]] }); // prettier-ignore
  });

  test('own-events.jsonl: what the command line writes', async () => {
    const reading = await read('logs/own-events.jsonl');
    const lines = readFileSync(new URL('logs/own-events.jsonl', folder), 'utf8').trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as Record<string, number | string>);
    const steps = events.filter(({ kind }) => kind === 'step');
    const tests = events.filter(({ kind }) => kind === 'evaluation');
    const [run] = reading.runs;
    expect(run!.name).toBe('own-events');
    expect([...run!.loss.values]).toEqual(steps.map(({ loss }) => loss));
    expect([...run!.error.values]).toEqual(steps.map(({ error }) => error));
    expect(run!.evaluations.map(({ step, error, images }) => ({ step, error, images }))).toEqual(
      tests.map(({ step, error, images }) => ({ step, error, images })),
    );
  });

  test('trainer_state.json: named for what it is, and read', async () => {
    const reading = await read('logs/trainer_state.json');
    expect(only(reading)).toMatchObject({ steps: [100, 782], loss: [1.9, NaN], tests: [[391, 0.39, 1.1]] });
    expect(reading.notes.join(' ')).toMatch(
      /JSON of another program; the records under .log_history. are the rows/,
    );
  });

  test('comment-lines.csv, numpy-savetxt.txt: lines that begin with #, blanks between fields', async () => {
    expect(only(await read('logs/comment-lines.csv'))).toMatchObject({ steps: [1, 2], loss: [2.3, 2.2] });
    const numpy = await read('logs/numpy-savetxt.txt');
    expect(only(numpy)).toMatchObject({ error: [0.9, 0.85], loss: [2.3, 2.2] });
    expect(stepsOf(numpy.runs[0]!)).toEqual([1, 2]);
  });

  test('darknet.txt is text, and says so', async () => {
    await expect(read('logs/darknet.txt')).rejects.toThrow(
      /lines of text, not a table: no commas, semicolons or tabs/,
    );
  });

  test('formula.csv: names are texts; digits.csv is refused at once', async () => {
    const names = (await read('hostile/formula.csv')).runs.map(({ name }) => name);
    expect(names).toEqual(['=HYPERLINK("http://127.0.0.1:9/?"&A1,"open")', '+1+1', '@SUM(1)', '-1+1', '<img src=x onerror=alert(1)>', 'a\nb']); // prettier-ignore
    const started = process.hrtime.bigint();
    await expect(read('hostile/digits.csv')).rejects.toThrow(/Line 3 of digits.csv has .1{30}.*no number/);
    // 50 ms are asked for on a machine of its own; a backtracking expression took 9.5 s.
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(1000);
  });
});
