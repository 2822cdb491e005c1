/** What happened to a run while its curve was drawn. */
import type { Run } from '../../state/run.ts';
import type { Piece } from './piece.ts';
import { rowsOf } from './rows.ts';

export type Mark =
  | { readonly kind: 'rate'; readonly x: number; readonly rate: number }
  | { readonly kind: 'pause'; readonly x: number };

/** A learning rate that changes by this share at once was changed by the schedule, and is not its slope. */
const JUMP = 0.1;
/** A rate that jumps more often than this is told by its own curve. */
const MOST_JUMPS = 100;

/** The run's pauses and the changes of its learning rate; `place` gives a step's place on the axis. */
export function marksOf(run: Run, place: (step: number) => number): readonly Mark[] {
  const pauses = run.pauses.map((step): Mark => ({ kind: 'pause', x: place(step) }));
  if (isSlope(run)) return pauses;
  return [...jumpsOf(run).map(({ step, rate }): Mark => ({ kind: 'rate', x: place(step), rate })), ...pauses];
}

/** A rate that changes at every step. */
const isSlope = (run: Run) => run.config?.schedule.type === 'cosine';

interface Jump {
  /** The first step with the new rate. */
  readonly step: number;
  readonly rate: number;
}

const scanned = new WeakMap<object, { upTo: number; readonly jumps: Jump[] }>();

function scan(run: Run, count: number): { upTo: number; readonly jumps: readonly Jump[] } {
  const { origin, values, steps } = rowsOf(run, 'learningRate');
  let known = scanned.get(origin);
  if (!known) scanned.set(origin, (known = { upTo: 1, jumps: [] }));
  const end = Math.min(values.length, known.upTo + count);
  for (; known.upTo < end; known.upTo++) {
    const i = known.upTo;
    const [before, now] = [values[i - 1]!, values[i]!];
    if (Math.abs(now - before) >= JUMP * before) known.jumps.push({ step: steps?.[i] ?? i + 1, rate: now });
  }
  return known;
}

/** Looks for the changes of a rate, whose rows are known. */
export const marksPiece = (run: Run): Piece => ({
  left: () => (isSlope(run) ? 0 : Math.max(0, rowsOf(run, 'learningRate').values.length - scan(run, 0).upTo)),
  advance: (count) => void scan(run, count),
});

function jumpsOf(run: Run): readonly Jump[] {
  const { values, steps } = rowsOf(run, 'learningRate');
  const last = steps?.[values.length - 1] ?? values.length;
  const jumps = scan(run, Infinity).jumps.filter(({ step }) => step <= last);
  return jumps.length > MOST_JUMPS ? [] : jumps;
}
