/** Where the steps of runs lie on the horizontal axis. */
import { Growing } from '../../../insights/growing.ts';
import type { XAxis } from '../../store/chartView.ts';
import type { CurveSource } from '../../store/curveSources.ts';
import type { Run } from '../../store/run.ts';
import { average } from './derive.ts';
import { perOrigin } from './perOrigin.ts';
import { entriesOf, rowsOf, stepsOf, type Rows, type SeriesKey } from './rows.ts';
import { lastIndexUpTo } from './steps.ts';

export interface Places {
  /** Of any step; between those whose place was logged, and beyond them, as near as is known. */
  readonly of: (step: number) => number;
  /** Of ascending steps; without copying where they are all that have places. */
  readonly all: (steps: Float64Array) => Float64Array;
}

const seriesOfAxis = {
  step: null,
  epoch: 'epoch',
  training: 'trainingSeconds',
  wall: 'wallSeconds',
} as const satisfies Record<XAxis, SeriesKey | null>;

/** Null if that was not recorded. */
export function placesOf(runs: CurveSource['runs'], axis: XAxis): Places | null {
  const key = seriesOfAxis[axis];
  if (key === null) return { of: (step) => step, all: (steps) => steps };
  if (runs.some((run) => run[key].length < entriesOf(run).length)) return null;
  const [first, ...others] = runs;
  if (others.length === 0 && (first.imported || first.loggedSteps)) return loggedPlaces(first, key);
  const rows = [rowsOf(first, key), ...others.map((run) => rowsOf(run, key))] as const;
  const { values } = average(rows, null);
  const of = (step: number) => (step <= 0 ? 0 : (values[Math.min(step, values.length) - 1] ?? 0));
  return { of, all: (steps) => prefixOf(null, values, steps) ?? steps.map(of) };
}

/** Of the given places those of `steps`, if they begin with them. */
function prefixOf(
  known: Float64Array | null,
  places: Float64Array,
  steps: Float64Array,
): Float64Array | null {
  const { length } = steps;
  if (length === 0) return places.subarray(0, 0);
  // Steps ascend: as many of them up to the same last one are the same ones only where there is one for each.
  const isEvery = steps[length - 1] === length && length <= places.length;
  if (isEvery && (known === null || known[length - 1] === length)) return places.subarray(0, length);
  return null;
}

const keptOf = perOrigin((): { length: number; steps: Float64Array; places: Float64Array } => ({
  length: -1,
  steps: new Float64Array(0),
  places: new Float64Array(0),
}));

/** Of a log, which may say them rarely: linear between two that it says, and on in the same way beyond them. */
function loggedPlaces(run: Run, key: SeriesKey): Places | null {
  const kept = keptOf(run[key].origin);
  const rows = rowsOf(run, key);
  if (kept.length !== rows.values.length) Object.assign(kept, known(rows), { length: rows.values.length });
  const { steps, places } = kept;
  if (steps.length === 0) return null;
  /** By the last known place that is not beyond the step. */
  const from = (index: number, step: number) => {
    if (steps[index] === step) return places[index]!;
    // Before the first: from the beginning of the run. Beyond the last: as between the last two.
    const a = Math.min(index, steps.length - 2);
    const [s0, p0] = a < 0 ? [0, 0] : [steps[a]!, places[a]!];
    const [s1, p1] = [steps[a < 0 ? 0 : a + 1]!, places[a < 0 ? 0 : a + 1]!];
    return p0 + ((step - s0) / (s1 - s0)) * (p1 - p0);
  };
  return {
    of: (step) => (step <= 0 ? 0 : from(lastIndexUpTo(steps, step), step)),
    all: (wanted) => {
      const prefix = prefixOf(steps, places, wanted);
      if (prefix) return prefix;
      let index = -1;
      return wanted.map((step) => {
        while (index + 1 < steps.length && steps[index + 1]! <= step) index++;
        return from(index, step);
      });
    },
  };
}

/** What is known: numbers, and none before an earlier one, as where a clock was set back. */
function known(rows: Rows) {
  const [steps, places] = [new Growing(), new Growing()];
  const all = stepsOf(rows);
  let last = 0;
  for (let i = 0; i < rows.values.length; i++) {
    const place = rows.values[i]!;
    if (!Number.isFinite(place)) continue;
    last = Math.max(last, place);
    steps.push(all[i]!);
    places.push(last);
  }
  return { steps: steps.first(steps.length), places: places.first(places.length) };
}
