import { expect, test } from 'vitest';
import { parseExperiment } from '../../model/config.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import { advanceRun, type Run } from '../state/run.ts';
import { isTrained, trainingTime } from './trainingTime.ts';

const experiment = parseExperiment({
  lanes: ['a', 'b'].map((id) => ({ id, model: { depth: 20 } })),
  recipe: { steps: 100, evaluation: { every: 0, atEnd: false } },
});
const [first, second] = prepareRuns(experiment, 1, () => '') as [Run, Run];

/** After so many further steps of these seconds; `held` of them, once, because another lane was paused. */
function steps(run: Run, count: number, each: number, held = 0): Run {
  const zeros = new Float32Array(count);
  const begun = run.trainingSeconds.last ?? 0;
  const trained = advanceRun(run, {
    kind: 'steps', first: run.error.length + 1, loss: zeros, error: zeros, learningRate: zeros, epoch: zeros,
    trainingSeconds: Float64Array.from({ length: count }, (_, i) => begun + held + (i + 1) * each),
    imagesPerSecond: 1, waitingSeconds: 0, idleSeconds: 0,
  }); // prettier-ignore
  return { ...trained, state: 'running' };
}
const tested = (run: Run, seconds: number): Run =>
  advanceRun(run, { kind: 'evaluation', step: run.step, images: 10_000, complete: true, loss: 1, error: 0.5, seconds }); // prettier-ignore
const ended = (run: Run, reason: 'completed' | 'stopped' | 'diverged'): Run => ({
  ...run,
  state: 'ended',
  end: { reason, divergedAt: null, failure: null },
});

test('before ten steps of each lane nothing is known; then its own pace tells, within its first twenty', () => {
  expect(trainingTime([first, second], 'lockstep', 2)).toBeNull();
  expect(trainingTime([steps(first, 9, 1), steps(second, 9, 1)], 'lockstep', 2)).toBeNull();
  expect(trainingTime([steps(first, 12, 1), { ...second, state: 'waiting' }], 'lockstep', 2)).toBeNull();
  const time = trainingTime([steps(first, 10, 1.85), steps(second, 10, 1.85)], 'lockstep', 2)!;
  expect(time.seconds).toBeCloseTo(185);
  expect(time).toMatchObject({ isOver: false });
  expect(time.stepSeconds).toBeCloseTo(1.85);
});

test('after the run it is what it took, the last evaluation with it', () => {
  const done = [first, second].map((run, i) => ended(tested(steps(run, 100, 1.5), 20 + 15 * i), 'completed'));
  expect(trainingTime(done, 'lockstep', 2)).toMatchObject({ seconds: 185, isOver: true });
  // A lane that diverged early holds nothing up; one that was stopped leaves what it would have taken.
  const diverged = [done[0]!, ended(steps(second, 12, 1.5), 'diverged')];
  expect(trainingTime(diverged, 'lockstep', 2)).toMatchObject({ seconds: 170, isOver: true });
  const stopped = [first, second].map((run) => ended(steps(run, 40, 1), 'stopped'));
  const time = trainingTime(stopped, 'lockstep', 2)!;
  expect([Math.round(time.seconds), time.isOver]).toEqual([100, false]);
});

test('in lockstep a pause is not counted, although the other lanes wait for the paused one', () => {
  const held = steps(steps(first, 20, 1), 20, 1, 600);
  const paused = steps(steps(second, 20, 1), 20, 1);
  expect(trainingTime([held, paused], 'lockstep', 2)!.seconds).toBeCloseTo(100);
  expect(trainingTime([held, paused], 'lockstep', 2)!.stepSeconds).toBeCloseTo(1);
});

test('at free pace the slowest lane decides; where there is room for one, all of them', () => {
  const runs = [steps(first, 50, 1), steps(second, 30, 3)];
  expect(trainingTime(runs, 'free', 2)!.seconds).toBeCloseTo(300);
  const waiting = [steps(first, 50, 1), { ...second, state: 'queued' as const }];
  expect(trainingTime(waiting, 'lockstep', 1)!.seconds).toBeCloseTo(200);
});

test('an experiment is what was trained, whatever its seeds', () => {
  const { recipe } = experiment;
  expect(isTrained({ ...experiment, seeds: 3, recipe: { ...recipe, seed: 9 } }, experiment)).toBe(true);
  expect(isTrained({ ...experiment, recipe: { ...recipe, steps: 200 } }, experiment)).toBe(false);
  expect(isTrained(experiment, null)).toBe(false);
});

test('what is left is what has not been trained yet, tests included; a pause of others takes nothing from it', () => {
  const left = (...runs: Run[]) => trainingTime(runs, 'lockstep', 2)!.left;
  expect(left(steps(first, 30, 1), steps(second, 30, 1))).toBeCloseTo(70);
  const held = steps(steps(first, 20, 1), 20, 1, 600);
  expect(left(held, steps(steps(second, 20, 1), 20, 1))).toBeCloseTo(60);
  const done = [first, second].map((run) => ended(tested(steps(run, 100, 1.5), 20), 'completed'));
  expect(left(...done)).toBeCloseTo(0);
});
