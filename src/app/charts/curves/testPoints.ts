/** The values on the test images, as points of a chart. */
import { Extrema } from '../../../insights/extrema.ts';
import { Growing } from '../../../insights/growing.ts';
import type { XAxis } from '../../state/chartView.ts';
import type { CurveSource } from '../sources/curveSources.ts';
import type { Run } from '../../state/run.ts';
import { average } from './derive.ts';
import type { Piece } from './piece.ts';
import { placesOf, type Places } from './places.ts';
import { rowsOf } from './rows.ts';
import { lastIndexUpTo } from './steps.ts';
import type { CurveView, TestPoint } from './curve.ts';
import { quantityRow, type Quantity, type QuantityRow } from '../quantities.ts';

type Runs = CurveSource['runs'];
type Test = NonNullable<QuantityRow['test']>;

/** In the order of their steps; of several runs their mean, where all of them were tested. */
export function testPoints(runs: Runs, quantity: Quantity, view: CurveView): readonly TestPoint[] {
  const { test } = quantityRow(quantity);
  if (!test) return [];
  const places = placesOf(runs, view.x);
  if (!places) return [];
  const [first, ...others] = runs;
  if (others.length > 0) return meanPoints(runs, test, view, places);
  const kept = keptFor(first, quantity, view);
  advanceKept(kept, first, test, view, places, Infinity);
  return kept.points;
}

/** The points of one run, which may have as many tests as rows. */
export function testsPiece(run: Run, quantity: Quantity, test: Test, view: CurveView): Piece {
  const kept = keptFor(run, quantity, view);
  return {
    left: () => run.evaluations.length - kept.upTo,
    advance: (count) => {
      const places = placesOf([run], view.x);
      if (places) advanceKept(kept, run, test, view, places, count);
      else kept.upTo = run.evaluations.length;
    },
  };
}

/** The extremes of the points' values, where they were computed with them; else there are too few to need them. */
export const extremaOfTests = (points: readonly TestPoint[]): Extrema | null => extremaOf.get(points) ?? null;

const extremaOf = new WeakMap<readonly TestPoint[], Extrema>();

/** Fewer are looked through faster than their extremes are made. */
const FEW = 4096;

interface Kept {
  readonly axis: XAxis;
  readonly smoothing: number;
  /** Evaluations that were looked at. */
  upTo: number;
  readonly points: TestPoint[];
  readonly values: Growing;
}

/** A run that has got further is another object: of one that stays as it is the points stay, too. */
const keptOf = new WeakMap<Run, Map<Quantity, Kept>>();

function keptFor(run: Run, quantity: Quantity, { x, smoothing }: CurveView): Kept {
  let ofRun = keptOf.get(run);
  if (!ofRun) keptOf.set(run, (ofRun = new Map<Quantity, Kept>()));
  let kept = ofRun.get(quantity);
  const hasSmoothed = quantityRow(quantity).test?.minusTraining === true;
  if (kept?.axis !== x || (hasSmoothed && kept.smoothing !== smoothing)) {
    kept = { axis: x, smoothing, upTo: 0, points: [], values: new Growing() };
    ofRun.set(quantity, kept);
  }
  return kept;
}

function advanceKept(
  kept: Kept,
  run: Run,
  test: Test,
  { smoothing }: CurveView,
  places: Places,
  count: number,
): void {
  const { evaluations } = run;
  const { points, values } = kept;
  const end = Math.min(evaluations.length, kept.upTo + count);
  if (kept.upTo === end) return;
  const trained = test.minusTraining ? trainedBy(run, test, smoothing) : null;
  for (; kept.upTo < end; kept.upTo++) {
    const evaluation = evaluations[kept.upTo]!;
    const tested = evaluation[test.value];
    if (tested === null) continue;
    const { step, images } = evaluation;
    const y = tested - (trained ? trained(step) : 0);
    if (trained && !Number.isFinite(y)) continue;
    points.push({ step, x: places.of(step), y, images, std: null });
    values.push(y);
  }
  if (values.length <= FEW) return;
  let extrema = extremaOf.get(points);
  if (!extrema) extremaOf.set(points, (extrema = new Extrema()));
  extrema.extend(values.first(values.length));
}

function meanPoints(runs: Runs, test: Test, { smoothing }: CurveView, places: Places): readonly TestPoint[] {
  const trained = test.minusTraining ? runs.map((run) => trainedBy(run, test, smoothing)) : null;
  // Of two tests at a step the first counts.
  const byStep = runs.map((run) => new Map(run.evaluations.toReversed().map((one) => [one.step, one])));
  return runs[0].evaluations.flatMap(({ step, images }): readonly TestPoint[] => {
    const values = byStep.flatMap((tests, i) => {
      const tested = tests.get(step)?.[test.value] ?? null;
      return tested === null ? [] : [tested - (trained ? trained[i]!(step) : 0)];
    });
    if (values.length < runs.length) return [];
    const y = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - y) ** 2, 0);
    const std = Math.sqrt(squares / (values.length - 1));
    return trained && !Number.isFinite(y) ? [] : [{ step, x: places.of(step), y, images, std }];
  });
}

/** The smoothed training value at the last row up to a step; NaN before the first. */
function trainedBy(run: Run, { value }: Test, smoothing: number): (step: number) => number {
  const rows = rowsOf(run, value);
  const { values } = average([rows], smoothing);
  return (step) => values[rows.steps ? lastIndexUpTo(rows.steps, step) : step - 1] ?? NaN;
}
