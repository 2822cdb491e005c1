import { expect, test } from 'vitest';
import { parseExperiment } from '../../../model/config.ts';
import { prepareRuns } from '../prepareRuns.ts';
import { endRun, type Run } from '../../state/run.ts';
import { Series } from '../../state/series.ts';
import { factsOf, type ColumnKey } from './runFacts.ts';
import { cellText, differenceText, spreadText, stateText } from './rowTexts.ts';

function run(seed: number, recipe: object = {}, model: object = {}): Run {
  const experiment = parseExperiment({
    lanes: [{ id: 'a', model: { depth: 20, block: 'plain', width: 8, ...model } }],
    recipe: { steps: 1000, seed, ...recipe },
  });
  return prepareRuns(experiment, seed, () => '')[0]!;
}
const facts = (...runs: readonly Run[]) => runs.map(factsOf);
const cell = (of: Run, key: ColumnKey) => cellText(factsOf(of), key);

test('results are written with their units, and a dash where there is none', () => {
  const trained: Run = {
    ...run(1, { batchSize: 32 }),
    step: 1000,
    error: Series.empty.append([0.5, 0.25]),
    trainingSeconds: Series.empty.append([40, 80]),
    evaluations: [{ step: 1000, images: 10_000, complete: true, loss: 1, error: 0.125, seconds: 1 }],
  };
  const keys = ['name', 'state', 'steps', 'trainingError', 'testError', 'seconds', 'speed'] as const;
  expect(keys.map((key) => cell(trained, key))).toEqual(
    ['plain-20', 'waiting', '1,000', '37.5%', '12.5%', '1m 20s', '1'], // prettier-ignore
  );
  expect(keys.map((key) => cell(run(1), key)).slice(3)).toEqual(['\u2013', '\u2013', '\u2013', '\u2013']);
});

test.each([
  ['completed', 'done'],
  ['stopped', 'stopped'],
  ['diverged', 'diverged'],
  ['error', 'failed'],
] as const)('a run that ended by %s is %s', (reason, text) => {
  expect(stateText(endRun(run(1), { reason, divergedAt: null, failure: null }))).toBe(text);
});

test.each([
  ['queued', 'queued'],
  ['waiting', 'waiting'],
  ['running', 'training'],
  ['paused', 'paused'],
] as const)('one that is %s is %s', (state, text) => {
  expect(stateText({ ...run(1), state })).toBe(text);
});

test('settings are written as a person would', () => {
  const steps = { type: 'steps', milestones: [1 / 2, 3 / 4], factor: 0.1 };
  const own = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
  const cells = (of: Run, ...keys: ColumnKey[]) => keys.map((key) => cell(of, key));
  expect(
    cells(
      run(3, { augment: 'paper', normalisation: own, optimizer: { type: 'rmsprop', learningRate: 1e-4 } }),
      ...(['shortcut', 'seed', 'optimizer', 'learningRate', 'augment', 'normalisation', 'start', 'budget'] as const), // prettier-ignore
    ),
  ).toEqual(['\u2013', '3', 'RMSprop', '0.0001', 'yes', 'own', 'its seed', '1,000']);
  expect(cell(run(1, { augment: 'none' }), 'augment')).toBe('none');
  expect(cell({ ...run(1), startedFrom: 'net.safetensors' }, 'start')).toBe('net.safetensors');
  expect(cell(run(1, {}, { block: 'basic', shortcut: 'B' }), 'shortcut')).toBe('B');
  expect(cell({ ...run(1), config: null }, 'depth')).toBe('\u2013');
  expect(
    cell(
      run(1, {
        schedule: { ...steps, milestones: [500, 750], warmUp: { learningRate: 0.01, untilError: 0.8 } },
      }),
      'schedule',
    ),
  ).toBe('\u00d70.1 at 500, 750, warm-up');
  expect(cell(run(1, { schedule: 'cosine' }), 'schedule')).toBe('cosine');
});

test('a group tells the mean, and of errors the std in points', () => {
  const spread = { mean: 0.6, std: 0.0125, count: 2 };
  expect(spreadText(spread, 'trainingError')).toBe('60.0% \u00b1 1.3');
  expect(spreadText({ ...spread, std: null }, 'testError')).toBe('60.0%');
  expect(spreadText({ mean: 80, std: 5, count: 2 }, 'seconds')).toBe('1m 20s');
  expect(spreadText({ mean: 1234.4, std: 5, count: 2 }, 'speed')).toBe('1,234');
  expect(spreadText(null, 'steps')).toBe('\u2013');
});

test('what differs is one sentence, whatever is not known another', () => {
  const of = (...runs: readonly Run[]) => differenceText(facts(...runs));
  expect(of(run(1))).toBe('');
  expect(of(run(1), run(1))).toBe('These runs are set alike, seed and all.');
  expect(of(run(1), run(1, {}, { depth: 56 }))).toBe('depth 20 \u2192 56; everything else is equal.');
  expect(of(run(1), run(2), run(3, { batchSize: 32 }))).toBe(
    'seed 1, 2, 3 and batch 128 \u2192 32; everything else is equal.',
  );
  expect(of(...[1, 2, 3, 4, 5, 6].map((seed) => run(seed)))).toBe(
    'seed 1, 2, 3, 4, \u2026; everything else is equal.',
  );
  const unknown: Run = { ...run(9), config: null, origin: 'file' };
  expect(of(unknown)).toBe('The settings of one run are not known.');
  expect(of(run(1), run(1), unknown)).toBe(
    'These runs are set alike, seed and all. The settings of one run are not known.',
  );
});
