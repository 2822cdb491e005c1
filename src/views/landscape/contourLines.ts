/** Level lines of a grid of shares, as paths in pixels. */
import { contours } from 'd3-contour';

type Ring = readonly (readonly [number, number])[];

export interface ContourLine {
  readonly level: number;
  readonly path: string;
  /** Where its name stands; null where there is no room for it. */
  readonly label: readonly [number, number] | null;
}

/** Pixels of a value's place in its grid. */
export type Place = (column: number, row: number) => readonly [number, number];

/** Pixels between names of lines. */
const APART = 34;

/** The regions at or above each level, as d3-contour has them: a level's region lies on that of the level before. */
export function regions(
  shares: readonly number[],
  count: number,
  levels: readonly number[],
  place: Place,
): readonly { readonly level: number; readonly path: string }[] {
  return ringsOf(shares, count, levels, place).map(({ level, rings }) => ({
    level,
    path: rings.map(pathOf).join(''),
  }));
}

/** The lines at the levels; names stand where `isIn` says that there is room. */
export function contourLines(
  shares: readonly number[],
  count: number,
  levels: readonly number[],
  place: Place,
  isIn: (x: number, y: number) => boolean,
): readonly ContourLine[] {
  const taken: (readonly [number, number])[] = [];
  return ringsOf(shares, count, levels, place).map(({ level, rings }) => {
    const longest = rings.toSorted((a, b) => b.length - a.length)[0] ?? [];
    const free = longest.filter(
      ([x, y]) => isIn(x, y) && taken.every(([a, b]) => Math.hypot(a - x, b - y) >= APART),
    );
    // Half way round, so that lines about one centre have their names side by side and not on top of each other.
    const label = free[Math.floor(free.length / 2)] ?? null;
    if (label) taken.push(label);
    return { level, path: rings.map(pathOf).join(''), label };
  });
}

function ringsOf(shares: readonly number[], count: number, levels: readonly number[], place: Place) {
  const made = contours()
    .size([count, count])
    .thresholds([...levels])([...shares]);
  return made.map(({ value, coordinates }) => ({
    level: value,
    // d3-contour has the value of column 0 at 0.5.
    rings: coordinates.flat().map((ring): Ring => ring.map(([x = 0, y = 0]) => place(x - 0.5, y - 0.5))),
  }));
}

const pathOf = (ring: Ring) => `M${ring.map(([x, y]) => `${round(x)},${round(y)}`).join('L')}Z`;
const round = (pixels: number) => Math.round(10 * pixels) / 10;
