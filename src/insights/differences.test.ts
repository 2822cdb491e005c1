import { expect, test } from 'vitest';
import { parseRun } from '../model/config.ts';
import { customaryOptimizer } from '../model/presets.ts';
import { differences, repetitionKey, type Setting } from './differences.ts';

const base = { model: { depth: 20, block: 'basic', width: 8 }, batchSize: 64, steps: 300, augment: 'none' };
const setting = (config: object = {}, more: Partial<Setting> = {}): Setting => ({
  config: parseRun({ ...base, ...config }),
  startedFrom: null,
  precision: null,
  ...more,
});
const net = (more: object) => setting({ model: { ...base.model, ...more } });
const sgd = (more: object) => setting({ optimizer: { ...customaryOptimizer('sgd'), ...more } });
const between = (a: Setting, b: Setting) => {
  const found = differences(a, b);
  expect(differences(b, a)).toEqual(found);
  if (a.precision === b.precision) expect(repetitionKey(a) === repetitionKey(b)).toBe(found.length === 0);
  return found;
};

test('each thing in which two runs can differ is one', () => {
  const common = setting();
  const cases: readonly (readonly [string, Setting])[] = [
    ['depth', net({ depth: 56 })],
    ['skip', net({ block: 'plain' })],
    ['unit', setting({ model: { depth: 56, block: 'bottleneck' } })],
    ['shortcut', net({ shortcut: 'B' })],
    ['filters', net({ width: 16 })],
    ['optimizer', setting({ optimizer: customaryOptimizer('adam') })],
    ['learningRate', sgd({ learningRate: 0.01 })],
    ['momentum', sgd({ momentum: 0 })],
    ['weightDecay', sgd({ weightDecay: 0 })],
    ['decayNormalisation', sgd({ decayNormalisation: false })],
    ['labelSmoothing', setting({ labelSmoothing: 0.1 })],
    ['batchSize', setting({ batchSize: 128 })],
    ['augment', setting({ augment: 'paper' })],
    ['order', setting({ order: 'sequential' })],
    ['seed', setting({ seed: 2 })],
    ['schedule', setting({ schedule: 'cosine' })],
    ['warmUp', setting({ schedule: { type: 'constant', warmUp: { learningRate: 0.01, steps: 100 } } })],
    ['normalisation', setting({ normalisation: 'channel' })],
    ['startWeights', setting({}, { startedFrom: 'mine.safetensors' })],
  ];
  for (const [dimension, other] of cases) {
    const from = dimension === 'unit' ? setting({ model: { depth: 56, block: 'basic' } }) : common;
    expect(between(from, other)).toEqual([dimension]);
  }
  expect(between(setting({}, { precision: 'f16' }), setting({}, { precision: 'f32' }))).toEqual([
    'precision',
  ]);
});

test('recomputation is no difference: it changes no number', () => {
  expect(between(setting(), setting({ recompute: true }))).toEqual([]);
  expect(between(setting({ recompute: true }), setting({ batchSize: 32 }))).toEqual(['batchSize']);
});

test('a plain net has no shortcut to differ in, and neither has its twin from it', () => {
  expect(between(net({ block: 'plain' }), net({ block: 'plain', shortcut: 'C' }))).toEqual([]);
  expect(between(net({ block: 'plain' }), net({ shortcut: 'B' }))).toEqual(['skip']);
  expect(between(net({ block: 'plain', depth: 56 }), net({ block: 'bottleneck', depth: 56 }))).toEqual(['skip', 'unit']); // prettier-ignore
});

test('a rate and a momentum belong to the optimiser; weight decay is another thing', () => {
  const adam = (more: object = {}) => setting({ optimizer: { ...customaryOptimizer('adam'), ...more } });
  expect(between(setting(), adam())).toEqual(['optimizer']);
  expect(between(setting(), adam({ weightDecay: 0 }))).toEqual(['optimizer', 'weightDecay']);
  expect(between(adam(), adam({ learningRate: 0.01 }))).toEqual(['learningRate']);
});

test('what does not reach into training is no difference', () => {
  const adam = (momentum: number) => setting({ optimizer: { ...customaryOptimizer('adam'), momentum } });
  expect(between(adam(0), adam(0.9))).toEqual([]);
  const undecayed = (decayNormalisation: boolean) => sgd({ weightDecay: 0, decayNormalisation });
  expect(between(undecayed(true), undecayed(false))).toEqual([]);
  expect(between(setting(), setting({ steps: 4000, evaluation: { every: 10 } }))).toEqual([]);
  expect(between(setting({}, { precision: 'f32' }), setting())).toEqual([]);
});

test('a cosine ends with its budget, so another budget is another schedule', () => {
  expect(between(setting({ schedule: 'cosine' }), setting({ schedule: 'cosine', steps: 600 }))).toEqual(['schedule']); // prettier-ignore
});

test('the differences are told in one order', () => {
  expect(between(net({ block: 'plain' }), net({ depth: 56 }))).toEqual(['depth', 'skip']);
  expect(between(net({ block: 'plain' }), setting({ batchSize: 8, model: { depth: 56 } }))).toEqual([
    'depth',
    'skip',
    'filters',
    'batchSize',
  ]);
});
