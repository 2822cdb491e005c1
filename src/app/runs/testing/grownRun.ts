/** Runs that have taken steps, event by event as a worker tells them. */
import { prepareRuns } from '../prepareRuns.ts';
import { advanceRun, endRun, type Run, type RunEndReason } from '../../state/run.ts';
import { experiment } from './anyRuns.ts';

/** The two runs of {@link experiment} before their first step. */
export const freshRuns = (ordinal = 1): readonly [Run, Run] =>
  prepareRuns(experiment, ordinal, () => '').map((run) => ({ ...run, created: ordinal })) as [Run, Run];

/** The run after `count` further steps in one pack, each with numbers of its own. */
export function grown(run: Run, count: number): Run {
  const first = run.error.length + 1;
  const each = (of: (step: number) => number) => Array.from({ length: count }, (_, i) => of(first + i));
  return advanceRun(
    { ...run, state: 'running' },
    {
      kind: 'steps',
      first,
      loss: Float32Array.from(each((step) => 2 / step)),
      error: Float32Array.from(each((step) => 1 / step)),
      learningRate: Float32Array.from(each(() => 0.1)),
      trainingSeconds: Float64Array.from(each((step) => step / 10)),
      epoch: Float32Array.from(each((step) => step / 100)),
      imagesPerSecond: 160,
      waitingSeconds: 0,
      idleSeconds: 0,
    },
  );
}

export const tested = (run: Run, step: number, error = 0.5): Run =>
  advanceRun(run, { kind: 'evaluation', step, images: 100, complete: false, loss: 1, error, seconds: 1 });

export const over = (run: Run, reason: RunEndReason = 'completed', divergedAt: number | null = null): Run =>
  endRun(run, { reason, divergedAt, failure: null });
