/** What is asked of the nets' predictions, and what is answered. */
import * as v from 'valibot';
import { classNames, IMAGE_SIZE } from '../../model/dataset.ts';
import { imageSets } from './imageSets.ts';

export const parts = ['images', 'confusion', 'classes', 'calibration', 'own'] as const;
export type Part = (typeof parts)[number];

/** How many test images are answered: the first of them, or all. */
export const imageCounts = [1_000, 10_000] as const;

export const predictionsQuestion = v.strictObject({
  part: v.picklist(parts),
  images: v.picklist(imageCounts),
  /** Which images are shown, and of which net where the set is one net's: its place among the nets. */
  set: v.picklist(imageSets),
  of: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3)),
});
export type PredictionsQuestion = v.InferOutput<typeof predictionsQuestion>;

// Whatever memory they stand in: `instance` would ask for memory that is not shared.
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
const doubles = v.custom<Float64Array>((value) => value instanceof Float64Array);
const numbers = v.custom<Uint32Array>((value) => value instanceof Uint32Array);

const image = v.pipe(bytes, v.length(IMAGE_SIZE));

/** What the computation is asked. */
export const predictionsAsked = v.variant('what', [
  v.strictObject({ what: v.literal('test'), images: v.picklist(imageCounts) }),
  /** A person's picture, uint8 `[32, 32, 3]`; the first test image where there is none. */
  v.strictObject({ what: v.literal('own'), picture: v.nullable(image) }),
]);
export type PredictionsAsked = v.InferOutput<typeof predictionsAsked>;

const testAnswer = v.object({
  kind: v.literal('test'),
  /** Of the first test images, in file order: so many as have been answered. */
  labels: bytes,
  /** Of the same images, by net: see insights/predictions.ts. */
  nets: v.array(v.object({ classes: bytes, confidences: doubles })),
  /** Pictures of those that can be shown: their numbers, ascending, and uint8 `[n, 32, 32, 3]`. */
  pictures: v.object({ numbers, pixels: bytes }),
});
export type TestAnswer = v.InferOutput<typeof testAnswer>;

const ownAnswer = v.object({
  kind: v.literal('own'),
  pixels: image,
  /** Its class, where it is a test image. */
  label: v.nullable(v.number()),
  /** By net, the probability of each class; NaN where a net's logits are no numbers. */
  nets: v.array(v.pipe(doubles, v.length(classNames.length))),
});
export type OwnAnswer = v.InferOutput<typeof ownAnswer>;

export const predictionsAnswer = v.variant('kind', [testAnswer, ownAnswer]);
export type PredictionsAnswer = v.InferOutput<typeof predictionsAnswer>;
