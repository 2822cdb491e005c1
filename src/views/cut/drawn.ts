/** Choices out of some numbers. */
import type { Random } from '../../model/random.ts';

/** `most` different choices of `count` of these numbers; all, where there are no more. */
export function drawn(
  numbers: readonly number[],
  count: number,
  most: number,
  random: Random,
): readonly (readonly number[])[] {
  if (choose(numbers.length, count) <= most) return combinations(numbers, count);
  const found = new Map<string, readonly number[]>();
  while (found.size < most) {
    const places = [...random.permutation(numbers.length).subarray(0, count)].sort((a, b) => a - b);
    found.set(places.join(' '), places.map((place) => numbers[place]!)); // prettier-ignore
  }
  return [...found.values()];
}

/** Rounded: it is a whole number. Past what a number holds it is infinite. */
const choose = (n: number, k: number): number =>
  Math.round(
    Array.from({ length: Math.min(k, n - k) }, (_, i) => (n - i) / (i + 1)).reduce((product, factor) => product * factor, 1), // prettier-ignore
  );

function combinations(numbers: readonly number[], count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  // Behind a later one there would be too few.
  return numbers
    .slice(0, numbers.length - count + 1)
    .flatMap((first, i) => combinations(numbers.slice(i + 1), count - 1).map((rest) => [first, ...rest]));
}
