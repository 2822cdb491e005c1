/** Files as people have them (test/fixtures/cases): tables of other shapes, each with its right values. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { curves, folder, only, readCase, stepsOf } from './testing/readCase.ts';

describe('tables of other shapes', () => {
  test('excel-sep.csv: sep=, semicolons, decimal commas', async () => {
    const reading = await readCase('logs/excel-sep.csv');
    expect(only(reading)).toEqual({ name: 'excel-sep', steps: [100, 200], error: [], loss: [1.62, 1.25], tests: [[200, 0.4775, NaN]] }); // prettier-ignore
    expect(reading.notes).toContain('A comma is read as the decimal point.');
  });

  test('mlflow-metrics.csv: a column that names the curve', async () => {
    expect(only(await readCase('logs/mlflow-metrics.csv'))).toEqual({
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
    expect(only(await readCase('logs/aim.csv'))).toMatchObject({
      name: 'abc',
      steps: [0],
      loss: [2.3],
      tests: [[0, NaN, 2.2]],
    });
  });

  test('wandb-one.csv, wandb-two-metrics.csv: runs and curves by the names of the columns', async () => {
    const one = await readCase('logs/wandb-one.csv');
    expect(only(one)).toMatchObject({ name: 'brisk-sun-7', steps: [0, 50, 100], loss: [2.31, 1.71, 1.42] });
    const two = await readCase('logs/wandb-two-metrics.csv');
    expect(curves(two)).toEqual([
      { name: 'a', steps: [50, 100], error: [], loss: [1.7, 1.4], tests: [[50, NaN, 1.8], [100, NaN, 1.6]] },
      { name: 'b', steps: [50, 100], error: [], loss: [1.9, 1.5], tests: [[50, NaN, 2], [100, NaN, 1.7]] },
    ]); // prettier-ignore
    expect(two.notes.join(' ')).toMatch(/8 columns of extremes/);
  });

  test('lightning-test-and-val.csv: the curve held back and the test at the end', async () => {
    const reading = await readCase('logs/lightning-test-and-val.csv');
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
    const run = only(await readCase('logs/deit-log.txt'));
    expect(run).toMatchObject({ loss: [3.58, 3.57], tests: [[147 * 391, 0.2585, 1.11], [148 * 391, 0.2575, 1.1]] }); // prettier-ignore
  });

  test('own-events.jsonl: what the command line writes', async () => {
    const reading = await readCase('logs/own-events.jsonl');
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
    const reading = await readCase('logs/trainer_state.json');
    expect(only(reading)).toMatchObject({ steps: [100, 782], loss: [1.9, NaN], tests: [[391, 0.39, 1.1]] });
    expect(reading.notes.join(' ')).toMatch(
      /JSON of another program; the records under .log_history. are the rows/,
    );
  });

  test('comment-lines.csv, numpy-savetxt.txt: lines that begin with #, blanks between fields', async () => {
    expect(only(await readCase('logs/comment-lines.csv'))).toMatchObject({ steps: [1, 2], loss: [2.3, 2.2] });
    const numpy = await readCase('logs/numpy-savetxt.txt');
    expect(only(numpy)).toMatchObject({ error: [0.9, 0.85], loss: [2.3, 2.2] });
    expect(stepsOf(numpy.runs[0]!)).toEqual([1, 2]);
  });

  test('darknet.txt is text, and says so', async () => {
    await expect(readCase('logs/darknet.txt')).rejects.toThrow(
      /lines of text, not a table: no commas, semicolons or tabs/,
    );
  });

  test('formula.csv: names are texts; digits.csv is refused at once', async () => {
    const names = (await readCase('hostile/formula.csv')).runs.map(({ name }) => name);
    expect(names).toEqual(['=HYPERLINK("http://127.0.0.1:9/?"&A1,"open")', '+1+1', '@SUM(1)', '-1+1', '<img src=x onerror=alert(1)>', 'a\nb']); // prettier-ignore
    const started = process.hrtime.bigint();
    await expect(readCase('hostile/digits.csv')).rejects.toThrow(
      /Line 3 of digits.csv has .1{29}…”.*no number/,
    );
    // 50 ms are asked for on a machine of its own; a backtracking expression took 9.5 s.
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(1000);
  });
});
