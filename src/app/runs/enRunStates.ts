/** What is said of a run, wherever it is said. */
import type { RunEndReason } from '../state/run.ts';
import { integer } from '../ui/format.ts';

export type HeldWhy = 'paused' | 'silent';
export const heldWhy: Readonly<Record<HeldWhy, string>> = { paused: 'is paused', silent: 'does not answer' };

export const runStates = {
  step: (step: number, total: number | null) =>
    total === null ? `step ${integer(step)}` : `step ${integer(step)} of ${integer(total)}`,
  ended: (reason: RunEndReason, step: number, divergedAt: number | null) =>
    ({
      completed: `Done: ${integer(step)} steps`,
      stopped: `Stopped at step ${integer(step)}`,
      diverged: `Diverged at step ${integer(divergedAt ?? step)}: the loss was no number any more. A lower learning rate or a warm-up may help.`,
      error: `Failed after step ${integer(step)}`,
      interrupted: `Interrupted at step ${integer(step)}`,
    })[reason],
};
