/** A surface over a square, seen from outside in parallel projection. */

export interface Seen {
  readonly x: number;
  readonly y: number;
  /** Away from the eye. */
  readonly depth: number;
}

export interface Projection {
  /** Of a point over the square -1 .. 1, at a height of 0 .. 1. */
  readonly point: (u: number, v: number, height: number) => Seen;
  /** The square's corners, in turn. */
  readonly corners: readonly Seen[];
  /** The middle of that one of the two edges along direction 0 (u) or 1 (v) that is nearer to the eye. */
  readonly edge: (along: 0 | 1) => Seen;
  /** Pixels of height 1. */
  readonly height: number;
}

/** How far the eye is above the square. */
const RAISED = (35 * Math.PI) / 180;
const square = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const;

/** The square turned by so many degrees, with all that is over it, in a square of `size` pixels. */
export function projection(turn: number, left: number, top: number, size: number): Projection {
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // The turned square is at most this wide; so whatever the turn, the picture keeps its scale.
  const unit = size / (2 * Math.SQRT2);
  const height = size - 2 * Math.SQRT2 * unit * Math.sin(RAISED);
  const middle = { x: left + size / 2, y: top + height + Math.SQRT2 * unit * Math.sin(RAISED) };
  const point = (u: number, v: number, high: number): Seen => {
    const depth = u * sin + v * cos;
    return {
      x: middle.x + unit * (u * cos - v * sin),
      y: middle.y - unit * depth * Math.sin(RAISED) - high * height,
      depth,
    };
  };
  const edge = (along: 0 | 1) => {
    const [a, b] = along === 0 ? [point(0, -1, 0), point(0, 1, 0)] : [point(-1, 0, 0), point(1, 0, 0)];
    return a.depth < b.depth ? a : b;
  };
  return { point, corners: square.map(([u, v]) => point(u, v, 0)), edge, height };
}

export interface Quad {
  readonly key: number;
  /** As SVG has them. */
  readonly points: string;
  /** Mean of its corners, 0 to 1. */
  readonly share: number;
}

/** The patches between four neighbours of a grid, the farthest first: what is painted later hides what lies behind. Left out where a corner is not there yet. */
export function quadsOf(
  shares: readonly (number | null)[],
  count: number,
  view: Projection,
): readonly Quad[] {
  const quads: (Quad & { readonly depth: number })[] = [];
  const seen = (column: number, row: number) => {
    const share = shares[row * count + column] ?? null;
    const over = (at: number) => (2 * at) / (count - 1) - 1;
    return share === null ? null : { ...view.point(over(column), over(row), share), share };
  };
  for (let row = 0; row + 1 < count; row++) {
    for (let column = 0; column + 1 < count; column++) {
      const around = [
        seen(column, row),
        seen(column + 1, row),
        seen(column + 1, row + 1),
        seen(column, row + 1),
      ];
      const there = around.filter((one) => one !== null);
      if (there.length < 4) continue;
      quads.push({
        key: row * count + column,
        points: there.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '),
        share: there.reduce((sum, { share }) => sum + share, 0) / 4,
        depth: there.reduce((sum, { depth }) => sum + depth, 0),
      });
    }
  }
  return quads.sort((a, b) => b.depth - a.depth);
}
