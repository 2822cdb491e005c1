/** What is asked of growing, and what is answered. */
import * as v from 'valibot';

export const growQuestion = v.strictObject({ depth: v.picklist([56, 110]) });
export type GrowQuestion = v.InferOutput<typeof growQuestion>;

/** Test images on which both nets answer, and training images from which it is learnt what arrives at the added layers. */
export const COMPARED = 1000;
export const ARRIVING = 1000;

const grownNet = v.object({
  fromDepth: v.number(),
  depth: v.number(),
  /** Of all logits of both nets the largest difference. */
  difference: v.number(),
  /** The largest logit, either sign: what the difference is to be held against. */
  largest: v.number(),
  images: v.number(),
  /** Test error before and after, 0 to 1. */
  before: v.number(),
  after: v.number(),
  /** Safetensors of the grown net, and of one of that depth whose layers are identities at first. */
  grown: v.instance(ArrayBuffer),
  dirac: v.instance(ArrayBuffer),
});
export type GrownNet = v.InferOutput<typeof grownNet>;

export const growAnswer = v.object({ nets: v.array(grownNet) });
export type GrowAnswer = v.InferOutput<typeof growAnswer>;
