import { expect, test } from 'vitest';
import { defaultExperiment } from '../../model/presets.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import { endRun, type Run } from '../state/run.ts';
import { noTraining } from '../state/training.ts';
import { emptyArchive } from '../runs/runArchive.ts';
import { lastRun as words } from './enStart.ts';
import { lastRunsOf } from './lastRunsOf.ts';
import { standingOf } from './standing.ts';

const [shallow, deep] = prepareRuns(defaultExperiment('cpu'), 1, () => '') as [Run, Run];
const at = (run: Run, step: number): Run => ({ ...run, state: 'running', step });
const ended = (
  run: Run,
  step: number,
  reason: 'completed' | 'stopped' | 'diverged' | 'error' = 'completed',
) => endRun({ ...run, step }, { reason, divergedAt: reason === 'diverged' ? step + 1 : null, failure: null });
const text = (...runs: readonly Run[]) => {
  const standing = standingOf(runs);
  return standing && words.standing(standing);
};

test('it is said where runs stand, and how they ended', () => {
  expect(text()).toBeNull();
  expect(text(at(shallow, 131), at(deep, 131))).toBe('Now at step 131 of 300.');
  expect(text(ended(shallow, 300), at(deep, 131))).toBe('Now at step 131 of 300.');
  expect(text(ended(shallow, 300), ended(deep, 300))).toBe('Done after 300 steps.');
  expect(text(ended(shallow, 100, 'stopped'), ended(deep, 100, 'stopped'))).toBe('Stopped after 100 steps.');
  expect(text(ended(deep, 20, 'error'))).toBe('Failed after 20 steps.');
  expect(text(ended(deep, 20, 'diverged'))).toBe('Diverged at step 21: its loss was no number any more.');
});

test('runs that ended apart are not said to have ended alike', () => {
  expect(text(ended(shallow, 300), ended(deep, 120, 'stopped'))).toBe('They ended after 120 to 300 steps.');
  expect(text(ended(shallow, 120), ended(deep, 120, 'stopped'))).toBe('They ended after 120 steps.');
});

test('the last runs are those of the present experiment, or the last one before it', () => {
  const [first, second] = [ended(shallow, 3), ended(deep, 3)];
  const archive = { ...emptyArchive, kept: [first, second] };
  expect(lastRunsOf({ training: noTraining, archive: emptyArchive })).toEqual([]);
  expect(lastRunsOf({ training: noTraining, archive })).toEqual([second]);
  expect(lastRunsOf({ training: { ...noTraining, runs: [first] }, archive })).toEqual([first]);
});
