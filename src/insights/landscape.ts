/**
 * The loss about a net, in numbers that need no device: directions to go in, grids that grow finer, and the plane of a training's path.
 * Source: Li et al. 2018, "Visualizing the Loss Landscape of Neural Nets", and their program, loss-landscape.
 */
import type { Graph } from '../model/graph.ts';
import { namedTensors, type Layout, type Slot } from '../model/parameters.ts';
import type { Random } from '../model/random.ts';
import { symmetricEigen } from './symmetricEigen.ts';

/** As the authors' program has it: no filter of zeros divides by zero. */
const EPSILON = 1e-10;

/** Tensors of more than one dimension; the others, batch norm's scale and shift and the bias, are zero in every direction. */
const isMoved = ({ role }: Slot): boolean => role === 'filter' || role === 'matrix';

/**
 * A random direction `[trainableLength]` from the net `parameters`: normal, and each output channel's filter (each row of the matrix) as
 * long as the net's own. The numbers of a tensor are drawn under its name, so nets that share a tensor's shape share them before that.
 */
export function filterNormalisedDirection(
  graph: Graph,
  layout: Layout,
  parameters: Float32Array,
  random: Random,
): Float32Array {
  const direction = new Float32Array(layout.trainableLength);
  for (const slot of layout.trainable.filter(isMoved)) {
    const stream = random.fork(namedTensors(graph, slot)[0]!.name);
    for (let i = 0; i < slot.size; i++) direction[slot.offset + i] = stream.normal();
    const own = filterNorms(slot, parameters);
    const drawn = filterNorms(slot, direction);
    const outputs = own.length;
    for (let i = 0; i < slot.size; i++) {
      direction[slot.offset + i]! *= own[i % outputs]! / (drawn[i % outputs]! + EPSILON);
    }
  }
  return direction;
}

/** L2 norm of each output channel's filter, in the part of a flat array that is `slot`'s. */
export function filterNorms(slot: Slot, flat: Float32Array): Float64Array {
  const norms = new Float64Array(slot.shape.at(-1)!);
  for (let i = 0; i < slot.size; i++) norms[i % norms.length]! += flat[slot.offset + i]! ** 2;
  return norms.map(Math.sqrt);
}

/** `count` numbers from one to another, evenly; between -1 and 1 an odd count has an exact zero in its middle. */
export const evenly = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => {
    if (i === count - 1) return to;
    return i === 0 ? from : (from * (count - 1 - i) + to * i) / (count - 1);
  });

/** Fewest intervals of the coarsest grid. */
const COARSEST = 4;

/** How far apart the points of each of the grids are, coarsest first, that lead to one of `count` points a side; the last is 1. */
export function refinementSteps(count: number): readonly number[] {
  const intervals = count - 1;
  let step = 1;
  for (let s = 2; intervals / s >= COARSEST; s++) if (intervals % s === 0) step = s;
  const steps = [step];
  while (step > 1) {
    let factor = 2;
    while (step % factor !== 0) factor++;
    steps.push((step /= factor));
  }
  return steps;
}

/** Every point (row * count + column) of a grid once: those of coarser grids first, and of one grid from the centre outwards. */
export function refinementOrder(count: number): readonly number[] {
  const centre = (count - 1) / 2;
  const far = (at: number) => Math.hypot(Math.floor(at / count) - centre, (at % count) - centre);
  const seen = new Set<number>();
  for (const step of refinementSteps(count)) {
    const fresh: number[] = [];
    for (let row = 0; row < count; row += step) {
      for (let column = 0; column < count; column += step) {
        const at = row * count + column;
        if (!seen.has(at)) fresh.push(at);
      }
    }
    for (const at of fresh.sort((a, b) => far(a) - far(b))) seen.add(at);
  }
  return [...seen];
}

/** The values of a grid, of which the first `known` of refinementOrder are there, with the others between their neighbours on the finest whole grid; null where not even that is. */
export function fieldSoFar(
  values: readonly number[],
  count: number,
  known: number,
): readonly (number | null)[] {
  if (known >= count * count) return values;
  const step = refinementSteps(count).findLast((one) => ((count - 1) / one + 1) ** 2 <= known);
  const isKnown = new Set(refinementOrder(count).slice(0, known));
  return values.map((value, at) => {
    if (isKnown.has(at)) return value;
    return step === undefined ? null : between(values, count, step, Math.floor(at / count), at % count);
  });
}

function between(
  values: readonly number[],
  count: number,
  step: number,
  row: number,
  column: number,
): number {
  const [r, c] = [row, column].map((at) => Math.min(Math.floor(at / step) * step, count - 1 - step)) as [number, number]; // prettier-ignore
  const [down, right] = [(row - r) / step, (column - c) / step];
  const at = (y: number, x: number, share: number) => (share === 0 ? 0 : share * values[y * count + x]!);
  return (
    at(r, c, (1 - down) * (1 - right)) +
    at(r, c + step, (1 - down) * right) +
    at(r + step, c, down * (1 - right)) +
    at(r + step, c + step, down * right)
  );
}

/** The plane of a path. */
export interface PathPlane {
  /** Two directions of length one, at right angles. */
  readonly directions: readonly [Float32Array, Float32Array];
  /** The share of the path's variance that goes along each, 0 to 1. */
  readonly shares: readonly [number, number];
  /** Where each point of the path lies, seen from `end`. */
  readonly places: readonly (readonly [number, number])[];
}

/**
 * The first two principal directions of a training's path, `points` (flat parameters, `end` among them), as the authors take them: of the
 * differences to `end`, batch norm's and biases' entries left out. By the Gram matrix of the differences, since there are few of them. Throws
 * RangeError where the path is a line or a point.
 */
export function pathPlane(layout: Layout, points: readonly Float32Array[], end: Float32Array): PathPlane {
  const slots = layout.trainable.filter(isMoved);
  const differences = points.map((point) => {
    const difference = new Float32Array(end.length);
    for (const { offset, size } of slots) {
      for (let i = offset; i < offset + size; i++) difference[i] = point[i]! - end[i]!;
    }
    return difference;
  });
  const gram = differences.map((a, i) => differences.map((b, j) => (j <= i ? dot(a, b) : 0)));
  gram.forEach((row, i) => row.forEach((_, j) => (row[j] = gram[Math.max(i, j)]![Math.min(i, j)]!)));
  const { values, vectors } = symmetricEigen(centred(gram));
  const total = values.reduce((sum, value) => sum + Math.max(value, 0), 0);
  const [first = 0, second = 0] = values;
  // Float32 differences leave so much of a line.
  if (!(second > 1e-9 * total))
    throw new RangeError('The kept moments lie on a line or are all the same: their path has no plane.');
  const along = (k: 0 | 1) => {
    const vector = vectors[k]!;
    const mean = vector.reduce((sum, weight) => sum + weight, 0) / vector.length;
    const direction = new Float32Array(end.length);
    differences.forEach((difference, i) => {
      const weight = (vector[i]! - mean) / Math.sqrt(values[k]!);
      for (let p = 0; p < direction.length; p++) direction[p]! += weight * difference[p]!;
    });
    return direction;
  };
  const directions = [along(0), along(1)] as const;
  return {
    directions,
    shares: [first / total, second / total],
    places: differences.map((difference) => [dot(difference, directions[0]), dot(difference, directions[1])]),
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The Gram matrix of the same vectors less their mean. */
function centred(gram: readonly (readonly number[])[]): number[][] {
  const n = gram.length;
  const means = gram.map((row) => row.reduce((sum, value) => sum + value, 0) / n);
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  return gram.map((row, i) => row.map((value, j) => value - means[i]! - means[j]! + mean));
}

/** At most `most` of some items, evenly, the first and the last among them. */
export function someOf<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return evenly(0, items.length - 1, most).map((at) => items[Math.round(at)]!);
}

/** From many to few: what of each power of ten is a level. */
const FACTORS = [[1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8], [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1]] as const;

/** Round numbers strictly between two positive ones, as evenly on a logarithmic scale as they can be; at most `most`. */
export function logLevels(least: number, greatest: number, most: number): readonly number[] {
  const levels = (factors: readonly number[]) => {
    const found: number[] = [];
    for (let power = Math.floor(Math.log10(least)); power <= Math.log10(greatest); power++) {
      for (const factor of factors) {
        // As it is written: 3 * 0.1 would be more than 0.3.
        const level = Number(`${factor}e${power}`);
        if (level > least && level < greatest) found.push(level);
      }
    }
    return found;
  };
  for (const factors of FACTORS) {
    const found = levels(factors);
    if (found.length <= most) return found;
  }
  return someOf(levels([1]), most);
}
