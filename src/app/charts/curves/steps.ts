import { Growing } from '../../../insights/growing.ts';
import type { Piece } from './piece.ts';

const counted = new Growing();

/** The numbers 1, 2, 3 ... `length`. */
export function stepsUpTo(length: number): Float64Array {
  while (counted.length < length) counted.push(counted.length + 1);
  return counted.first(length);
}

/** Counts on until {@link stepsUpTo} knows `length` of them. */
export const countPiece = (length: number): Piece => ({
  left: () => Math.max(0, length - counted.length),
  advance: (count) => void stepsUpTo(Math.min(length, counted.length + count)),
});

/** The index of the last of ascending `places` that is not beyond `place`; -1 if all are. */
export function lastIndexUpTo(places: ArrayLike<number>, place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
