import { expect, test } from 'vitest';
import { parseExperiment } from '../../model/config.ts';
import { prepareRuns } from './prepareRuns.ts';
import { secondsLeft, spentShare, totalSteps } from './progress.ts';
import { advanceRun, type Run } from '../state/run.ts';

function runOf(recipe: Record<string, unknown>, steps = 0, secondsPerStep = 0.5): Run {
  const experiment = parseExperiment({ lanes: [{ id: 'a', model: { depth: 20 } }], recipe });
  const [run] = prepareRuns(experiment, 1, () => '') as [Run];
  const zeros = new Float32Array(steps);
  if (steps === 0) return run;
  return advanceRun(run, {
    kind: 'steps',
    first: 1,
    loss: zeros,
    error: zeros,
    learningRate: zeros,
    trainingSeconds: Float64Array.from({ length: steps }, (_, i) => (i + 1) * secondsPerStep),
    epoch: zeros,
    imagesPerSecond: 100,
    waitingSeconds: 0,
    idleSeconds: 0,
  });
}

test('the budget in steps; an epoch has a last, short batch; minutes have no steps', () => {
  expect(totalSteps(runOf({ steps: 300 }).config)).toBe(300);
  expect(totalSteps(runOf({ epochs: 1 }).config)).toBe(391);
  expect(totalSteps(runOf({ epochs: 0.5 }).config)).toBe(196);
  expect(totalSteps(runOf({ minutes: 2 }).config)).toBeNull();
});

test('what is spent is counted in the unit of the budget', () => {
  expect(spentShare(runOf({ steps: 300 }, 75))).toBe(0.25);
  expect(spentShare(runOf({ minutes: 1 }, 60))).toBe(0.5);
});

test('what is left follows the present speed, with the evaluations still to come', () => {
  const noEvaluation = { evaluation: { every: 0, atEnd: false } };
  expect(secondsLeft(runOf({ steps: 300, ...noEvaluation }))).toBeNull();
  expect(secondsLeft(runOf({ steps: 300, ...noEvaluation }, 100))).toBeCloseTo(100);
  expect(secondsLeft(runOf({ minutes: 1, ...noEvaluation }, 60))).toBeCloseTo(30);

  const evaluated = advanceRun(runOf({ steps: 300, evaluation: { every: 100, images: 500 } }, 100), {
    kind: 'evaluation',
    step: 100,
    images: 500,
    complete: false,
    loss: 2,
    error: 0.8,
    seconds: 1,
  });
  // 200 steps, one evaluation at step 200, and 10,000 images at the end.
  expect(secondsLeft(evaluated)).toBeCloseTo(100 + 1 + 20);
});
