/** What happened to a run while its curve was drawn. */
import type { Run } from '../../store/run.ts';
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
  if (run.config?.schedule.type === 'cosine') return pauses;
  return [...jumpsOf(run).map(({ step, rate }): Mark => ({ kind: 'rate', x: place(step), rate })), ...pauses];
}

interface Jump {
  /** The first step with the new rate. */
  readonly step: number;
  readonly rate: number;
}

const scanned = new WeakMap<object, { upTo: number; readonly jumps: Jump[] }>();

function jumpsOf(run: Run): readonly Jump[] {
  const { origin, values, steps } = rowsOf(run, 'learningRate');
  const stepAt = (index: number) => steps?.[index] ?? index + 1;
  let known = scanned.get(origin);
  if (!known) scanned.set(origin, (known = { upTo: 1, jumps: [] }));
  for (; known.upTo < values.length; known.upTo++) {
    const [before, now] = [values[known.upTo - 1]!, values[known.upTo]!];
    if (Math.abs(now - before) >= JUMP * before) known.jumps.push({ step: stepAt(known.upTo), rate: now });
  }
  const last = stepAt(values.length - 1);
  const jumps = known.jumps.filter(({ step }) => step <= last);
  return jumps.length > MOST_JUMPS ? [] : jumps;
}
