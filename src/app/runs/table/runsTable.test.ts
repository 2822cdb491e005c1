import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExperiment } from '../../../model/config.ts';
import { differenceText } from './rowTexts.ts';
import { prepareRuns } from '../prepareRuns.ts';
import type { Run } from '../../state/run.ts';
import { factsOf, type RunFacts } from './runFacts.ts';
import { differingSettings, filterRows, groupRows, sortRows, spreadOf, valuesOf } from './runsTable.ts';
import { Series } from '../../state/series.ts';

function rows(seed: number, error: readonly number[], more: object = {}): readonly RunFacts[] {
  const experiment = parseExperiment({
    lanes: [20, 56].map((depth) => ({ id: `plain-${depth}`, model: { depth, block: 'plain', width: 8 } })),
    recipe: { steps: 100, seed, ...more },
  });
  return prepareRuns(experiment, seed, () => '').map((run, i) => withErrors(run, [error[i] ?? 0.5]));
}
function withErrors(run: Run, errors: readonly number[]): RunFacts {
  return factsOf({ ...run, step: errors.length, error: Series.empty.append(errors) });
}
const names = (some: readonly RunFacts[]) => some.map(({ run }) => run.id);

test('the settings that differ are named, and only those', () => {
  expect(differingSettings(rows(1, []))).toEqual(['depth']);
  const both = [
    ...rows(1, []),
    ...rows(2, [], { batchSize: 32, optimizer: { type: 'adam', learningRate: 0.001, weightDecay: 1e-4 } }),
  ];
  expect(differingSettings(both)).toEqual([
    'depth',
    'seed',
    'optimizer',
    'learningRate',
    'momentum',
    'batchSize',
  ]);
  expect(valuesOf(both, 'depth').map((row) => row.settings?.depth)).toEqual([20, 56]);
  expect(differingSettings([])).toEqual([]);
});

test('a run of unknown settings differs in none, and no other run is a repetition of it', () => {
  const unknown = rows(3, []).map(({ run }) => factsOf({ ...run, config: null, origin: 'file' }));
  const [known] = rows(1, []);
  expect(differingSettings([known!, ...unknown])).toEqual([]);
  expect(groupRows([known!, ...unknown])).toHaveLength(3);
  expect(differenceText([known!, ...unknown])).toBe('The settings of 2 runs are not known.');
});

test('the training error of a sparse log is of what was logged in the last 50 steps', () => {
  const [first] = rows(1, []);
  const loggedSteps = Series.empty.append([10, 100, 150, 200]);
  const error = Series.empty.append([1, 1, 0.5, 0.25]);
  expect(factsOf({ ...first!.run, loggedSteps, error }).trainingError).toBe(0.25);
});

test('steps weigh in it, not rows; an empty cell is left out, and NaN is said where nothing else was logged', () => {
  const [first] = rows(1, []);
  const of = (steps: readonly number[], cells: readonly (number | null)[]) =>
    factsOf({ ...first!.run, loggedSteps: Series.empty.append(steps), error: Series.empty.append(cells) })
      .trainingError;
  // Of the last 50 steps 40 are of the last value, and 10 of the one before.
  expect(of([100, 160, 200], [1, 0.5, 0.25])).toBeCloseTo((10 * 0.5 + 40 * 0.25) / 50, 12);
  expect(of([100, 160, 200], [1, 0.5, null])).toBe(0.5);
  expect(of([198, 199, 200], [0.5, null, NaN])).toBe(0.5);
  expect(of([100, 200], [0.5, NaN])).toBeNaN();
  expect(of([100, 200], [null, null])).toBeNull();
});

test('the training error is the mean of the last 50 steps, of a run that goes on in whole windows', () => {
  const [first] = rows(1, []);
  const errors = [...Array<number>(25).fill(1), ...Array<number>(50).fill(0.25)];
  expect(withErrors(first!.run, errors).trainingError).toBe(0.25);
  expect(withErrors(first!.run, [...errors, 1]).trainingError).toBe(0.25);
  expect(withErrors(first!.run, []).trainingError).toBeNull();
});

test('every word of the filter must be there', () => {
  const all = [...rows(1, []), ...rows(2, [])];
  const text = ({ run, settings }: RunFacts) => `${run.name} seed ${settings?.seed}`;
  expect(names(filterRows(all, 'PLAIN-56  seed 2', text))).toEqual(['2/plain-56']);
  expect(names(filterRows(all, '2', text))).toEqual(['2/plain-20', '2/plain-56']);
  expect(filterRows(all, ' ', text)).toBe(all);
});

test('sorting orders by value, keeps equals in order and leaves what is missing at the end', () => {
  const missing = withErrors(rows(3, [])[0]!.run, []);
  const value = fc.constantFrom(0.1, 0.2, 0.3);
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 12 }),
      fc.constantFrom('ascending', 'descending'),
      (errors, direction) => {
        const given = [missing, ...errors.map((error, i) => rows(i + 10, [error])[0]!)];
        const sorted = sortRows(given, { key: 'trainingError', direction });
        expect(sorted.at(-1)).toBe(missing);
        const found = sorted.slice(0, -1);
        for (const [i, row] of found.entries()) {
          const next = found[i + 1];
          if (!next) break;
          const step = (next.trainingError! - row.trainingError!) * (direction === 'ascending' ? 1 : -1);
          expect(step).toBeGreaterThanOrEqual(0);
          if (step === 0) expect(given.indexOf(next)).toBeGreaterThan(given.indexOf(row));
        }
      },
    ),
  );
});

test('repetitions are one group, with the mean and std of their results', () => {
  const all = [...rows(1, [0.5, 0.8]), ...rows(2, [0.7, 0.8]), ...rows(3, [0.5], { batchSize: 32 })];
  const groups = groupRows(all);
  expect(groups.map((group) => names(group.rows))).toEqual([
    ['1/plain-20', '2/plain-20'],
    ['1/plain-56', '2/plain-56'],
    ['3/plain-20'],
    ['3/plain-56'],
  ]);
  const spread = spreadOf(groups[0]!.rows.map((row) => row.trainingError))!;
  expect(spread.mean).toBeCloseTo(0.6, 12);
  expect(spread.std).toBeCloseTo(Math.SQRT2 / 10, 12);
  expect([spread.count, spreadOf([0.5, null])?.std, spreadOf([null])]).toEqual([2, null, null]);
});
