import { Growing } from '../../../insights/growing.ts';

const counted = new Growing();

/** The numbers 1, 2, 3 ... `length`. */
export function stepsUpTo(length: number): Float64Array {
  while (counted.length < length) counted.push(counted.length + 1);
  return counted.first(length);
}

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
