/** How far a run is, and how long it still takes. */
import type { RecipeConfig } from '../../model/config.ts';
import { percentiles } from '../../insights/percentiles.ts';
import { paperSetting } from '../../model/paper.ts';
import type { Run } from '../state/run.ts';

const { trainingImages, testImages } = paperSetting;
/** Steps, and packs of steps that were read back together, over which the present speed is measured: as many as hold both. */
const SPEED_WINDOW = { steps: 30, packs: 6 };
/** The first steps of a run are slower than the others. */
export const SETTLED_STEPS = 10;

/** Steps of the budget; null for a budget in minutes, or of a run whose recipe is not known. */
export function totalSteps(recipe: RecipeConfig | null): number | null {
  if (!recipe) return null;
  if (recipe.steps !== undefined) return recipe.steps;
  if (recipe.epochs === undefined) return null;
  return Math.ceil(recipe.epochs * Math.ceil(trainingImages / recipe.batchSize));
}

/** Share of the budget that is spent, 0 to 1. */
export function spentShare(run: Run): number {
  const total = totalSteps(run.config);
  if (total !== null) return Math.min(1, run.step / total);
  const seconds = 60 * (run.config?.minutes ?? Infinity);
  return Math.min(1, (run.trainingSeconds.last ?? 0) / seconds);
}

/** The run with the fewest steps, of which others wait; of equals the first. */
export const furthestBehind = ([first, ...others]: readonly [Run, ...Run[]]): Run =>
  others.reduce((slow, run) => (run.step < slow.step ? run : slow), first);

/** Whether every step is done and the last evaluation is what the run still works on. */
export const isFinalEvaluation = (run: Run): boolean => run.state === 'running' && spentShare(run) >= 1;

/** Seconds that the rest takes at the present speed, evaluations included; null before there is a speed. */
export function secondsLeft(run: Run): number | null {
  const { trainingSeconds, step } = run;
  const perStep = secondsPerStep(run);
  const total = totalSteps(run.config);
  if (total === null) {
    return (
      Math.max(0, 60 * (run.config?.minutes ?? 0) - (trainingSeconds.last ?? 0)) + finalEvaluationSeconds(run)
    );
  }
  if (perStep === null) return null;
  return (
    (total - step) * perStep +
    evaluationsLeft(run, total) * evaluationSeconds(run) +
    finalEvaluationSeconds(run)
  );
}

/**
 * The present pace: the median of the last steps, so that a busy moment, or a wait for a paused lane, does not count. The steps of a
 * pack share its time, so that a wait spreads over all of a fast device's pack: several packs are looked at. Null before the
 * second step.
 */
export function secondsPerStep(run: Run): number | null {
  const { length, values } = run.trainingSeconds;
  const window = Math.min(Math.max(SPEED_WINDOW.steps, stepsOfPacks(run)), length - 1);
  if (window < 1) return null;
  const times = Array.from({ length: window }, (_, i) => values[length - 1 - i]! - values[length - 2 - i]!);
  return percentiles(times, 0.5, 0.5)?.[0] ?? null;
}

/** Steps of the last packs. */
function stepsOfPacks({ step, speedSteps: { length, values } }: Run): number {
  return length === 0 ? 0 : step - (values[length - 1 - SPEED_WINDOW.packs] ?? 0);
}

function evaluationsLeft(run: Run, total: number): number {
  const every = run.config?.evaluation.every ?? 0;
  return every > 0 ? Math.max(0, Math.floor((total - 1) / every) - Math.floor(run.step / every)) : 0;
}

function evaluationSeconds(run: Run): number {
  return (run.config?.evaluation.images ?? 0) * secondsPerTestImage(run);
}

function finalEvaluationSeconds(run: Run): number {
  if (!run.config?.evaluation.atEnd || run.evaluations.some((evaluation) => evaluation.complete)) return 0;
  return testImages * secondsPerTestImage(run);
}

function secondsPerTestImage(run: Run): number {
  const last = run.evaluations.at(-1);
  if (last?.seconds && last.images) return last.seconds / last.images;
  const perStep = secondsPerStep(run);
  return perStep === null || !run.config ? 0 : (FORWARD_SHARE * perStep) / run.config.batchSize;
}

/** Of a step's arithmetic, the way forward: what a test image costs before one was tested. */
const FORWARD_SHARE = 1 / 3;

/** Whether what is left is known by its own tests and a settled pace, and no longer guessed in part. */
export function isTimeSettled(run: Run): boolean {
  const { every, atEnd } = run.config?.evaluation ?? { every: 0, atEnd: false };
  const isTested = run.evaluations.length > 0 || (every === 0 && !atEnd);
  return run.step >= SPEED_WINDOW.steps && isTested;
}
