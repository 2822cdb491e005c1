import { describe, expect, test } from 'vitest';
import { parseExperiment } from '../../model/config.ts';
import { prepareRuns } from './prepareRuns.ts';
import { isTimeSettled, secondsLeft, secondsPerStep, spentShare, totalSteps } from './progress.ts';
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

test('before the first test its time is guessed from the steps, so that what is left does not jump', () => {
  const recipe = { steps: 300, batchSize: 100, evaluation: { every: 100, images: 500 } };
  // 290 steps of 0.6 s; two tests of 500 images and one of 10,000, each image a third of what one costs in a step: 0.002 s.
  expect(secondsLeft(runOf(recipe, 10, 0.6))).toBeCloseTo(290 * 0.6 + 2 * 500 * 0.002 + 10_000 * 0.002);
  expect(isTimeSettled(runOf(recipe, 99, 0.6))).toBe(false);
  expect(isTimeSettled(runOf({ ...recipe, evaluation: { every: 0, atEnd: false } }, 99))).toBe(true);
});

/** A run after packs of so many steps and seconds each: the steps of a pack share its time. */
function packed(...packs: readonly (readonly [steps: number, seconds: number])[]): Run {
  let run = runOf({ steps: 10_000, evaluation: { every: 0, atEnd: false } });
  for (const [steps, seconds] of packs) {
    const zeros = new Float32Array(steps);
    const begun = run.trainingSeconds.last ?? 0;
    run = advanceRun(run, {
      kind: 'steps',
      first: run.error.length + 1,
      loss: zeros,
      error: zeros,
      learningRate: zeros,
      epoch: zeros,
      trainingSeconds: Float64Array.from({ length: steps }, (_, i) => begun + ((i + 1) * seconds) / steps),
      imagesPerSecond: 1,
      waitingSeconds: 0,
      idleSeconds: 0,
    });
  }
  return run;
}
const times = (count: number, pack: readonly [number, number]) => Array.from({ length: count }, () => pack);

describe('the present pace', () => {
  test('a busy first second misleads it until as many quiet steps have come, and no longer', () => {
    // A step of a tenth of a second takes half a second at first.
    const busy = times(10, [1, 0.5]);
    expect(secondsPerStep(packed(...busy))).toBeCloseTo(0.5);
    expect(secondsPerStep(packed(...busy, ...times(6, [2, 0.2])))).toBeCloseTo(0.1);
  });

  test('a busy moment in the midst changes nothing', () => {
    expect(secondsPerStep(packed(...times(20, [2, 0.2]), ...times(4, [1, 1])))).toBeCloseTo(0.1);
  });

  test('a laptop that slows down is followed within some thirty steps', () => {
    expect(secondsPerStep(packed(...times(100, [1, 0.25]), ...times(20, [1, 0.6])))).toBeCloseTo(0.6);
  });

  test('a fast device\u2019s pack that waited for a paused lane changes nothing, although all of its steps look slow', () => {
    const quick = times(8, [32, 0.16]);
    expect(secondsPerStep(packed(...quick, [32, 600]))).toBeCloseTo(0.005);
    expect(secondsPerStep(packed(...quick, [32, 600], ...quick))).toBeCloseTo(0.005);
    // Two of the first packs are not the most of them either.
    expect(secondsPerStep(packed([1, 1], ...times(3, [32, 0.16]), [20, 300], [32, 0.16]))).toBeCloseTo(0.005);
  });
});
