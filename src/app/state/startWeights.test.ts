import { expect, test } from 'vitest';
import { parseRun } from '../../model/config.ts';
import { weightsOf } from './startWeights.ts';

const model = (of: object) => parseRun({ model: { depth: 20, width: 8, ...of }, steps: 1 }).model;
const weights = { file: 'mine.safetensors', bytes: new ArrayBuffer(0), model: model({}), notes: [] };
const chosen = new Map([['lane-1', weights]]);

test('a lane starts from its file while its net is the file\u2019s', () => {
  expect(weightsOf(chosen, { id: 'lane-1', model: model({}) })).toBe(weights);
  expect(weightsOf(chosen, { id: 'lane-1', model: model({ block: 'plain' }) })).toBe(weights);
  expect(weightsOf(chosen, { id: 'lane-1', model: model({ depth: 26 }) })).toBeNull();
  expect(weightsOf(chosen, { id: 'lane-1', model: model({ width: 4 }) })).toBeNull();
  expect(weightsOf(chosen, { id: 'lane-1', model: model({ shortcut: 'B' }) })).toBeNull();
});

test('a lane that is called as a property of every object starts from its seed', () => {
  expect(weightsOf(chosen, { id: 'constructor', model: model({}) })).toBeNull();
});
