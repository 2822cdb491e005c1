import type { Curve } from '../curves/curve.ts';
import { xAt, yOf, type ChartLayout } from '../plot/layout.ts';

/** Pixels above or below a line within which it is pointed at. */
const NEAR = 9;

/** The id of the curve whose line, of training or of tests, lies at a pixel of the chart; null where none does. */
export function lineAt(
  curves: readonly Curve[],
  layout: ChartLayout,
  [x, y]: readonly [number, number],
): string | null {
  if (x < layout.left || x > layout.width - layout.right) return null;
  const place = xAt(layout, x);
  let [nearest, least]: [string | null, number] = [null, NEAR];
  for (const curve of curves) {
    const { x: places, smoothed, test } = curve;
    const heights = [
      between(places.length, (i) => places[i]!, (i) => smoothed[i]!, place),
      between(test.length, (i) => test[i]!.x, (i) => test[i]!.y, place),
    ]; // prettier-ignore
    for (const height of heights) {
      const distance = height === null ? Infinity : Math.abs(yOf(layout, height) - y);
      if (distance < least) [nearest, least] = [curve.id, distance];
    }
  }
  return nearest;
}

/** The value at a place between two that are known, of as many as `length`; null outside of them. */
function between(
  length: number,
  placeOf: (i: number) => number,
  valueOf: (i: number) => number,
  place: number,
): number | null {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(middle) <= place) low = middle + 1;
    else high = middle;
  }
  if (low === 0 || low === length) return null;
  const [x0, x1] = [placeOf(low - 1), placeOf(low)];
  return valueOf(low - 1) + ((place - x0) / (x1 - x0)) * (valueOf(low) - valueOf(low - 1));
}
