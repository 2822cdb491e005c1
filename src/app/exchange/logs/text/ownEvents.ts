/** The events that `npm run train` prints and writes, as rows of the table that this page exports. */
import * as v from 'valibot';
import { runColumns } from '../../../runs/codec/runsCsv.ts';
import { nameOfFile } from './nameOfFile.ts';
import type { Value } from '../table/tableBuilder.ts';

/** A number that is not finite is printed as null. */
const number = v.nullable(v.number());
const eventSchema = v.variant('kind', [
  v.object({
    kind: v.literal('step'),
    step: v.number(),
    loss: number,
    error: number,
    learningRate: number,
    epoch: number,
    trainingSeconds: number,
  }),
  v.object({
    kind: v.literal('evaluation'),
    step: v.number(),
    images: v.number(),
    loss: number,
    error: number,
  }),
]);

type Row = Partial<Record<(typeof runColumns)[number], number | null>>;

/** Events that hold no number of a curve. */
const otherSchema = v.object({ kind: v.picklist(['state', 'compiling', 'gradientNorms']) });

/** The row of a step or an evaluation; `other` for the other events of a run, and null for what is no event. */
export function eventRecord(record: unknown, file: string): ReadonlyMap<string, Value> | 'other' | null {
  const { success, output } = v.safeParse(eventSchema, record);
  if (!success) return v.is(otherSchema, record) ? 'other' : null;
  const row: Row =
    output.kind === 'step'
      ? {
          epoch: output.epoch,
          training_seconds: output.trainingSeconds,
          learning_rate: output.learningRate,
          training_loss: output.loss ?? NaN,
          training_error: output.error ?? NaN,
        }
      : { test_loss: output.loss ?? NaN, test_error: output.error ?? NaN, test_images: output.images };
  const name = nameOfFile(file);
  const texts: Readonly<Record<string, Value>> = { lane: name, name, step: output.step };
  // Every column in its place, so that the table is as if it were exported.
  return new Map(runColumns.map((column) => [column, texts[column] ?? row[column] ?? null]));
}
