/** How long the present experiment takes, by its own pace: better than any estimate from before. */
import type { ExperimentConfig, Pace } from '../../model/config.ts';
import { sameSettings } from '../../model/sameSettings.ts';
import { secondsLeft, secondsPerStep, SETTLED_STEPS } from '../runs/progress.ts';
import type { Run } from '../state/run.ts';

export interface TrainingTime {
  /** In all, from the first step to the last evaluation; pauses are not counted. */
  readonly seconds: number;
  /** Of those, what is still to come. */
  readonly left: number;
  /** Seconds until every lane has done a step. */
  readonly stepSeconds: number;
  /** Whether that is what it took, and no longer what it will take. */
  readonly isOver: boolean;
}

/**
 * Null before the lanes have settled into their pace. `atOnce`: how many of them there is room for; each of the others starts
 * when one ends.
 */
export function trainingTime(runs: readonly Run[], pace: Pace, atOnce: number): TrainingTime | null {
  const begun = runs.filter(({ state, step }) => step > 0 && state !== 'queued');
  // A lane that diverged at once, or was stopped, tells nothing, and holds nothing up.
  const paced = begun.filter((run) => run.step >= SETTLED_STEPS);
  const settled = begun.every((run) => run.state === 'ended' || run.step >= SETTLED_STEPS);
  const waits = runs.some(({ state }) => state === 'waiting');
  if (paced.length === 0 || !settled || waits) return null;
  const reasons = runs.map(({ end }) => end?.reason ?? null);
  const isOver =
    reasons.includes('completed') && reasons.every((why) => why === 'completed' || why === 'diverged');
  const steps = paced.map((run) => secondsPerStep(run) ?? 0);
  const totals = paced.map((run) => spent(run).training + (isOver ? 0 : (secondsLeft(run) ?? 0)));
  const finals = paced.map((run) => spent(run).last);
  const gone = together(paced, paced.map((run) => spent(run).training + spent(run).last), pace); // prettier-ignore
  const seconds = Math.max(together(paced, totals, pace), apart(runs.length, totals, finals, atOnce)) + Math.max(...finals); // prettier-ignore
  return { seconds, left: Math.max(0, seconds - gone), stepSeconds: Math.max(...steps), isOver };
}

/** Seconds of training and of the evaluations on the way, and of the last evaluation once it is done. */
function spent({ trainingSeconds, evaluations, step }: Run) {
  const sum = (last: boolean) =>
    evaluations
      .filter((one) => (one.complete && one.step === step) === last)
      .reduce((seconds, one) => seconds + (one.seconds ?? 0), 0);
  return { training: (trainingSeconds.last ?? 0) + sum(false), last: sum(true) };
}

/**
 * Of lanes side by side. In lockstep they take the same time; but while one is paused, the others count their waiting for it as
 * training, and it does not.
 */
function together(runs: readonly Run[], totals: readonly number[], pace: Pace): number {
  if (pace === 'free') return Math.max(...totals);
  const last = Math.max(...runs.map(({ step }) => step));
  return Math.min(...totals.filter((_, i) => runs[i]!.step === last));
}

/** Of lanes that wait for a place, as many times as there are, those that are known standing for the others. */
function apart(count: number, totals: readonly number[], finals: readonly number[], atOnce: number): number {
  if (atOnce >= count) return 0;
  const each = totals.reduce((sum, total, i) => sum + total + finals[i]!, 0) / totals.length;
  return (each * count) / Math.max(1, atOnce) - Math.max(...finals);
}

/** Whether an experiment is the one that was trained, whatever its seeds. */
export function isTrained(experiment: ExperimentConfig, trained: ExperimentConfig | null): boolean {
  const seedless = ({ recipe, ...rest }: ExperimentConfig) => ({
    ...rest,
    recipe: { ...recipe, seed: null },
    seeds: null,
  });
  return trained !== null && sameSettings(seedless(experiment), seedless(trained));
}
