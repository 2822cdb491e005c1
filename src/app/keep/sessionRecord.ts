/** What stood on the page beside the runs: which of them, of which experiment, and what was hidden. */
import * as v from 'valibot';
import { parseExperiment, type ExperimentConfig } from '../../model/config.ts';
import type { AppState } from '../state/AppState.ts';
import { predictions } from '../state/place.ts';

const ids = v.pipe(v.array(v.pipe(v.string(), v.maxLength(500))), v.maxLength(100_000));

const sessionSchema = v.strictObject({
  /** An ExperimentConfig; null where nothing was trained. */
  experiment: v.nullable(v.record(v.string(), v.unknown())),
  /** The ids of the runs on the stage. */
  runs: ids,
  repeats: v.pipe(v.number(), v.integer(), v.minValue(0)),
  prediction: v.nullable(v.picklist(predictions)),
  hidden: ids,
  /** Runs that were deleted, as long as that could be undone, in the load of the page that is `owner`. */
  deleted: ids,
  owner: v.optional(v.pipe(v.string(), v.maxLength(2000)), ''),
  /** Moments that were, and their steps. */
  forgotten: v.exactOptional(v.array(v.tuple([v.string(), v.number()]))),
  /** Views that were, as long as that could be undone, by their runs. */
  forgottenViews: v.exactOptional(v.array(v.tuple([v.string(), v.string()]))),
  /** Runs beside the stage that were drawn; of earlier sessions it is not known. */
  shown: v.exactOptional(ids),
});
export type SessionRecord = v.InferOutput<typeof sessionSchema>;

export interface KeptSession extends Omit<SessionRecord, 'experiment'> {
  readonly experiment: ExperimentConfig | null;
}

export const sessionOf = (
  { training, prediction, view, deleted, archive, imported, library }: AppState,
  owner: string,
  /** Runs whose curves are still to come, to be drawn. */
  awaited: ReadonlySet<string> = new Set(),
): SessionRecord => ({
  owner,
  experiment: training.experiment,
  runs: training.runs.map(({ id }) => id),
  repeats: training.repeats,
  prediction,
  hidden: [...view.hidden],
  deleted: deleted?.runs.map(({ run }) => run.id) ?? [],
  forgotten: [...(deleted?.moments ?? [])].flatMap(([run, moments]) =>
    moments.map(({ step }): [string, number] => [run, step]),
  ),
  ...(deleted &&
    deleted.views.size > 0 && {
      forgottenViews: [...deleted.views].flatMap(([run, views]) =>
        views.map(({ id }): [string, string] => [run, id]),
      ),
    }),
  shown: [...imported, ...archive.kept, ...library.filter(({ id }) => awaited.has(id))]
    .map(({ id }) => id)
    .filter((id) => !view.hidden.includes(id)),
});

/** What is stored, as it is; null where it is not sound. */
export function soundSession(input: unknown): SessionRecord | null {
  const result = v.safeParse(sessionSchema, input);
  return result.success && readSession(input) ? result.output : null;
}

/** Null where nothing sound is stored: the runs themselves are kept all the same. */
export function readSession(input: unknown): KeptSession | null {
  const result = v.safeParse(sessionSchema, input);
  if (!result.success) return null;
  try {
    const { experiment } = result.output;
    return { ...result.output, experiment: experiment && parseExperiment(experiment) };
  } catch {
    return null;
  }
}
