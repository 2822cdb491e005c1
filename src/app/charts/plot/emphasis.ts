/** Which lines of a chart are loud. */
import type { Curve } from '../curves/curve.ts';

/** Brought forward; as usual; behind the present experiment; dimmed because others are more. */
export type Emphasis = 'front' | 'loud' | 'behind' | 'quiet';
export type EmphasisOf = (curve: Pick<Curve, 'id' | 'faint'>) => Emphasis;

/** More lines at once are a knot: the others are dimmed, and wait to be brought forward. */
export const MOST_LOUD = 5;

/**
 * One line is brought forward before all others where `front`, its id, is among them; else the first {@link MOST_LOUD} of the present
 * experiment are loud, in their order, so that a line does not change its look while values do.
 */
export function emphasise(curves: readonly Pick<Curve, 'id' | 'faint'>[], front: string | null): EmphasisOf {
  const hasFront = front !== null && curves.some(({ id }) => id === front);
  const loud = new Set(
    curves
      .filter(({ faint }) => !faint)
      .slice(0, MOST_LOUD)
      .map(({ id }) => id),
  );
  return ({ id, faint }) => {
    if (hasFront) return id === front ? 'front' : 'quiet';
    return faint ? 'behind' : loud.has(id) ? 'loud' : 'quiet';
  };
}

const order: readonly Emphasis[] = ['quiet', 'behind', 'loud', 'front'];

/** The curves in the order in which they are drawn: the loudest last, over the others. */
export const inDrawingOrder = <T extends Pick<Curve, 'id' | 'faint'>>(
  curves: readonly T[],
  emphasisOf: EmphasisOf,
): readonly T[] => curves.toSorted((a, b) => order.indexOf(emphasisOf(a)) - order.indexOf(emphasisOf(b)));
