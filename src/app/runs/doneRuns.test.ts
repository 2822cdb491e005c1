import { expect, test } from 'vitest';
import { endRun, type Run } from '../state/run.ts';
import { noTraining } from '../state/training.ts';
import { asideRun } from './asideRun.ts';
import { doneRuns } from './doneRuns.ts';
import { prepareRuns } from './prepareRuns.ts';
import { experiment } from './testing/anyRuns.ts';

const [plain, residual] = prepareRuns(experiment, 1, () => '').map((run) =>
  endRun(run, { reason: 'completed', divergedAt: null, failure: null }),
) as [Run, Run];

const doneWith = (library: readonly Run[], kept: readonly Run[] = []) => {
  const state = {
    training: noTraining,
    archive: { kept, dropped: 0 },
    library,
    startWeights: new Map(),
    device: { kind: 'looking' } as const,
  };
  return [...doneRuns(state, experiment)].map(([lane, { id }]) => [lane, id]);
};

test('runs that are kept without their curves are done, too', () => {
  expect(doneWith([asideRun(plain)])).toEqual([['plain-20', '1/plain-20']]);
});

test('one whose curve is here is preferred', () => {
  expect(doneWith([asideRun({ ...plain, id: '0/plain-20' })], [plain, residual])).toEqual([
    ['plain-20', '1/plain-20'],
    ['lane-1', '1/lane-1'],
  ]);
});

test.each<[string, Partial<Run>]>([
  [
    'was changed on its way',
    { history: [{ kind: 'branched', step: 1, when: 0, run: 'x', name: 'x', before: plain.config }] },
  ],
  ['was given more steps', { history: [{ kind: 'continued', step: 1, when: 0, before: plain.config }] }],
  ['trains in another tab', { state: 'running', end: null }],
  ['came out of a file', { origin: 'file' }],
  ['was interrupted', { end: { reason: 'interrupted', divergedAt: null, failure: null } }],
])('no run is done that %s', (_, more) => {
  expect(doneWith([asideRun({ ...plain, ...more })])).toEqual([]);
});

test('one that was only gone on with is', () => {
  const continued: Run = { ...plain, history: [{ kind: 'continued', step: 5, when: 0, before: null }] };
  expect(doneWith([asideRun(continued)])).toHaveLength(1);
});
