/** The rows of a series in which something was logged: a curve that was logged rarely has few points, and no holes. */
import { Growing } from '../../../insights/growing.ts';
import type { Run } from '../../store/run.ts';
import type { Series } from '../../store/series.ts';
import { perOrigin } from './perOrigin.ts';
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
  const kept = keptOf(origin);
  for (; kept.upTo < series.length; kept.upTo++) {
    const i = kept.upTo;
    if (series.isAbsent(i)) continue;
    kept.entries.push(i);
    kept.values.push(series.at(i)!);
    kept.steps.push(run.loggedSteps?.at(i) ?? i + 1);
  }
  // An older look at a series that has grown since sees fewer rows.
  const count = lastIndexUpTo(kept.entries.first(kept.entries.length), series.length - 1) + 1;
  return { origin, values: kept.values.first(count), steps: kept.steps.first(count) };
}

/** The steps of all rows. */
export const stepsOf = ({ steps, values }: Rows): Float64Array => steps ?? stepsUpTo(values.length);

/** How many entries a run has, whatever of them was logged. */
export const entriesOf = ({ loggedSteps, error, loss }: Run): Series =>
  loggedSteps ?? (error.length > 0 ? error : loss);
