/** Derives what charts draw of long runs piece by piece, so that no task of the page is long. */
import type { CurveSource } from '../sources/curveSources.ts';
import type { Run } from '../../state/run.ts';
import { derivePiece } from './derive.ts';
import { marksPiece } from './marks.ts';
import type { Piece } from './piece.ts';
import { placesPieces } from './places.ts';
import { rowsPiece, type SeriesKey } from './rows.ts';
import { countPiece } from './steps.ts';
import { testsPiece } from './testPoints.ts';
import type { CurveView } from './curve.ts';
import { quantityRow, type Quantity } from '../quantities.ts';

/** Values of a slice: a few milliseconds. */
const SLICE = 32_768;

/** All that the curves of a quantity are made of, each after what it needs. */
function piecesOf(sources: readonly CurveSource[], quantity: Quantity, view: CurveView): readonly Piece[] {
  const { test } = quantityRow(quantity);
  return sources.flatMap(({ runs }) => [
    ...runs.flatMap((run) => linePieces(run, quantity, view)),
    ...placesPieces(runs, view.x),
    ...(runs.length === 1 && test ? [testsPiece(runs[0], quantity, test, view)] : []),
  ]);
}

function linePieces(run: Run, quantity: Quantity, { smoothing }: CurveView): readonly Piece[] {
  const { line, test } = quantityRow(quantity);
  return [
    // A value a pack: never many.
    ...(line?.per === 'step' ? seriesPieces(run, line.series, line.smoothed ? smoothing : null) : []),
    ...(line?.per === 'step' && line.smoothed ? [rowsPiece(run, 'learningRate'), marksPiece(run)] : []),
    ...(test?.minusTraining ? seriesPieces(run, test.value, smoothing) : []),
  ];
}

const seriesPieces = (run: Run, key: SeriesKey, weight: number | null): readonly Piece[] => [
  rowsPiece(run, key),
  derivePiece(run, key, weight),
  ...(run.loggedSteps ? [] : [countPiece(run[key].length)]),
];

/** Values that are still to be computed for a quantity, at most. */
export const undoneOf = (sources: readonly CurveSource[], quantity: Quantity, view: CurveView): number =>
  piecesOf(sources, quantity, view).reduce((sum, piece) => sum + piece.left(), 0);

/**
 * Computes them a slice a task, and calls back when all are there. The function that it gives ends it. `later` calls back with
 * a task of its own.
 */
export function deriveInSlices(
  sources: readonly CurveSource[],
  quantity: Quantity,
  view: CurveView,
  done: () => void,
  later: (slice: () => void) => void = (slice) => void setTimeout(slice),
): () => void {
  const pieces = [...piecesOf(sources, quantity, view)];
  let isWanted = true;
  const slice = () => {
    if (!isWanted) return;
    for (let left = SLICE; pieces[0] && left > 0;) {
      const before = pieces[0].left();
      if (before === 0) {
        pieces.shift();
        continue;
      }
      pieces[0].advance(left);
      left -= Math.max(1, before - pieces[0].left());
    }
    if (pieces[0]) later(slice);
    else done();
  };
  later(slice);
  return () => {
    isWanted = false;
  };
}
