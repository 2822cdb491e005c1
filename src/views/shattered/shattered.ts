/** What is asked of gradients along a line between two images, and what is answered. */
import * as v from 'valibot';
import { IMAGE_SIZE } from '../../model/dataset.ts';

/** How many lines are averaged over, each with its own images, output and, before the first step, weights. */
export const drawCounts = [5, 20, 50] as const;

export const shatteredQuestion = v.strictObject({
  /** Weights drawn anew, as before the first step; or the nets' own at the moment that is looked at. */
  weights: v.picklist(['initial', 'own']),
  draws: v.picklist(drawCounts),
});
export type ShatteredQuestion = v.InferOutput<typeof shatteredQuestion>;

/** Points on a line, its ends with them. */
export const POINTS = 256;
/** Points that two gradients are apart, at most. */
export const LAGS = 40;
/** Numbers of the image whose gradients are drawn as rows of a strip. */
export const ROWS = 24;

// Of a net that diverged none is a number.
const real = v.union([v.number(), v.nan()]);

const correlated = v.object({
  /** By lag, 0 to LAGS, the mean over the draws. */
  mean: v.pipe(v.array(real), v.length(LAGS + 1)),
  /** Standard deviation over the draws; 0 of one. */
  deviation: v.pipe(v.array(real), v.length(LAGS + 1)),
  /** Of the first draw, ROWS numbers of the image by POINTS: row by row, each less its mean and over its deviation. */
  strip: v.custom<Float32Array>((value) => value instanceof Float32Array && value.length === ROWS * POINTS),
});
export type Correlated = v.InferOutput<typeof correlated>;

export const shatteredAnswer = v.object({
  /** Draws that the means are of. */
  draws: v.number(),
  /** The first draw's two test images, uint8 [2, 32, 32, 3]: the ends of the line that strips are of. */
  ends: v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 2 * IMAGE_SIZE),
  nets: v.array(correlated),
  white: correlated,
  brownian: correlated,
});
export type ShatteredAnswer = v.InferOutput<typeof shatteredAnswer>;
