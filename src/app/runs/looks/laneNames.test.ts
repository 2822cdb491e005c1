import { difference } from './enLaneNames.ts';
import { expect, test } from 'vitest';
import type { ModelConfig } from '../../../model/config.ts';
import { customaryOptimizer, paperWarmUp } from '../../../model/presets.ts';
import { laneNames } from './laneNames.ts';

const lane = (model: Partial<ModelConfig>, name = '') => ({
  name,
  model: { family: 'cifar', block: 'basic', depth: 20, shortcut: 'A', width: 16, ...model } as ModelConfig,
});
const names = (...lanes: Parameters<typeof laneNames>[0][number][]) => laneNames(lanes, difference);

test('a lane that goes on from another one says from which step', () => {
  const from = { lane: 'plain-56', step: 1300, changes: {} };
  expect(
    names(lane({ block: 'plain', depth: 56 }), { ...lane({ depth: 56 }), from }, lane({ depth: 56 })),
  ).toEqual(['plain-56', 'ResNet-56, from step 1,300', 'ResNet-56']);
});

test('warm-ups that differ are told apart; one alone is called that', () => {
  const other = { learningRate: 0.02, steps: 400 };
  const [cold, one, two] = [lane({}), { ...lane({}), warmUp: paperWarmUp }, { ...lane({}), warmUp: other }];
  expect(names(cold, one)).toEqual(['ResNet-20', 'ResNet-20, warm-up']);
  expect(names(one, two)).toEqual([
    'ResNet-20, warm-up at rate 0.01 until error 80%',
    'ResNet-20, warm-up at rate 0.02 for 400 steps',
  ]);
});

test('the net gives the name', () => {
  expect(names(lane({ block: 'plain', depth: 56 }), lane({}))).toEqual(['plain-56', 'ResNet-20']);
});

test('namesakes are told apart by what differs, and by nothing else', () => {
  expect(names(lane({}), lane({ shortcut: 'B' }))).toEqual(['ResNet-20, A', 'ResNet-20, B']);
  expect(names(lane({}), lane({ width: 8 }))).toEqual(['ResNet-20, 16 filters', 'ResNet-20, 8 filters']);
  expect(names(lane({ block: 'plain' }), lane({ block: 'plain', shortcut: 'B' }))).toEqual([
    'plain-20',
    'plain-20 (2)',
  ]);
});

test("a person's own name stands, and is no namesake", () => {
  expect(names(lane({}, ' mine '), lane({ shortcut: 'B' }))).toEqual(['mine', 'ResNet-20']);
});

test('a lane with an optimiser or a warm-up of its own says so', () => {
  const model = { family: 'cifar', block: 'basic', depth: 20, shortcut: 'A', width: 8 } as const;
  const lanes = [
    { name: '', model },
    { name: '', model, optimizer: customaryOptimizer('adam') },
    { name: '', model, warmUp: paperWarmUp },
  ];
  expect(
    laneNames(lanes, (_, { optimizer, warmUp }) => optimizer?.type ?? String(warmUp?.learningRate)),
  ).toEqual(['ResNet-20', 'ResNet-20, adam', 'ResNet-20, 0.01']);
});
