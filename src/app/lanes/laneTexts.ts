/** What a chip says of a run. */
import { meanError } from '../runs/meanError.ts';
import { runStates } from '../runs/enRunStates.ts';
import { isFinalEvaluation, isTimeSettled, totalSteps } from '../runs/progress.ts';
import type { Evaluation, Run } from '../state/run.ts';
import { whyHeld } from '../state/training.ts';
import { percent } from '../ui/format.ts';
import { paces, states } from './enLanes.ts';

export interface StateText {
  /** For the chip; null while it simply trains. */
  readonly short: string | null;
  readonly full: string;
}

/** What a run does, or how it ended. */
export function stateText(run: Run, heldBy: Run | null): StateText {
  if (run.end) return endText(run, run.end);
  if (run.state === 'queued') return states.queued;
  const waits = run.state === 'waiting' && run.step === 0;
  if (waits && !run.stopping && run.silent === null) return states.waiting;
  const step = runStates.step(run.step, totalSteps(run.config));
  const [short, full] = unlikePlain(run, heldBy);
  return { short, full: full === null ? step : `${step}, ${full}` };
}

/** What is to be said of a run that has begun, besides its step. */
function unlikePlain(run: Run, heldBy: Run | null): readonly [short: string | null, full: string | null] {
  if (run.stopping) return [states.stopping, states.stopping];
  if (run.silent !== null) return [states.silentShort(run.silent), states.silent(run.silent)];
  if (run.state === 'paused') return [states.paused, states.paused];
  if (heldBy) return [states.heldShort(heldBy.name), states.held(heldBy.name, whyHeld(heldBy))];
  if (isFinalEvaluation(run)) return [states.finalEvaluation, states.finalEvaluation];
  return [null, null];
}

function endText(run: Run, { reason, divergedAt, failure }: NonNullable<Run['end']>): StateText {
  const text = runStates.ended(reason, run.step, divergedAt);
  const missed = run.missed.find(({ complete }) => complete) ?? run.missed.at(-1);
  const facts = [
    failure ? `${text}: ${failure.message}` : text,
    run.terminated ? states.terminated : '',
    missed ? states.missed(missed.step, missed.complete, missed.failure.message) : '',
  ].filter(Boolean);
  const full = facts.length === 1 ? facts.join('') : facts.map((fact) => fact.replace(/\.?$/, '.')).join(' ');
  const short = {
    completed: states.completed(run.step),
    stopped: states.stopped(run.step),
    diverged: states.diverged(divergedAt ?? run.step),
    error: failure ? states.failed(failure.message) : states.failedAt(run.step),
    interrupted: states.interrupted(run.step),
  }[reason];
  return { short: missed?.complete ? `${short}, ${states.untested}` : short, full };
}

/** The training error, as the table and the verdict have it. Null before the first step. */
export function trainingError(run: Run): string | null {
  const error = meanError(run);
  return error === null ? null : percent(error);
}

/** The last test: on all images where there was one, else on those that were tested at the last time. */
export function lastTest(run: Run): (Evaluation & { readonly error: number }) | null {
  const tested = run.evaluations.filter(hasError);
  return tested.findLast(({ complete }) => complete) ?? tested.at(-1) ?? null;
}

const hasError = (evaluation: Evaluation): evaluation is Evaluation & { readonly error: number } =>
  evaluation.error !== null;

/** On which images it was made, and when. */
export const testText = ({ complete, error, images, step }: Evaluation & { readonly error: number }) =>
  complete ? states.tested(error) : states.testedOn(error, images, step);

/** Images a second, learning rate and time left of a run that goes on, `left` as it is shown; empty for others. */
export function paceText(run: Run, heldBy: Run | null, left: number | null): string {
  if (run.state !== 'running' || heldBy) return '';
  const speed = run.imagesPerSecond.last;
  const rate = run.learningRate.last;
  return [
    speed === undefined ? null : paces.speed(speed),
    rate === undefined ? null : paces.rate(rate),
    left === null || isFinalEvaluation(run) ? null : paces.left(left, isTimeSettled(run)),
  ]
    .filter((part) => part !== null)
    .join(' \u00b7 ');
}
