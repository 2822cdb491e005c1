/** Where the steps of runs lie on the horizontal axis. */
import { Growing } from '../../../insights/growing.ts';
import type { XAxis } from '../../state/chartView.ts';
import type { CurveSource } from '../sources/curveSources.ts';
import type { Run } from '../../state/run.ts';
import { average, derivePiece } from './derive.ts';
import { perOrigin } from './perOrigin.ts';
import type { Piece } from './piece.ts';
import { entriesOf, rowsOf, rowsPiece, stepsOf, type SeriesKey } from './rows.ts';
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
  if (others.length === 0 && isLogged(first)) return loggedPlaces(first, key);
  const rows = [rowsOf(first, key), ...others.map((run) => rowsOf(run, key))] as const;
  const { values } = average(rows, null);
  const of = (step: number) => (step <= 0 ? 0 : (values[Math.min(step, values.length) - 1] ?? 0));
  return { of, all: (steps) => prefixOf(null, values, steps) ?? steps.map(of) };
}

/** Its places may have been said rarely. */
const isLogged = (run: Run) => run.origin !== 'here' || run.loggedSteps !== null;

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

const keptOf = perOrigin(() => ({ upTo: 0, last: 0, steps: new Growing(), places: new Growing() }));

/** Of a log, which may say them rarely: linear between two that it says, and on in the same way beyond them. */
function loggedPlaces(run: Run, key: SeriesKey): Places | null {
  const { steps, places } = known(run, key, Infinity);
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

/** What is known: numbers, and none before an earlier one, as where a clock was set back. Of `count` rows more than were looked at. */
function known(run: Run, key: SeriesKey, count: number) {
  const rows = rowsOf(run, key);
  const kept = keptOf(rows.origin);
  const all = stepsOf(rows);
  const end = Math.min(rows.values.length, kept.upTo + count);
  for (; kept.upTo < end; kept.upTo++) {
    const place = rows.values[kept.upTo]!;
    if (!Number.isFinite(place)) continue;
    kept.last = Math.max(kept.last, place);
    kept.steps.push(all[kept.upTo]!);
    kept.places.push(kept.last);
  }
  // An older look at a run that has grown since knows fewer.
  const steps = kept.steps.first(kept.steps.length);
  const length = lastIndexUpTo(steps, all.at(-1) ?? 0) + 1;
  return { steps: steps.subarray(0, length), places: kept.places.first(length) };
}

/** Finds the places of runs on the axis. */
export function placesPieces(runs: CurveSource['runs'], axis: XAxis): readonly Piece[] {
  const key = seriesOfAxis[axis];
  if (key === null) return [];
  const [first, ...others] = runs;
  if (others.length > 0 || !isLogged(first))
    return runs.flatMap((run) => [rowsPiece(run, key), derivePiece(run, key, null)]);
  const { origin } = first[key];
  return [
    rowsPiece(first, key),
    {
      left: () => Math.max(0, rowsOf(first, key).values.length - keptOf(origin).upTo),
      advance: (count) => void known(first, key, count),
    },
  ];
}
