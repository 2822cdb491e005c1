/** What could be taken away to have more room, and how much that would be. Pure. */
import type { Moments } from '../../state/keeping.ts';
import type { Run } from '../../state/run.ts';
import { curveBytes } from '../asideRun.ts';
import { bytesOf, pictureBytes } from './moments.ts';

/** `between`: moments between the first and the last of a run. `hidden`: moments of hidden runs. `chosen`: runs chosen in the table. */
export const removalKinds = ['between', 'hidden', 'chosen'] as const;
export type RemovalKind = (typeof removalKinds)[number];

export interface Removal {
  readonly kind: RemovalKind;
  /** Runs that leave whole. */
  readonly whole: readonly Run[];
  /** Runs that stay and lose moments: those of these steps, by their ids. */
  readonly moments: ReadonlyMap<string, readonly number[]>;
  /** All moments that leave, of either. */
  readonly momentCount: number;
  readonly bytes: number;
}

interface Given {
  readonly runs: readonly Run[];
  readonly moments: Moments;
  readonly hidden: readonly string[];
  readonly chosen: readonly Run[];
}

/** What each kind would take, of runs that are over; those that would take nothing are left out. */
export function removalsOf(given: Given): readonly Removal[] {
  return removalKinds
    .map((kind) => removalOf(given, [kind]))
    .filter(({ whole, momentCount }) => whole.length + momentCount > 0);
}

/** What these kinds take together: what two of them take is counted once. `kind` is the first of them. */
export function removalOf({ runs, moments, hidden, chosen }: Given, kinds: readonly RemovalKind[]): Removal {
  const isHidden = new Set(hidden);
  const over = runs.filter(({ state }) => state === 'ended');
  const whole = kinds.includes('chosen') ? chosen.filter(({ state }) => state === 'ended') : [];
  const isWhole = new Set(whole.map(({ id }) => id));
  const leaving = new Map<string, readonly number[]>();
  let momentCount = 0;
  let bytes = 0;
  for (const run of over) {
    const all = moments.get(run.id) ?? [];
    const isAll = isWhole.has(run.id) || (kinds.includes('hidden') && isHidden.has(run.id));
    const gone = isAll ? all : kinds.includes('between') ? all.slice(1, -1) : [];
    momentCount += gone.length;
    bytes += bytesOf(gone);
    if (gone.length > 0 && !isWhole.has(run.id))
      leaving.set(
        run.id,
        gone.map(({ step }) => step),
      );
  }
  bytes += whole.reduce((sum, run) => sum + curveBytes(run) + pictureBytes(run), 0);
  return { kind: kinds[0] ?? 'between', whole, moments: leaving, momentCount, bytes };
}
