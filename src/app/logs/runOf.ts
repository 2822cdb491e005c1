/** What was collected of a run, as the page knows runs. */
import { paperSetting } from '../../model/paper.ts';
import type { Evaluation, Run } from '../store/run.ts';
import { Series } from '../store/series.ts';
import type { Collected, ValueKey } from './collectRun.ts';
import type { ColumnChoice } from './columnChoice.ts';

/**
 * `run` with its curves. Where a program writes `nan` for what was not measured, a NaN among the tests with a number behind it is
 * none; `isOurs`: NaN was measured.
 */
export function runOf(all: Collected, { complete }: ColumnChoice, isOurs: boolean, run: Run): Run {
  const { steps } = all;
  const given = {
    error: all.givenOf('trainingError'),
    loss: all.givenOf('trainingLoss'),
  };
  const isTrained = (i: number) => (given.error[i] ?? false) || (given.loss[i] ?? false);
  const trained = steps.flatMap((_, i) => (isTrained(i) ? [i] : []));
  // Where only tests are known, their steps carry epochs and times.
  const isAll = trained.length === 0 || trained.length === steps.length;
  const series = (key: ValueKey) => {
    if (!all.givenOf(key).includes(true)) return Series.empty;
    const numbers = all.numbersOf(key);
    return Series.empty.append(isAll ? numbers : trained.map((i) => numbers[i]!));
  };
  const logged = isAll ? steps : trained.map((i) => steps[i]!);
  const error = series('trainingError');
  const isEveryStep = error.length > 0 && logged.every((step, i) => step === i + 1);
  return {
    ...run,
    imported: true,
    state: 'ended',
    step: steps.at(-1) ?? 0,
    loggedSteps: isEveryStep ? null : Series.empty.append(logged),
    error,
    loss: series('trainingLoss'),
    learningRate: series('rate'),
    trainingSeconds: series('seconds'),
    epoch: series('epoch'),
    evaluations: evaluationsOf(all, complete, isOurs),
  };
}

function evaluationsOf(all: Collected, complete: boolean, isOurs: boolean): readonly Evaluation[] {
  const tests = (['testError', 'testLoss'] as const).map((key) => {
    const [numbers, given] = [all.numbersOf(key), all.givenOf(key)];
    const last = numbers.findLastIndex((number) => !Number.isNaN(number));
    return { numbers, isGiven: (i: number) => (given[i] ?? false) && (isOurs || i > last || !Number.isNaN(numbers[i])) };
  });
  const [error, loss] = tests;
  const [images, hasImages] = [all.numbersOf('images'), all.givenOf('images')];
  return all.steps.flatMap((step, i): readonly Evaluation[] => {
    if (!error!.isGiven(i) && !loss!.isGiven(i)) return [];
    const on = hasImages[i] ? images[i]! : null;
    const isWhole = on === null ? complete : on === paperSetting.testImages;
    const [shown, cost] = [error!.numbers[i] ?? NaN, loss!.numbers[i] ?? NaN];
    return [{ step, images: on, complete: isWhole, loss: cost, error: shown, seconds: null }];
  });
}
