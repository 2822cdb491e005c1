/** What is asked of the signal by depth, and what is answered. */
import * as v from 'valibot';

export const quantities = ['deviation', 'gradient', 'update'] as const;
export type Quantity = (typeof quantities)[number];

export const signalQuestion = v.strictObject({
  /** By layer at one moment, or by layer and step. */
  across: v.optional(v.picklist(['layers', 'steps']), 'layers'),
  /** What is drawn by layer and step. */
  of: v.optional(v.picklist(quantities), 'deviation'),
  /** How layers are drawn at one moment: nothing of it changes what is computed. */
  order: v.optional(v.picklist(['depth', 'size']), 'depth'),
});
export type SignalQuestion = v.InferOutput<typeof signalQuestion>;

/** What the computation is asked. The moments come with the nets; of all of them gradients are computed, of the one that is looked at, or of none. */
export const signalAsked = v.strictObject({
  gradients: v.optional(v.picklist(['all', 'shown', 'none']), 'shown'),
  /** Which moments come with the nets follows from it. */
  across: v.optional(v.picklist(['layers', 'steps']), 'layers'),
});
export type SignalAsked = v.InferOutput<typeof signalAsked>;

/** Of a net that diverged none is a number. */
const number = v.union([v.number(), v.nan()]);

/** One 3x3 convolution with its batch norm. */
const layerSignal = v.object({
  /** The convolution's. */
  name: v.string(),
  stage: v.number(),
  block: v.number(),
  /** Standard deviation of the batch norm's output in training. */
  deviation: number,
  /** L2 norm of the filter's gradient on one batch; null where it was not asked for. */
  gradient: v.nullable(number),
  /** L2 norm of the filter. */
  weight: number,
  /** L2 norm of what the last step changed of the filter; null where nobody can say. */
  update: v.nullable(number),
});
export type LayerSignal = v.InferOutput<typeof layerSignal>;

const moment = v.object({
  /** Null where nobody said. */
  step: v.nullable(v.number()),
  /** Whether it is the one that is, or was, looked at. */
  isShown: v.boolean(),
  /** Whether it is a kept one that came with the net. */
  isKept: v.boolean(),
  /** In order. */
  layers: v.array(layerSignal),
});
export type SignalMoment = v.InferOutput<typeof moment>;

/** For each net its moments by ascending step; one of unknown step stands last. */
export const signalAnswer = v.object({ nets: v.array(v.array(moment)) });
export type SignalAnswer = v.InferOutput<typeof signalAnswer>;

/** Images of the batch whose gradient is shown: the first ones of the training set. */
export const GRADIENT_BATCH = 128;
