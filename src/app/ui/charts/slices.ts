/** Derives what charts draw of long runs piece by piece, so that no task of the page is long. */
import type { CurveSource } from '../../store/curveSources.ts';
import type { Quantity } from './curves.ts';
import { advance, undone } from './derive.ts';
import { rowsOf, type Rows, type SeriesKey } from './rows.ts';

/** Of a quantity's own line, and of what it is made of. */
const seriesOf: Readonly<Record<Quantity, SeriesKey | null>> = {
  error: 'error',
  loss: 'loss',
  gap: 'error',
  rate: 'learningRate',
  speed: null,
};

/** Values of a slice: about two milliseconds. */
const SLICE = 32_768;

const rowsNeeded = (sources: readonly CurveSource[], quantity: Quantity): readonly Rows[] => {
  const key = seriesOf[quantity];
  return key === null ? [] : sources.flatMap(({ runs }) => runs.map((run) => rowsOf(run, key)));
};

/** Values that are still to be computed for a quantity. */
export const undoneOf = (sources: readonly CurveSource[], quantity: Quantity, smoothing: number): number =>
  rowsNeeded(sources, quantity).reduce((sum, rows) => sum + undone(rows, weightOf(quantity, smoothing)), 0);

/** A rate is drawn as it is. */
const weightOf = (quantity: Quantity, smoothing: number) => (quantity === 'rate' ? null : smoothing);

/**
 * Computes them a slice a task, and calls back when all are there. The function that it gives ends it. `later` calls back with
 * a task of its own.
 */
export function deriveInSlices(
  sources: readonly CurveSource[],
  quantity: Quantity,
  smoothing: number,
  done: () => void,
  later: (slice: () => void) => void = (slice) => void setTimeout(slice),
): () => void {
  const left = [...rowsNeeded(sources, quantity)];
  const weight = weightOf(quantity, smoothing);
  let isWanted = true;
  const slice = () => {
    if (!isWanted) return;
    while (left[0] && undone(left[0], weight) === 0) left.shift();
    if (!left[0]) {
      done();
      return;
    }
    advance(left[0], weight, SLICE);
    later(slice);
  };
  later(slice);
  return () => {
    isWanted = false;
  };
}
