/** What was collected of a run, as the page knows runs. */
import { paperSetting } from '../../../../model/paper.ts';
import type { Evaluation, Run } from '../../../state/run.ts';
import { Series } from '../../../state/series.ts';
import type { Collected, ValueKey } from './collectRun.ts';
import type { ColumnChoice } from '../columns/columnChoice.ts';

/**
 * `run` with its curves. Where a program writes `nan` for what was not measured, a NaN among the tests with a number behind it is
 * none; `isOurs`: NaN was measured.
 */
export function runOf(all: Collected, { complete }: ColumnChoice, isOurs: boolean, run: Run): Run {
  const { steps } = all;
  const isTrained = eitherOf(all.givenOf('trainingError'), all.givenOf('trainingLoss'), steps.length);
  const trained = isTrained.reduce((sum, flag) => sum + flag, 0);
  // Where only tests are known, their steps carry epochs and times.
  const isAll = trained === 0 || trained === steps.length;
  const picked = (numbers: Float64Array<ArrayBuffer>) =>
    isAll ? numbers : numbers.filter((_, i) => isTrained[i] === 1);
  const series = (key: ValueKey) => {
    const given = all.givenOf(key);
    if (!given.includes(1)) return Series.empty;
    const absent = (isAll ? given : given.filter((_, i) => isTrained[i] === 1)).map((flag) => 1 - flag);
    return Series.over(picked(all.numbersOf(key)), absent.includes(1) ? absent : null);
  };
  const logged = picked(steps);
  const error = series('trainingError');
  const isEveryStep = error.length > 0 && logged.every((step, i) => step === i + 1);
  return {
    ...run,
    origin: 'file',
    state: 'ended',
    step: steps.at(-1) ?? 0,
    loggedSteps: isEveryStep ? null : Series.over(logged),
    error,
    loss: series('trainingLoss'),
    learningRate: series('rate'),
    trainingSeconds: series('seconds'),
    epoch: series('epoch'),
    evaluations: evaluationsOf(all, complete, isOurs),
  };
}

/** Which of `length` entries is given in one or the other. */
function eitherOf(one: Uint8Array, other: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (one[i] ?? 0) | (other[i] ?? 0));
}

function evaluationsOf(all: Collected, complete: boolean, isOurs: boolean): readonly Evaluation[] {
  const [error, loss] = [testsOf(all, 'testError', isOurs), testsOf(all, 'testLoss', isOurs)];
  const [images, hasImages] = [all.numbersOf('images'), all.givenOf('images')];
  const made: Evaluation[] = [];
  for (let i = 0; i < all.steps.length; i++) {
    if (error.given[i] !== 1 && loss.given[i] !== 1) continue;
    const on = hasImages[i] === 1 ? images[i]! : null;
    made.push({
      step: all.steps[i]!,
      images: on,
      complete: on === null ? complete : on === paperSetting.testImages,
      loss: loss.given[i] === 1 ? loss.numbers[i]! : null,
      error: error.given[i] === 1 ? error.numbers[i]! : null,
      seconds: null,
    });
  }
  return made;
}

/** The tests of one curve; where NaN means nothing, it does so but behind the last number. */
function testsOf(all: Collected, key: ValueKey, isOurs: boolean) {
  const [numbers, given] = [all.numbersOf(key), all.givenOf(key)];
  const last = isOurs ? -1 : numbers.findLastIndex((number) => !Number.isNaN(number));
  for (let i = 0; i < last; i++) if (Number.isNaN(numbers[i])) given[i] = 0;
  return { numbers, given };
}
