/** Runs and sources for the tests of the charts. */
import { defaultExperiment } from '../../../model/presets.ts';
import type { CurveSource } from '../sources/curveSources.ts';
import { prepareRuns } from '../../runs/prepareRuns.ts';
import { advanceRun, type Run } from '../../state/run.ts';

export const [emptyRun, otherRun] = prepareRuns(defaultExperiment('cpu'), 1, () => '') as [Run, Run];

/** A run after one more pack; half a second and a hundredth of an epoch a step. */
export function grow(run: Run, errors: readonly number[], { idle = 0, rate = 0.1 } = {}): Run {
  const done = run.error.length;
  return advanceRun(run, {
    kind: 'steps',
    first: done + 1,
    loss: Float32Array.from(errors),
    error: Float32Array.from(errors),
    learningRate: Float32Array.from(errors, () => rate),
    trainingSeconds: Float64Array.from(errors, (_, i) => (done + i + 1) / 2),
    epoch: Float32Array.from(errors, (_, i) => (done + i + 1) / 100),
    imagesPerSecond: 100,
    waitingSeconds: 0,
    idleSeconds: idle,
  });
}

export const grown = (errors: readonly number[]) => grow(emptyRun, errors);

export const evaluated = (run: Run, step: number, error: number) =>
  advanceRun(run, { kind: 'evaluation', step, images: 500, complete: false, loss: 2, error, seconds: 1 });

export const sourceOf = (...runs: readonly [Run, ...Run[]]): CurveSource => ({
  ...runs[0],
  faint: false,
  runs,
});
