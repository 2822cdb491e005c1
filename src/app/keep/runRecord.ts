/** What is stored of a run beside its series: enough for the list of all runs, without reading a curve. */
import * as v from 'valibot';
import { ConfigError, parseRun, type RunConfig } from '../../model/config.ts';
import { chapterSchema, noteSchema, provenanceSchema, tagsSchema } from '../runs/codec/runSchemas.ts';
import { thumbnailOf } from '../runs/asideRun.ts';
import { keptViewsSchema } from '../runs/codec/keptViewSchema.ts';
import { factsOf } from '../runs/table/runFacts.ts';
import { hues, markers } from '../state/laneStyle.ts';
import { createRun, endReasons, type Chapter, type Run } from '../state/run.ts';
import { runOrigins } from '../state/runOrigin.ts';
import type { Failure } from '../../protocol/protocol.ts';
import { lengthsOf, seriesKeys } from './columns.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const text = v.pipe(v.string(), v.maxLength(2000));
/** NaN is what a net that diverged has. */
const measured = v.union([v.number(), v.nan()]);
const orNull = v.nullable(measured);
/** A RunConfig; what it is made of is looked at when the run is. */
const config = v.nullable(v.record(v.string(), v.unknown()));

const failureSchema: v.GenericSchema<unknown, Failure> = v.strictObject({
  name: v.string(),
  message: v.string(),
  stack: v.exactOptional(v.string()),
  cause: v.exactOptional(v.lazy(() => failureSchema)),
});

export const runRecordSchema = v.strictObject({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  lane: text,
  name: text,
  style: v.strictObject({ hue: v.picklist(hues), tone: v.number(), marker: v.picklist(markers) }),
  config,
  startedFrom: v.nullable(text),
  provenance: v.nullable(provenanceSchema),
  origin: v.picklist(runOrigins),
  created: v.nullable(v.number()),
  /** When it was written last: milliseconds since 1970. */
  updated: v.number(),
  /** The load of the page that trains it; null if it is over. */
  owner: v.nullable(text),
  end: v.nullable(
    v.strictObject({
      reason: v.picklist(endReasons),
      divergedAt: v.nullable(whole),
      failure: v.nullable(failureSchema),
    }),
  ),
  terminated: v.boolean(),
  step: whole,
  /** Entries of each of its series that are stored. */
  lengths: v.strictObject(v.entriesFromList(seriesKeys, whole)),
  /** Whether `loggedSteps` tells the steps of the entries; else there is one for each step from 1. */
  isLogged: v.boolean(),
  evaluations: v.pipe(
    v.array(
      v.strictObject({
        step: whole,
        images: v.nullable(whole),
        complete: v.boolean(),
        loss: orNull,
        error: orNull,
        seconds: orNull,
      }),
    ),
    v.check((all) => all.every(({ step }, i) => step >= (all[i - 1]?.step ?? 0)), 'its tests do not ascend'),
  ),
  missed: v.array(v.strictObject({ step: whole, complete: v.boolean(), failure: failureSchema })),
  pauses: v.array(whole),
  history: v.array(chapterSchema),
  tags: tagsSchema,
  note: noteSchema,
  /** Those of before version 2 have none. */
  views: v.optional(keptViewsSchema, []),
  /** For the list, while its curve is not read. */
  summary: v.strictObject({
    trainingError: orNull,
    testError: orNull,
    seconds: orNull,
    speed: orNull,
    curve: v.pipe(v.array(measured), v.maxLength(200)),
  }),
});
export type RunRecord = v.InferOutput<typeof runRecordSchema>;

/** A stored record that cannot be read; the message says what of it. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

/** What is to be stored of `run`; `owner` is who trains it. */
export function recordOf(run: Run, updated: number, owner: string): RunRecord {
  const { trainingError, testError, seconds, speed } = factsOf(run);
  const curve = thumbnailOf(run);
  return {
    id: run.id,
    lane: run.lane,
    name: run.name,
    style: run.style,
    config: run.config,
    startedFrom: run.startedFrom,
    provenance: run.provenance,
    origin: run.origin,
    created: run.created,
    updated,
    owner: run.state === 'ended' ? null : owner,
    end: run.end,
    terminated: run.terminated,
    step: run.step,
    lengths: lengthsOf(run),
    isLogged: run.loggedSteps !== null,
    evaluations: run.evaluations.map(({ step, images, complete, loss, error, seconds: took }) => ({
      step,
      images,
      complete,
      loss,
      error,
      seconds: took,
    })),
    missed: [...run.missed],
    pauses: [...run.pauses],
    history: [...run.history],
    tags: [...run.tags],
    note: run.note,
    views: [...run.views],
    summary: { trainingError, testError, seconds, speed, curve: [...curve] },
  };
}

/** The run of a stored record, without its series: {@link Run.summary} stands in. Throws {@link RecordError}. */
export function runOfRecord(input: unknown): { readonly run: Run; readonly record: RunRecord } {
  const result = v.safeParse(runRecordSchema, input);
  if (!result.success) {
    const [issue] = result.issues;
    throw new RecordError(`${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`.slice(0, 300));
  }
  const record = result.output;
  const { id, lane, name, style } = record;
  const run: Run = {
    ...createRun({ id, lane, name, style, config: configOf(record.config) }),
    startedFrom: record.startedFrom,
    provenance: record.provenance,
    origin: record.origin,
    created: record.created,
    state: 'ended',
    // What was alive has been interrupted, unless somebody trains it elsewhere: that is known by its owner.
    end: record.end ?? { reason: 'interrupted', divergedAt: null, failure: null },
    terminated: record.terminated,
    step: record.step,
    evaluations: record.evaluations,
    missed: record.missed,
    pauses: record.pauses,
    history: record.history.map((chapter): Chapter => ({ ...chapter, before: configOf(chapter.before) })),
    tags: record.tags,
    note: record.note,
    views: record.views,
    summary: { ...record.summary, bytes: 8 * Object.values(record.lengths).reduce((sum, n) => sum + n, 0) },
  };
  return { run, record };
}

function configOf(input: RunRecord['config']): RunConfig | null {
  if (input === null) return null;
  try {
    return parseRun(input);
  } catch (error) {
    if (error instanceof ConfigError) throw new RecordError(`config: ${error.message}`.slice(0, 300));
    throw error;
  }
}
