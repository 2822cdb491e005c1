import { lastError } from '../runs/meanError.ts';
import type { Run } from '../state/run.ts';
import { runUpTo } from '../state/runUpTo.ts';

/** The numbers of a run after so many steps; null where there is none yet. */
export interface FactsAt {
  /** By {@link lastError}, 0 to 1. */
  readonly training: number | null;
  /** The last test until then. */
  readonly test: { readonly step: number; readonly error: number } | null;
  /** Of the last batch, in nats. */
  readonly loss: number | null;
  readonly rate: number | null;
  readonly epoch: number;
}

export function factsAt(run: Run, step: number): FactsAt {
  const then = runUpTo(run, step, false);
  const test = then.evaluations.findLast(({ error }) => error !== null);
  return {
    training: lastError(then),
    test: test && test.error !== null ? { step: test.step, error: test.error } : null,
    loss: then.loss.last ?? null,
    rate: then.learningRate.last ?? null,
    epoch: then.epoch.last ?? 0,
  };
}
