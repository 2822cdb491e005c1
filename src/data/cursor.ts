/**
 * Where a lane stands in its run's batches, as JSON, to be restored exactly. A checkpoint (model/checkpoint.ts) holds one in other
 * words: its step is the number of the next batch of its run.
 */
import * as v from 'valibot';
import type { BatchSettings } from './batches.ts';

const cursorSchema = v.strictObject({
  version: v.literal(1),
  /** The number of the next batch. */
  batch: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** What the batches depend on: under other settings the number would mean other images. */
  settings: v.strictObject({
    seed: v.number(),
    batchSize: v.number(),
    order: v.string(),
    augment: v.string(),
    normalisation: v.unknown(),
  }),
});

export type Cursor = v.InferOutput<typeof cursorSchema>;

/** A cursor that is not one, or not one of this run. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

export function cursorAt(batch: number, settings: BatchSettings): Cursor {
  const { seed, batchSize, order, augment, normalisation } = settings;
  return { version: 1, batch, settings: { seed, batchSize, order, augment, normalisation } };
}

/** The number of the next batch that `input` (parsed JSON) tells. Throws {@link CursorError}. */
export function batchOfCursor(input: unknown, settings: BatchSettings): number {
  const result = v.safeParse(cursorSchema, input);
  if (!result.success) {
    const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'cursor'}: ${issue.message}`);
    throw new CursorError(`This is not a cursor.\n${faults.join('\n')}`);
  }
  const expected = cursorAt(0, settings).settings;
  const found = result.output.settings;
  const keys = Object.keys(expected) as (keyof typeof expected)[];
  const differing = keys.filter((key) => JSON.stringify(found[key]) !== JSON.stringify(expected[key]));
  if (differing.length > 0) {
    const list = differing.map(
      (key) => `${key} is ${JSON.stringify(expected[key])}, was ${JSON.stringify(found[key])}`,
    );
    throw new CursorError(`The cursor is of a run with other settings: ${list.join('; ')}.`);
  }
  return result.output.batch;
}
