/** What is asked of what nets look at, and what is answered. */
import * as v from 'valibot';
import { classNames, IMAGE_SIZE, TEST_IMAGES } from '../../model/dataset.ts';

export const parts = ['gradCam', 'maps', 'filters'] as const;
export type Part = (typeof parts)[number];

/** Test images of one look at Grad-CAM. */
export const IMAGES = 6;
/** Maps and filters of a layer that are shown, the first ones. */
export const MOST_SHOWN = 64;

const imageNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(TEST_IMAGES - 1));
/** A layer by its name in the graph; see layers.ts. */
const layerName = v.nullable(v.pipe(v.string(), v.maxLength(100)));
/** Whose heat is shown: that of each net's own answer, of the image's class, or of the class of this number. */
const target = v.union([
  v.picklist(['answer', 'label']),
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(classNames.length - 1)),
]);
export type Target = v.InferOutput<typeof target>;

export const gradCamQuestion = v.strictObject({
  part: v.picklist(parts),
  /** Test images, or a person's picture. */
  of: v.picklist(['test', 'own']),
  /** The number of the first test image. */
  image: imageNumber,
  layer: layerName,
  target,
  /** One scale of colours for everything that is shown, or one for each picture of it: nothing of it changes what is computed. */
  scale: v.picklist(['one', 'each']),
});
export type GradCamQuestion = v.InferOutput<typeof gradCamQuestion>;

// Whatever memory they stand in: `instance` would ask for memory that is not shared.
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
const doubles = v.custom<Float64Array>((value) => value instanceof Float64Array);
const image = v.pipe(bytes, v.length(IMAGE_SIZE));

/** `picture`: a person's, uint8 `[32, 32, 3]`, in place of test images; null: test images. */
const ofImages = {
  image: v.optional(imageNumber, 0),
  picture: v.optional(v.nullable(image), null),
  layer: v.optional(layerName, null),
};

/** What the computation is asked. */
export const gradCamAsked = v.variant('what', [
  v.strictObject({ what: v.literal('gradCam'), ...ofImages, target: v.optional(target, 'answer') }),
  v.strictObject({ what: v.literal('maps'), ...ofImages }),
  v.strictObject({ what: v.literal('filters') }),
]);
export type GradCamAsked = v.InferOutput<typeof gradCamAsked>;

const shownImage = v.object({
  /** Its number among the test images, and its class; null of a person's picture. */
  number: v.nullable(v.number()),
  label: v.nullable(v.number()),
  pixels: image,
});
export type ShownImage = v.InferOutput<typeof shownImage>;

// Of a net that has diverged none is a number.
const real = v.union([v.number(), v.nan()]);

const heat = v.object({
  /** The net's answer; null where its logits are no numbers. */
  answer: v.nullable(v.number()),
  /** The class whose heat it is; null where there is none. */
  target: v.nullable(v.number()),
  /** Of that class. */
  logit: real,
  probability: real,
  /** See insights/gradCam.ts; row by row. */
  values: doubles,
});
export type Heat = v.InferOutput<typeof heat>;

/** The layer's own name, and the edge of its maps. */
const maps = { layer: v.string(), side: v.number() };

/** For each net in order; null where it has no such layer, or one without maps. */
const camAnswer = v.object({
  kind: v.literal('gradCam'),
  images: v.array(shownImage),
  nets: v.array(v.nullable(v.object({ ...maps, heats: v.array(heat) }))),
});
export type CamAnswer = v.InferOutput<typeof camAnswer>;

const layerMaps = v.object({
  ...maps,
  channels: v.number(),
  /** `[channels shown, side, side]` */
  values: doubles,
  /** By channel, of all of them: mean and largest value, and share of zeros. */
  means: doubles,
  largest: doubles,
  zeros: doubles,
});
export type LayerMaps = v.InferOutput<typeof layerMaps>;

const mapsAnswer = v.object({
  kind: v.literal('maps'),
  image: shownImage,
  nets: v.array(v.nullable(layerMaps)),
});
export type MapsAnswer = v.InferOutput<typeof mapsAnswer>;

const netFilters = v.object({
  layer: v.string(),
  /** Pixels along an edge. */
  kernel: v.number(),
  /** Filters that are shown, the first ones, and that there are. */
  count: v.number(),
  filters: v.number(),
  /** `[filters, kernel, kernel, 3]`: red, green, blue. */
  values: doubles,
});
export type NetFilters = v.InferOutput<typeof netFilters>;

const filtersAnswer = v.object({ kind: v.literal('filters'), nets: v.array(netFilters) });
export type FiltersAnswer = v.InferOutput<typeof filtersAnswer>;

export const gradCamAnswer = v.variant('kind', [camAnswer, mapsAnswer, filtersAnswer]);
export type GradCamAnswer = v.InferOutput<typeof gradCamAnswer>;
