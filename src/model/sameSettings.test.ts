import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameSettings, settingsKey } from './sameSettings.ts';
import { classroomExperiment, presets } from './presets.ts';

/** The same value, with the keys of every object the other way round. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, turned(entry)]),
  );
};

test('the order of keys makes no difference, at any depth; the order of a list does', () => {
  const experiment = classroomExperiment(presets[0]!, 'cpu');
  expect(JSON.stringify(turned(experiment))).not.toBe(JSON.stringify(experiment));
  expect(sameSettings(turned(experiment), experiment)).toBe(true);
  expect(sameSettings({ list: [{ a: 1, b: 2 }] }, { list: [{ b: 2, a: 1 }] })).toBe(true);
  expect(sameSettings({ milestones: [1, 2] }, { milestones: [2, 1] })).toBe(false);
});

test('undefined is absent', () => {
  expect(sameSettings({ type: 'sgd', steps: undefined }, { type: 'sgd' })).toBe(true);
  expect(sameSettings({ warmUp: { steps: 4, untilError: undefined } }, { warmUp: { steps: 4 } })).toBe(true);
  expect(sameSettings(undefined, undefined)).toBe(true);
});

test.each<[string, unknown, unknown]>([
  ['null is not absent', { a: null }, {}],
  ['a number is not its text', { a: 1 }, { a: '1' }],
  ['null is not its text', null, 'null'],
  ['an empty list is not an empty object', [], {}],
  ['a list of nothing is not empty', [undefined], []],
  ['one text with a comma is not two', ['a","b'], ['a', 'b']],
  ['a name that looks like a key', { a: '1,"b":2' }, { a: '1', b: 2 }],
  ['what is no number is not nothing', { a: NaN }, { a: null }],
  ['infinity is not nothing', { a: Infinity }, { a: null }],
  ['a key more', { a: 1, b: 2 }, { a: 1 }],
])('%s', (_why, a, b) => {
  expect(sameSettings(a, b)).toBe(false);
  expect(sameSettings(b, a)).toBe(false);
});

test('values of JSON are the same exactly if they are equal', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      // Only -0 and 0 are one in JSON.
      const copy: unknown = JSON.parse(JSON.stringify(a));
      expect(sameSettings(a, turned(copy))).toBe(true);
      const equal = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
      expect(settingsKey(a) === settingsKey(b)).toBe(equal);
    }),
  );
});

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
};
