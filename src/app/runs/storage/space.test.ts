import { expect, test } from 'vitest';
import { defaultExperiment } from '../../../model/presets.ts';
import type { Moment } from '../../state/keeping.ts';
import { endRun, type Run } from '../../state/run.ts';
import { Series } from '../../state/series.ts';
import { asideRun, curveBytes } from '../asideRun.ts';
import { prepareRuns } from '../prepareRuns.ts';
import { removalOf, removalsOf } from './space.ts';

const [first] = prepareRuns(defaultExperiment('cpu'), 1, () => '');
const over = (id: string): Run => ({
  ...endRun(first!, { reason: 'completed', divergedAt: null, failure: null }),
  id,
  error: Series.empty.append([1, 2, 3]),
});
const moments = (...steps: number[]): readonly Moment[] =>
  steps.map((step) => ({ step, why: 'ladder', bytes: 100, evaluationDue: false }));

const [a, b] = [over('a'), over('b')];
const alive: Run = { ...first!, id: 'c', state: 'running' };
const given = {
  runs: [a, b, alive],
  moments: new Map([
    ['a', moments(0, 1, 2, 10)],
    ['b', moments(0, 10)],
    ['c', moments(0, 1, 2, 3)],
  ]),
  hidden: ['b', 'c'],
  chosen: [a, alive],
};

test('each kind takes what it says, of runs that are over alone', () => {
  expect(
    removalsOf(given).map(({ kind, whole, moments: leaving, momentCount, bytes }) => [
      kind,
      whole.map(({ id }) => id),
      Object.fromEntries(leaving),
      momentCount,
      bytes,
    ]),
  ).toEqual([
    ['between', [], { a: [1, 2] }, 2, 200],
    ['hidden', [], { b: [0, 10] }, 2, 200],
    ['chosen', ['a'], {}, 4, 424],
  ]);
});

test('what two kinds take is counted once', () => {
  const all = removalOf(given, ['between', 'hidden', 'chosen']);
  expect([all.whole, Object.fromEntries(all.moments), all.momentCount, all.bytes]).toEqual([
    [a],
    { b: [0, 10] },
    6,
    624,
  ]);
});

test.each([
  ['nothing is kept', { ...given, moments: new Map(), chosen: [] }],
  [
    'there are only first and last moments',
    { ...given, hidden: [], chosen: [], moments: new Map([['b', moments(0, 9)]]) },
  ],
  [
    'only what trains has moments',
    { ...given, chosen: [alive], moments: new Map([['c', moments(0, 1, 2)]]) },
  ],
])('nothing is offered where %s', (_, some) => {
  expect(removalsOf(some)).toEqual([]);
});

test('the pictures of its kept views leave with a run', () => {
  const picture = { type: 'image/png', bytes: 1000, sha256: '' } as const;
  const view = { id: '1', name: '', question: '', summary: '', address: '1cut', step: 1, made: 1 };
  const run = {
    ...a,
    views: [
      { ...view, picture },
      { ...view, id: '2', picture: null },
    ],
  };
  const all = removalOf({ ...given, runs: [run], moments: new Map(), chosen: [run] }, ['chosen']);
  expect(all.bytes).toBe(1024);
});

test('a run that is put aside still knows what its curve takes', () => {
  expect([curveBytes(a), curveBytes(asideRun(a))]).toEqual([24, 24]);
});
