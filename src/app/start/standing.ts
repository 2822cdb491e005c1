/** How far the runs of an experiment have come, as one sentence can say it. */
import type { RunEndReason } from '../state/run.ts';
import { totalSteps } from '../runs/progress.ts';
import type { Run } from '../state/run.ts';

export type Standing =
  | { readonly kind: 'live'; readonly step: number; readonly total: number | null }
  | { readonly kind: 'alike'; readonly reason: RunEndReason; readonly step: number }
  | { readonly kind: 'apart'; readonly from: number; readonly to: number };

/** Null without runs. */
export function standingOf(runs: readonly Run[]): Standing | null {
  const alive = runs.find(({ end }) => end === null);
  if (alive) return { kind: 'live', step: alive.step, total: totalSteps(alive.config) };
  const ends = runs.flatMap(({ end, step }) =>
    end ? [{ reason: end.reason, step: end.divergedAt ?? step }] : [],
  );
  const [first] = ends;
  if (!first) return null;
  const steps = ends.map(({ step }) => step);
  const isAlike = ends.every(({ reason, step }) => reason === first.reason && step === first.step);
  if (isAlike) return { kind: 'alike', ...first };
  return { kind: 'apart', from: Math.min(...steps), to: Math.max(...steps) };
}
