/** What is asked of a net block by block, and what is answered. */
import * as v from 'valibot';

/** Training images that probes are fitted to. */
export const trainCounts = [1_000, 5_000] as const;
/** Test images that all is judged on, by how many the probes are fitted to. */
export const testImages: Readonly<Record<(typeof trainCounts)[number], number>> = {
  1_000: 1_000,
  5_000: 2_000,
};
/** Test images on which a block's push is compared with the gradient. */
export const PUSHED = 100;
/** Channels of a map that a probe reads, at most: its fit costs their square an image, their cube once. */
export const MOST_PROBED = 512;
/** What is added to the diagonal of X'X, as a share of its mean. */
export const RIDGE = 1e-3;

export const blocksQuestion = v.strictObject({ images: v.picklist(trainCounts) });
export type BlocksQuestion = v.InferOutput<typeof blocksQuestion>;

// Of a net that diverged none is a number.
const measured = v.nullable(v.union([v.number(), v.nan()]));

/** Where a net can be stopped: before its first block, or behind one. */
const stop = v.object({
  /** Share of the test images that a probe gets wrong, 0 to 1; null where there is none. */
  probe: measured,
  /** The same of the net's own last layer, put here; null where it does not fit. */
  exit: measured,
  /** Share of the test images whose answer the block changes, by the probes before and behind it; null where one is missing. */
  probeMoved: measured,
  /** The same by the last layer. */
  exitMoved: measured,
});
export type Stop = v.InferOutput<typeof stop>;

/** A block that adds F(x) to x itself. */
const push = v.object({
  /** Mean over images of cos(F(x), -dL/dx). */
  cosine: v.union([v.number(), v.nan()]),
  /** Mean over images of |F(x)| / |x|. */
  size: v.union([v.number(), v.nan()]),
});
export type Push = v.InferOutput<typeof push>;

const blocksNet = v.object({
  /** In order; see stops.ts. */
  stops: v.array(stop),
  /** By block; null where its shortcut is none, or changes x, and everywhere until it has been measured. */
  pushes: v.array(v.nullable(push)),
});
export type BlocksNet = v.InferOutput<typeof blocksNet>;

export const blocksAnswer = v.object({
  /** Training images that the probes were fitted to. */
  fitted: v.number(),
  /** Test images that were judged, the first ones. */
  judged: v.number(),
  nets: v.array(blocksNet),
});
export type BlocksAnswer = v.InferOutput<typeof blocksAnswer>;
