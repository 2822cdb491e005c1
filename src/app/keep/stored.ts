/** What lies in the database beside the records of runs, and what is written into it. */
import * as v from 'valibot';
import { momentKinds } from '../state/keeping.ts';
import { columnsSchema, type Columns } from './columns.ts';
import type { RunRecord } from './runRecord.ts';
import type { SessionRecord } from './sessionRecord.ts';

export const packSchema = v.strictObject({
  run: v.string(),
  pack: v.pipe(v.number(), v.integer(), v.minValue(0)),
  columns: columnsSchema,
});
export type PointsPack = v.InferOutput<typeof packSchema>;

export const checkpointSchema = v.strictObject({
  run: v.string(),
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  why: v.picklist(momentKinds),
  bytes: v.pipe(v.number(), v.minValue(0)),
  evaluationDue: v.boolean(),
  /** Milliseconds since 1970. */
  saved: v.number(),
});
export type CheckpointEntry = v.InferOutput<typeof checkpointSchema>;

export type CheckpointKey = readonly [run: string, step: number];
/** The picture of a view that is kept with a run. */
export type PictureKey = readonly [run: string, view: string];

/** What an archive has written before all of it is here: to be taken away where it never came to its end. */
export const journalSchema = v.strictObject({
  owner: v.string(),
  updated: v.number(),
  runs: v.array(v.string()),
  files: v.array(v.tuple([v.string(), v.number()])),
});
export type Journal = v.InferOutput<typeof journalSchema>;

/** All that is stored of a run but the files of its moments, as of one time. */
export interface WholeRun {
  readonly record: RunRecord;
  readonly packs: readonly Columns[];
  readonly entries: readonly CheckpointEntry[];
}

/** What is written together. */
export interface Writing {
  readonly runs?: readonly RunRecord[];
  /** Packs that follow those that are there. */
  readonly packs?: readonly PointsPack[];
  /** Runs whose packs are replaced by those of `packs`. */
  readonly rewritten?: readonly string[];
  readonly checkpoints?: readonly { readonly entry: CheckpointEntry; readonly file: ArrayBuffer }[];
  /** Files of checkpoints whose entries follow. */
  readonly files?: readonly { readonly key: CheckpointKey; readonly file: ArrayBuffer }[];
  /** Entries of checkpoints whose files are there. */
  readonly entries?: readonly CheckpointEntry[];
  readonly dropped?: readonly CheckpointKey[];
  readonly pictures?: readonly { readonly key: PictureKey; readonly file: ArrayBuffer }[];
  readonly droppedPictures?: readonly PictureKey[];
  readonly removed?: readonly string[];
  readonly session?: SessionRecord;
  readonly journal?: Journal;
  /** The owner whose journal is done with. */
  readonly journalDone?: string;
}
