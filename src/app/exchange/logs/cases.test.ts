/** Files as people have them (test/fixtures/cases/logs), each with its right values. */
import { describe, expect, test } from 'vitest';
import { repeatOf } from './runs/runsFromLog.ts';
import { curves, interpret, only, readCase, tableOf } from './testing/readCase.ts';

describe('errors and accuracies', () => {
  test('top1-error.csv: an error of the best one is an error', async () => {
    const run = only(await readCase('logs/top1-error.csv'));
    expect(run.error.at(-1)).toBe(0.51935);
    expect(run.tests.at(-1)).toEqual([48 * 391, 0.30192, NaN]);
  });

  test('top1-err-percent.csv: the same in %', async () => {
    const run = only(await readCase('logs/top1-err-percent.csv'));
    expect(run.error.at(-1)).toBe(0.068);
    expect(run.tests.map(([, error]) => error)).toEqual([0.499, 0.41, 0.0875]);
  });

  test.each([
    ['logs/fastai-history.csv', [0.508, 0.396, 0.332]],
    ['logs/fastai-error_rate.csv', [0.508, 0.396]],
    ['logs/yolo-cls-results.csv', [0.5488, 0.437, 0.3796]],
  ])('%s: beside train_ columns a bare metric is of tests', async (file, errors) => {
    const reading = await readCase(file);
    const run = only(reading);
    expect(run.error).toEqual([]);
    expect(run.tests.map(([, error]) => error)).toEqual(errors);
    expect(reading.notes.join(' ')).toMatch(/not say of which images/);
  });

  test('accuracy-over-100.csv: a rounding error beyond the end is the end', async () => {
    const reading = await readCase('logs/accuracy-over-100.csv');
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
    const points = only(await readCase('logs/isolated-points.csv'));
    expect(points.loss.flatMap((loss, i) => (Number.isNaN(loss) ? [] : [[points.steps[i], loss]]))).toEqual(
      [5, 10, 15, 20, 25, 30, 35, 40, 45, 50].map((step) => [step, 1]),
    );
    const rates = await readCase('logs/lr-1e-4.csv');
    expect([...new Set(rates.runs[0]!.learningRate.values)]).toEqual([0.0001, 0.00001]);
    expect(only(await readCase('logs/single-training-point.csv'))).toMatchObject({
      steps: [50],
      error: [0.7],
      loss: [1.9],
    });
    const forty = curves(await readCase('logs/forty-runs.csv'));
    expect(forty).toHaveLength(40);
    expect(forty[0]).toMatchObject({ name: 'run00' });
    expect(forty[0]!.loss.slice(0, 3)).toEqual([1.99, 1.98, 1.97]);
  });
});

describe('empty cells', () => {
  test('keras-terminated.csv and keras-NA.csv: NA is empty, nan is a number that was logged', async () => {
    const terminated = only(await readCase('logs/keras-terminated.csv'));
    expect(terminated.tests).toEqual([
      [391, 0.52, 1.4],
      [782, 0.43, 1.19],
    ]);
    expect(terminated.loss).toEqual([1.62, 1.25, NaN]);
    expect(only(await readCase('logs/keras-NA.csv')).tests).toEqual([[1955, 0.32, 0.93]]);
  });

  test('nan-words.csv: None, null, N/A', async () => {
    expect(only(await readCase('logs/nan-words.csv')).tests).toEqual([[4, NaN, 1.9]]);
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
      const run = only(await readCase(file));
      expect(run.tests.map(([step, error]) => [step, error])).toEqual([
        [391, 0.48],
        [782, 0.42],
        [1173, 0.39],
      ]);
      expect(run.error).toEqual([0.59, 0.45, 0.38]);
    },
  );

  test('torch7-train.log: tabs, a name with %, no count', async () => {
    const reading = await readCase('logs/torch7-train.log');
    expect(only(reading)).toMatchObject({ steps: [391, 782], error: [0.782, 0.603], tests: [[391, 0.701, NaN], [782, 0.588, NaN]] }); // prettier-ignore
    expect(reading.notes).toContain('No column counts: each row is an epoch, from 1.');
  });

  test('wandb-global-step.csv, caffe.log.train.csv: steps under other names', async () => {
    const wandb = curves(await readCase('logs/wandb-global-step.csv'));
    expect(wandb).toMatchObject([
      { name: 'a', steps: [49, 99], loss: [2.01, 1.71] },
      { name: 'b', steps: [49, 99], loss: [2.11, 1.8] },
    ]);
    const caffe = await readCase('logs/caffe.log.train.csv');
    expect(only(caffe)).toMatchObject({ steps: [0, 100], error: [0.9, 0.69], loss: [2.3, 1.87] });
    expect([...caffe.runs[0]!.trainingSeconds.values]).toEqual([0.12, 8.2]);
    expect([...caffe.runs[0]!.learningRate.values]).toEqual([0.1, 0.1]);
  });

  test('lightning-val-step0.csv: says that val_loss stands twice at step 0, and the epochs mend it', async () => {
    await expect(readCase('logs/lightning-val-step0.csv')).rejects.toThrow(
      /Line 6 .* tells .val_loss. .* at step 0 once more, so it stands there twice. Let the column .epoch. count instead/,
    );
    const byEpoch = only(
      await readCase('logs/lightning-val-step0.csv', ({ extras }) => ({
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
    const reading = await readCase('logs/keras-append-epoch0.csv');
    const run = only(reading);
    expect(run.steps).toEqual([391, 782, 1173, 1564, 1955]);
    expect(run.tests.map(([step]) => step)).toEqual(run.steps);
    expect([...reading.runs[0]!.epoch.values]).toEqual([1, 2, 3, 4, 5]);
    expect(reading.notes.join(' ')).toMatch(/begins anew once, first in line 5: what follows is appended/);
  });

  test('keras-append-header.csv: the names once more', async () => {
    const reading = await readCase('logs/keras-append-header.csv');
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
