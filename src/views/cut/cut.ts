/** What is asked of a net whose blocks are cut, swapped or dialled, and what is answered. */
import * as v from 'valibot';

export const studies = ['each', 'pressed', 'random', 'swap', 'dial', 'paths'] as const;
export type Study = (typeof studies)[number];

/** Of each net, in order, the numbers of the blocks that are pressed. */
const pressed = v.pipe(
  v.array(
    v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1200))), v.maxLength(1200)),
  ),
  v.maxLength(8),
);
const again = v.boolean();
/** Blocks removed at most by random choice. */
export const MOST_REMOVED = 20;
const most = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_REMOVED));

export const cutQuestion = v.strictObject({ study: v.picklist(studies), again, most, pressed });
export type CutQuestion = v.InferOutput<typeof cutQuestion>;

/** What the computation is asked. `again`: also with batch norm's statistics estimated again. */
export const cutAsked = v.variant('study', [
  v.strictObject({ study: v.literal('each'), again }),
  v.strictObject({ study: v.literal('pressed'), again, pressed }),
  v.strictObject({ study: v.literal('random'), most }),
  v.strictObject({ study: v.literal('swap') }),
  v.strictObject({ study: v.literal('dial'), again }),
  v.strictObject({ study: v.literal('paths') }),
]);
export type CutAsked = v.InferOutput<typeof cutAsked>;
/** What is asked of nets that are edited. */
export type EditsAsked = Exclude<CutAsked, { study: 'paths' }>;

export const askedOf = ({ study, again, most, pressed }: CutQuestion): CutAsked => {
  switch (study) {
    case 'each':
    case 'dial':
      return { study, again };
    case 'pressed':
      return { study, again, pressed };
    case 'random':
      return { study, most };
    case 'swap':
    case 'paths':
      return { study };
  }
};

/** Shares of the images classified wrongly, 0 to 1; `again` with the statistics estimated again, null where that was not asked or is to come. */
const errors = { error: v.number(), again: v.nullable(v.number()) };
/** `at`: the number of the block, how many are removed, Kendall's tau of the order, or what the shortcuts are multiplied by. */
const cutEdit = v.object({ at: v.number(), ...errors });
export type CutEdit = v.InferOutput<typeof cutEdit>;
const cutNet = v.object({ ...errors, edits: v.array(cutEdit) });
export type CutNet = v.InferOutput<typeof cutNet>;

const editsAnswer = v.object({
  kind: v.literal('edits'),
  /** Test images that all was measured on, the first ones. */
  images: v.number(),
  nets: v.array(cutNet),
});
export type EditsAnswer = v.InferOutput<typeof editsAnswer>;

const pathsOfNet = v.object({
  /** How many choices a path has: the additions of the net. */
  blocks: v.number(),
  /** Ascending: through how many branches, how many such paths were measured, and the mean norm of the image's gradient by one of them. */
  lengths: v.array(
    v.object({ length: v.number(), paths: v.number(), gradient: v.union([v.number(), v.nan()]) }),
  ),
});
export type PathsOfNet = v.InferOutput<typeof pathsOfNet>;

const pathsAnswer = v.object({
  kind: v.literal('paths'),
  /** Training images whose gradients they are, the first ones. */
  images: v.number(),
  /** Null where a net has one path only: it has no shortcuts. */
  nets: v.array(v.nullable(pathsOfNet)),
});
export type PathsAnswer = v.InferOutput<typeof pathsAnswer>;

export const cutAnswer = v.variant('kind', [editsAnswer, pathsAnswer]);
export type CutAnswer = v.InferOutput<typeof cutAnswer>;

/** Test images, and training images for the statistics. */
export const IMAGES = 1000;
/** Choices of each number of blocks to remove. */
export const DRAWS = 20;
