/** The rows of a series in which something was logged: a curve that was logged rarely has few points, and no holes. */
import { Growing } from '../../../insights/growing.ts';
import type { Run } from '../../state/run.ts';
import type { Series } from '../../state/series.ts';
import { perOrigin } from './perOrigin.ts';
import type { Piece } from './piece.ts';
import { lastIndexUpTo, stepsUpTo } from './steps.ts';

export interface Rows {
  /** The same for rows and what they grow into. */
  readonly origin: object;
  readonly values: Float64Array;
  /** Of each value; null if there is one for each step from 1. */
  readonly steps: Float64Array | null;
}

export type SeriesKey = 'error' | 'loss' | 'learningRate' | 'epoch' | 'trainingSeconds' | 'wallSeconds';

const keptOf = perOrigin(() => ({
  upTo: 0,
  /** Indices into the series. */
  entries: new Growing(),
  values: new Growing(),
  steps: new Growing(),
}));

export function rowsOf(run: Run, key: SeriesKey): Rows {
  const series = run[key];
  const { origin } = series;
  if (!series.hasAbsent) {
    return {
      origin,
      values: series.values,
      steps: run.loggedSteps?.values.subarray(0, series.length) ?? null,
    };
  }
  readRows(run, key, series.length);
  const kept = keptOf(origin);
  // An older look at a series that has grown since sees fewer rows.
  const count = lastIndexUpTo(kept.entries.first(kept.entries.length), series.length - 1) + 1;
  return { origin, values: kept.values.first(count), steps: kept.steps.first(count) };
}

/** Reads the entries before `end` that were not read yet. */
function readRows(run: Run, key: SeriesKey, end: number): void {
  const series = run[key];
  const { values, absent } = series;
  const steps = run.loggedSteps?.values;
  const kept = keptOf(series.origin);
  for (; kept.upTo < end; kept.upTo++) {
    const i = kept.upTo;
    if (absent?.[i] === 1) continue;
    kept.entries.push(i);
    kept.values.push(values[i]!);
    kept.steps.push(steps?.[i] ?? i + 1);
  }
}

/** Finds the rows of a series, of whose entries some are absent. */
export function rowsPiece(run: Run, key: SeriesKey): Piece {
  const { origin, length, hasAbsent } = run[key];
  const unread = () => Math.max(0, length - keptOf(origin).upTo);
  return {
    left: () => (hasAbsent ? unread() : 0),
    advance: (count) => readRows(run, key, length - Math.max(0, unread() - count)),
  };
}

/** The steps of all rows. */
export const stepsOf = ({ steps, values }: Rows): Float64Array => steps ?? stepsUpTo(values.length);

/** How many entries a run has, whatever of them was logged. */
export const entriesOf = ({ loggedSteps, error, loss }: Run): Series =>
  loggedSteps ?? (error.length > 0 ? error : loss);
