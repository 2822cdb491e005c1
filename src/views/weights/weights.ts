/** What is asked of the nets' weights and activations, and what is answered. */
import * as v from 'valibot';

/** Filters; outputs of batch norm before the addition and ReLU; outputs of ReLU. */
export const quantities = ['filters', 'normed', 'active'] as const;
export type Quantity = (typeof quantities)[number];

export const weightsQuestion = v.strictObject({
  /** All layers at one moment, or one layer at all moments. */
  across: v.picklist(['layers', 'time']),
  of: v.picklist(quantities),
  /** The layer that is followed over time, by its convolution's name; null: the last one. */
  layer: v.nullable(v.string()),
});
export type WeightsQuestion = v.InferOutput<typeof weightsQuestion>;

/** What the computation is asked: the moments come with the nets. */
export const weightsAsked = v.strictObject({ across: v.picklist(['layers', 'time']) });

/** Images whose outputs are counted, at most: the first ones of the test set. */
export const IMAGES = 32;
/** Bins of a histogram. */
export const BINS = 64;
/** Moments beside the one that is looked at, at most. */
export const MOST_MOMENTS = 9;

const counts = v.custom<Uint32Array>((value) => value instanceof Uint32Array && value.length === BINS);

// Of a net that has diverged there is nothing to tell: NaN.
const real = v.union([v.number(), v.nan()]);

const histogram = v.object({
  counts,
  zeros: v.number(),
  missing: v.number(),
  mean: real,
  deviation: real,
});

const layer = v.object({
  /** The convolution's. */
  name: v.string(),
  filters: histogram,
  normed: histogram,
  /** Null where no ReLU follows: behind a projection. */
  active: v.nullable(histogram),
});
export type CountedLayer = v.InferOutput<typeof layer>;

const moment = v.object({
  /** Null where nobody said: the moment that is looked at, unless a kept one is the same. */
  step: v.nullable(v.number()),
  /** Whether it is the one that is looked at. */
  isShown: v.boolean(),
  /** In the order of computation. */
  layers: v.array(layer),
});
export type CountedMoment = v.InferOutput<typeof moment>;

export const weightsAnswer = v.object({
  /** Images whose outputs were counted. */
  images: v.number(),
  /** The largest value of the bins; filters and normed begin at its negative, active at 0. */
  ranges: v.object({ filters: v.number(), normed: v.number(), active: v.number() }),
  /** By net, its moments by ascending step; one of unknown step stands last. */
  nets: v.array(v.array(moment)),
});
export type WeightsAnswer = v.InferOutput<typeof weightsAnswer>;
