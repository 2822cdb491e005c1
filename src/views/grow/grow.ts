/** What is asked of growing, and what is answered. */
import * as v from 'valibot';

/** Into how many layers a net can grow. */
export const DEPTHS = [56, 110] as const;

/** Null: into the fewest that are more than the shallowest net has. */
export const growQuestion = v.strictObject({ depth: v.optional(v.nullable(v.picklist(DEPTHS)), null) });
export type GrowQuestion = v.InferOutput<typeof growQuestion>;

/** Test images on which nets answer, and training images from which it is learnt what arrives at the added layers. */
export const COMPARED = 1000;
export const ARRIVING = 1000;

/**
 * Into how many layers nets of these depths grow; those that have at least as many stay as they are. Where all have, it is as if it were not
 * asked: into the fewest that one of them has not, or the most that there are.
 */
export function depthOf({ depth }: GrowQuestion, depths: readonly number[]): number {
  const shallowest = Math.min(...depths);
  if (depth !== null && depth > shallowest) return depth;
  return DEPTHS.find((one) => one > shallowest) ?? DEPTHS[1];
}

const tested = {
  /** The layers that it has. */
  fromDepth: v.number(),
  images: v.number(),
  /** Test error, 0 to 1. */
  before: v.number(),
};

const grownNet = v.object({
  kind: v.literal('grown'),
  ...tested,
  depth: v.number(),
  /** Of all logits of both nets the largest difference. */
  difference: v.number(),
  /** The largest logit, either sign: what the difference is to be held against. */
  largest: v.number(),
  /** Test error of the grown net, 0 to 1. */
  after: v.number(),
  /** Safetensors of the grown net, and of one of that depth whose layers are identities at first. */
  grown: v.instance(ArrayBuffer),
  dirac: v.instance(ArrayBuffer),
});
export type GrownNet = v.InferOutput<typeof grownNet>;

/** One that has at least as many layers already: what the same layers do with its weights. */
const deepNet = v.object({ kind: v.literal('deep'), ...tested });
export type DeepNet = v.InferOutput<typeof deepNet>;

export const growAnswer = v.object({ nets: v.array(v.variant('kind', [grownNet, deepNet])) });
export type GrowAnswer = v.InferOutput<typeof growAnswer>;
