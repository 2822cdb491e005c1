/** What is asked of the loss about nets, and what is answered. */
import * as v from 'valibot';

/** Points on a side of the grid, or on the line. */
export const grids = [5, 9, 17, 25, 33, 51] as const;
/** Training images, the first ones. */
export const imageCounts = [64, 256, 1024] as const;
export const radii = [0.25, 0.5, 1, 2] as const;

const between = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const asked = { grid: between(2, 101), images: between(1, 50_000) };
const seed = between(0, 999_999);

/** What the computation is asked; by command in any size. */
export const landscapeAsked = v.variant('kind', [
  v.strictObject({
    kind: v.literal('plane'),
    ...asked,
    radius: v.pipe(v.number(), v.finite(), v.gtValue(0)),
    seed,
  }),
  /** `step` null: from the first net to the second; else from the kept moment nearest to this step, with which each net is given, to the net. */
  v.strictObject({ kind: v.literal('line'), ...asked, step: v.nullable(v.number()) }),
  v.strictObject({ kind: v.literal('path'), ...asked }),
]);
export type LandscapeAsked = v.InferOutput<typeof landscapeAsked>;

/** What the page asks: what is computed, and how it is drawn. */
export const landscapeQuestion = v.strictObject({
  kind: v.picklist(['plane', 'line', 'path']),
  draw: v.picklist(['contour', 'surface']),
  /** Degrees by which the surface is turned. */
  turn: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(359)),
  grid: v.picklist(grids),
  images: v.picklist(imageCounts),
  radius: v.picklist(radii),
  seed,
  step: v.nullable(v.number()),
});
export type LandscapeQuestion = v.InferOutput<typeof landscapeQuestion>;

export function asksOf({ kind, grid, images, radius, seed: drawn, step }: LandscapeQuestion): LandscapeAsked {
  switch (kind) {
    case 'plane':
      return { kind, grid, images, radius, seed: drawn };
    case 'line':
      return { kind, grid, images, step };
    case 'path':
      return { kind, grid, images };
  }
}

/** Moments of a run that a path is drawn through, besides the net itself. */
export const MOST_MOMENTS = 24;

const values = v.array(v.number());
/** Infinity where the loss is not finite. */
const spot = v.object({ loss: v.number(), error: v.number() });
export type Spot = v.InferOutput<typeof spot>;

/** The loss over a plane. */
const field = v.object({
  x: v.tuple([v.number(), v.number()]),
  y: v.tuple([v.number(), v.number()]),
  /** Row by row, y ascending; 0 where it is not yet known. */
  losses: values,
  errors: values,
  /** What is at the origin of the plane: the net itself. */
  centre: spot,
  /** Where the plane is that of a path: the variance along each direction, and the path. */
  path: v.nullable(
    v.object({
      shares: v.tuple([v.number(), v.number()]),
      /** `step` null: the net itself. Loss and error are the moment's own, off the plane and with its own batch norm. */
      points: v.array(
        v.object({ ...spot.entries, step: v.nullable(v.number()), x: v.number(), y: v.number() }),
      ),
    }),
  ),
});
export type Field = v.InferOutput<typeof field>;
export type PathPoint = NonNullable<Field['path']>['points'][number];

/** The loss along a line. */
const line = v.object({
  /** Null: from net to net; else from the moment of the net after this step to the net. */
  step: v.nullable(v.number()),
  losses: values,
  errors: values,
  /** With batch norm's statistics estimated again on the same images at every point. */
  again: v.object({ losses: values, errors: values }),
});
export type LossLine = v.InferOutput<typeof line>;

export const landscapeAnswer = v.variant('kind', [
  v.object({
    kind: v.literal('fields'),
    grid: v.number(),
    images: v.number(),
    /** Points of each field that are known, in refinementOrder. */
    known: v.number(),
    fields: v.array(field),
  }),
  v.object({
    kind: v.literal('line'),
    images: v.number(),
    /** 0 to 1. */
    at: values,
    /** One from the first net to the second, or one for each net. */
    lines: v.array(line),
  }),
]);
export type LandscapeAnswer = v.InferOutput<typeof landscapeAnswer>;
export type FieldsAnswer = Extract<LandscapeAnswer, { kind: 'fields' }>;
export type LineAnswer = Extract<LandscapeAnswer, { kind: 'line' }>;
