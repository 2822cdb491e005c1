import { describe, expect, test } from 'vitest';
import { contourLines, regions, type Place } from './contourLines.ts';
import { lossScale } from './lossScale.ts';
import { projection, quadsOf } from './surface.ts';

const COUNT = 25;
const place: Place = (column, row) => [10 * column, 240 - 10 * row];
/** A bowl about the middle: at column c and row r its value is the distance to the middle over 12. */
const bowl = Array.from({ length: COUNT * COUNT }, (_, at) => Math.hypot((at % COUNT) - 12, Math.floor(at / COUNT) - 12) / 12); // prettier-ignore
const numbersIn = (path: string) => [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const); // prettier-ignore

describe('contours', () => {
  test('the line of a bowl at half its height is a circle about its middle, in pixels (3)', () => {
    const [line] = contourLines(bowl, COUNT, [0.5], place, () => true);
    const inside = numbersIn(line!.path).filter(([x, y]) => x > 5 && x < 235 && y > 5 && y < 235);
    expect(inside.length).toBeGreaterThan(20);
    for (const [x, y] of inside) expect(Math.abs(Math.hypot(x - 120, y - 120) - 60)).toBeLessThan(3);
  });

  test('names stand on their lines, apart, and only where there is room', () => {
    const levels = [0.2, 0.3, 0.4, 0.5, 0.6];
    const lines = contourLines(bowl, COUNT, levels, place, () => true);
    const labels = lines.flatMap(({ label }) => (label ? [label] : []));
    expect(labels.length).toBeGreaterThan(2);
    labels.forEach(([x, y], i) => {
      for (const [a, b] of labels.slice(0, i)) expect(Math.hypot(a - x, b - y)).toBeGreaterThanOrEqual(34);
    });
    expect(contourLines(bowl, COUNT, levels, place, () => false).every(({ label }) => label === null)).toBe(
      true,
    );
  });

  test('a flat field has no line, and regions hold what is at or above their level', () => {
    const flat = bowl.map(() => 0.4);
    expect(contourLines(flat, COUNT, [0.5], place, () => true)[0]).toMatchObject({ path: '', label: null });
    expect(regions(flat, COUNT, [0.3, 0.5], place).map(({ path }) => path.length > 0)).toEqual([true, false]);
  });
});

describe('the scale of losses', () => {
  test('is logarithmic, from the least to the greatest finite loss', () => {
    const { share } = lossScale([0.01, 1, 100, Infinity]);
    [0, 0.25, 0.5, 1].forEach((at, i) => expect(share([0.01, 0.1, 1, 100][i]!)).toBeCloseTo(at, 9));
    expect(share(Infinity)).toBe(1);
    expect(share(1e9)).toBe(1);
  });

  test('of one loss, of none, of zeros and of none that is finite stays a scale', () => {
    for (const losses of [[0.5], [], [0, 0], [Infinity], [0, Infinity]]) {
      const { share, least, greatest } = lossScale(losses);
      expect(greatest).toBeGreaterThan(least);
      for (const loss of [0, 0.5, Infinity]) expect(share(loss) >= 0 && share(loss) <= 1).toBe(true);
    }
  });
});

describe('the surface', () => {
  test.each([0, 30, 45, 135, 359])('turned by %i degrees it stays in its square', (turn) => {
    const view = projection(turn, 100, 50, 300);
    for (const { x, y } of view.corners) {
      for (const [px, py] of [
        [x, y],
        [x, y - view.height],
      ] as const) {
        // prettier-ignore
        expect(px >= 99.9 && px <= 400.1 && py >= 49.9 && py <= 350.1).toBe(true);
      }
    }
  });

  test('its patches come from the back to the front, and those that are not known are left out', () => {
    const view = projection(0, 0, 0, 100);
    const quads = quadsOf([0, 0, 0, 0, 0, 0, 0, 0, 0], 3, view);
    // Not turned, rows go away from the eye.
    expect(quads.map(({ key }) => Math.floor(key / 3))).toEqual([1, 1, 0, 0]);
    expect(quadsOf([null, 0, 0, 0, 0, 0, 0, 0, 1], 3, view).map(({ key }) => key)).toEqual([3, 4, 1]);
    expect(quadsOf([null, 0, 0, 0, 0, 0, 0, 0, 1], 3, view)[1]?.share).toBe(0.25);
  });
});
