import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../model/graph.ts';
import { initialParameters, layoutOf } from '../model/parameters.ts';
import { createRandom } from '../model/random.ts';
import {
  evenly,
  fieldSoFar,
  filterNormalisedDirection,
  filterNorms,
  logLevels,
  pathPlane,
  refinementOrder,
  refinementSteps,
  someOf,
} from './landscape.ts';

const graph = buildGraph({ family: 'cifar', depth: 8, block: 'basic', shortcut: 'B', width: 2 });
const layout = layoutOf(graph);
const parameters = initialParameters(graph, layout, createRandom(1));
const direction = (seed: number, net = parameters) =>
  filterNormalisedDirection(graph, layout, net, createRandom(seed));

describe('a direction', () => {
  test('has each filter and each row of the matrix as long as the net has it (1e-5), counted out by its indices', () => {
    const drawn = direction(3);
    for (const slot of layout.trainable.filter(({ role }) => role === 'filter' || role === 'matrix')) {
      const outputs = slot.shape.at(-1)!;
      const inputs = slot.size / outputs;
      for (let o = 0; o < outputs; o++) {
        let [own, its] = [0, 0];
        for (let i = 0; i < inputs; i++) {
          own += parameters[slot.offset + i * outputs + o]! ** 2;
          its += drawn[slot.offset + i * outputs + o]! ** 2;
        }
        expect(Math.abs(its / own - 1)).toBeLessThan(1e-5);
        expect(filterNorms(slot, parameters)[o]).toBeCloseTo(Math.sqrt(own), 6);
      }
    }
  });

  test('leaves batch norm, the bias and the gaps between the slots where they are', () => {
    const drawn = direction(3);
    const moved = new Set(
      layout.trainable
        .filter(({ role }) => role === 'filter' || role === 'matrix')
        .flatMap(({ offset, size }) => Array.from({ length: size }, (_, i) => offset + i)),
    );
    drawn.forEach((value, i) => expect(value !== 0).toBe(moved.has(i)));
  });

  test('is the same for one seed, another for another, and of a filter of zeros it is zero', () => {
    expect(direction(3)).toEqual(direction(3));
    expect(direction(3)).not.toEqual(direction(4));
    const [slot] = layout.trainable;
    const dead = parameters.slice();
    for (let i = 0; i < slot!.size; i += 2) dead[slot!.offset + i] = 0;
    expect([...direction(3, dead).subarray(slot!.offset, slot!.offset + 4)].map((x) => x === 0)).toEqual([true, false, true, false]); // prettier-ignore
  });

  test('nets that share a tensor\u2019s shape share what is drawn for it', () => {
    const deeper = buildGraph({ family: 'cifar', depth: 14, block: 'plain', shortcut: 'A', width: 2 });
    const deeperLayout = layoutOf(deeper);
    const other = initialParameters(deeper, deeperLayout, createRandom(1));
    const [a, b] = [direction(3), filterNormalisedDirection(deeper, deeperLayout, other, createRandom(3))];
    expect(b.subarray(0, 54)).toEqual(a.subarray(0, 54));
  });
});

describe('a grid', () => {
  test('is even, ends where it should, and has an exact zero in its middle', () => {
    expect(evenly(-1, 1, 5)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(evenly(-0.3, 0.3, 25)[12]).toBe(0);
    expect(evenly(0.1, 0.7, 4)[3]).toBe(0.7);
  });

  test('grows finer: 5, 9, 25 points a side, and 6, 11, 51', () => {
    expect(refinementSteps(25)).toEqual([6, 3, 1]);
    expect(refinementSteps(33)).toEqual([8, 4, 2, 1]);
    expect(refinementSteps(51)).toEqual([10, 5, 1]);
    expect(refinementSteps(5)).toEqual([1]);
    expect(refinementSteps(2)).toEqual([1]);
  });

  test.each([2, 3, 5, 8, 9, 12, 17, 25, 33, 51])('of %i a side has every point once', (count) => {
    const order = refinementOrder(count);
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count * count }, (_, i) => i));
  });

  test('an odd one begins with its centre, and its first 25 points are the coarsest grid', () => {
    const order = refinementOrder(25);
    expect(order[0]).toBe(12 * 25 + 12);
    expect(order.slice(0, 25).every((at) => at % 6 === (Math.floor(at / 25) * 25) % 6)).toBe(true);
  });

  test('so far holds what is known, and what lies between it: a plane of numbers is whole from its coarsest grid on', () => {
    const values = Array.from({ length: 81 }, (_, at) => 2 * (at % 9) - 3 * Math.floor(at / 9));
    for (const known of [0, 24]) {
      const order = refinementOrder(9).slice(0, known);
      const field = fieldSoFar(values, 9, known);
      field.forEach((value, at) => expect(value).toBe(order.includes(at) ? values[at] : null));
    }
    for (const known of [25, 40, 81]) {
      const seen = new Set(refinementOrder(9).slice(0, known));
      const given = values.map((value, at) => (seen.has(at) ? value : 0));
      fieldSoFar(given, 9, known).forEach((value, at) => expect(value).toBeCloseTo(values[at]!, 9));
    }
  });

  test('so far, a value that is not finite is no reason for NaN beside it', () => {
    const values = Array.from({ length: 81 }, (_, at) => (at === 0 ? Infinity : 1));
    expect(fieldSoFar(values, 9, 30).some((value) => Number.isNaN(value))).toBe(false);
  });
});

describe('the plane of a path', () => {
  const random = createRandom(5);
  const end = Float32Array.from({ length: layout.trainableLength }, () => random.normal());
  const filter = layout.trainable.find(({ role }) => role === 'filter')!;
  const at = (changes: readonly (readonly [number, number])[]) => {
    const point = end.slice();
    for (const [index, by] of changes) point[filter.offset + index]! += by;
    return point;
  };

  test('of a path in a plane that is known', () => {
    // A cross, and the end in its middle: variance 2 * 9 along entry 0, 2 * 1 along entry 1.
    const points = [at([[0, 3]]), at([[0, -3]]), at([[1, 1]]), at([[1, -1]]), end];
    const { directions, shares, places } = pathPlane(layout, points, end);
    expect(Math.abs(directions[0][filter.offset]!)).toBeCloseTo(1, 5);
    expect(Math.abs(directions[1][filter.offset + 1]!)).toBeCloseTo(1, 5);
    expect(shares[0]).toBeCloseTo(0.9, 5);
    expect(shares[1]).toBeCloseTo(0.1, 5);
    expect(places.map(([x, y]) => [Math.abs(x), Math.abs(y)].map((n) => Math.round(1e4 * n) / 1e4))).toEqual([[3, 0], [3, 0], [0, 1], [0, 1], [0, 0]]); // prettier-ignore
  });

  test('is that of power iteration on the covariance (1e-4)', () => {
    const draw = (size: number) => Float32Array.from(end, (value, i) => (inMoved(i) ? value + size * random.normal() : value)); // prettier-ignore
    const inMoved = (i: number) => i >= filter.offset && i < filter.offset + filter.size;
    const points = [draw(3), draw(2), draw(1), draw(0.5), end];
    const { directions, shares } = pathPlane(layout, points, end);
    const rows = points.map((point) => Array.from(point.subarray(filter.offset, filter.offset + filter.size), (value, i) => value - end[filter.offset + i]!)); // prettier-ignore
    const means = rows[0]!.map((_, c) => rows.reduce((sum, row) => sum + row[c]!, 0) / rows.length);
    let left = rows.map((row) => row.map((value, c) => value - means[c]!));
    const total = left.flat().reduce((sum, value) => sum + value * value, 0);
    for (const k of [0, 1] as const) {
      let vector = means.map((_, c) => Math.sin(c + 1));
      for (let i = 0; i < 2000; i++) {
        const scores = left.map((row) => row.reduce((sum, value, c) => sum + value * vector[c]!, 0));
        vector = vector.map((_, c) => left.reduce((sum, row, r) => sum + row[c]! * scores[r]!, 0));
        const length = Math.hypot(...vector);
        vector = vector.map((value) => value / length);
      }
      const scores = left.map((row) => row.reduce((sum, value, c) => sum + value * vector[c]!, 0));
      const cosine = vector.reduce((sum, value, c) => sum + value * directions[k][filter.offset + c]!, 0);
      expect(Math.abs(cosine)).toBeGreaterThan(1 - 1e-4);
      expect(shares[k]).toBeCloseTo(scores.reduce((sum, score) => sum + score * score, 0) / total, 4);
      left = left.map((row, r) => row.map((value, c) => value - scores[r]! * vector[c]!));
    }
  });

  test('does not see batch norm and biases, and a line or a point has none', () => {
    const affine = layout.trainable.find(({ role }) => role === 'affine')!;
    const other = at([[0, 1]]);
    other[affine.offset] = 1000;
    const { directions } = pathPlane(layout, [other, at([[1, 2]]), end], end);
    expect(directions[0][affine.offset]).toBe(0);
    for (const points of [
      [at([[0, 1]]), at([[0, 2]]), end],
      [end, end],
      [at([[0, 1]]), end],
    ]) {
      expect(() => pathPlane(layout, points, end)).toThrow(RangeError);
    }
  });
});

test('some of many are spread evenly, with both ends; few stay as they are', () => {
  expect(someOf([1, 2, 3], 5)).toEqual([1, 2, 3]);
  expect(someOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 3)).toEqual([0, 5, 10]);
});

test('levels are round numbers between two ends, and not too many', () => {
  expect(logLevels(0.15, 30, 12)).toEqual([0.2, 0.5, 1, 2, 5, 10, 20]);
  expect(logLevels(1e-4, 1e6, 12)).toEqual([1e-3, 0.01, 0.1, 1, 10, 100, 1e3, 1e4, 1e5]);
  expect(logLevels(2.1, 5.2, 9)).toEqual([2.5, 3, 4, 5]);
  expect(logLevels(0.1, 4, 9)).toEqual([0.15, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3]);
  expect(logLevels(1, 1, 12)).toEqual([]);
  fc.assert(
    fc.property(
      fc.double({ min: -8, max: 8, noNaN: true }),
      fc.double({ min: 0.01, max: 12, noNaN: true }),
      (from, span) => {
        const levels = logLevels(10 ** from, 10 ** (from + span), 9);
        expect(levels.length).toBeLessThanOrEqual(9);
        for (const level of levels) expect(level > 10 ** from && level < 10 ** (from + span)).toBe(true);
      },
    ),
  );
});
