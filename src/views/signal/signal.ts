/** What is asked of the signal by depth, and what is answered. */
import * as v from 'valibot';

/** How it is drawn: nothing of it changes what is computed. */
export const signalQuestion = v.strictObject({ order: v.picklist(['depth', 'size']) });
export type SignalQuestion = v.InferOutput<typeof signalQuestion>;

/** What the computation is asked. */
export const signalAsked = v.strictObject({});

/** Of a net that diverged none is a number. */
const number = v.union([v.number(), v.nan()]);

/** One 3x3 convolution with its batch norm. */
const layerSignal = v.object({
  /** The convolution's. */
  name: v.string(),
  stage: number,
  block: number,
  /** Standard deviation of the batch norm's output in training. */
  deviation: number,
  /** L2 norm of the filter's gradient on one batch. */
  gradient: number,
  /** L2 norm of the filter. */
  weight: number,
});
export type LayerSignal = v.InferOutput<typeof layerSignal>;

/** For each net its layers, in order. */
export const signalAnswer = v.object({ nets: v.array(v.array(layerSignal)) });
export type SignalAnswer = v.InferOutput<typeof signalAnswer>;

/** Images of the batch whose gradient is shown: the first ones of the training set. */
export const GRADIENT_BATCH = 128;
