/** Recorded runs out of a JSON file that this page once wrote (runsJson.ts). */
import * as v from 'valibot';
import { cut } from '../../../model/boundedText.ts';
import { ConfigError, parseExperiment, parseRun, runOfLane, type RunConfig } from '../../../model/config.ts';
import { blockStyles, unknownStyle } from '../looks/laneStyles.ts';
import { integer } from '../../ui/format.ts';
import { ImportError } from './importError.ts';
import { createRun, endReasons, type Run } from '../../state/run.ts';
import { Series } from '../../state/series.ts';
import { chapterSchema, failureSchema, noteSchema, provenanceSchema, tagsSchema } from './runSchemas.ts';
import { RUNS_FORMAT, RUNS_VERSION } from './runsJson.ts';

export { ImportError };

/** More runs are no file of this page: it keeps {@link KEPT_RUNS}, and those of the present experiment. */
const MOST_RUNS = 300;
/** Characters that are shown of what stands in a file. */
const SHOWN = 200;

const number = v.pipe(
  v.union([v.number(), v.picklist(['NaN', 'Infinity', '-Infinity'])], 'expected a number'),
  v.transform(Number),
);
const words: readonly unknown[] = ['NaN', 'Infinity', '-Infinity'];

/** Numbers of a file, and which of them are null: nothing was logged; null where none is. */
interface Numbers {
  readonly values: Float64Array;
  readonly absent: Uint8Array | null;
}

/** One look at each entry: a schema of its own for every number of a long run takes seconds. */
const numbersOrNothing = v.pipe(
  v.array(v.unknown(), 'expected a list of numbers'),
  v.rawTransform<unknown[], Numbers>(({ dataset, addIssue, NEVER }) => {
    const values = new Float64Array(dataset.value.length);
    let absent: Uint8Array | null = null;
    for (const [i, value] of dataset.value.entries()) {
      if (value === null) {
        absent ??= new Uint8Array(values.length);
        absent[i] = 1;
      } else if (typeof value !== 'number' && !words.includes(value)) {
        addIssue({
          message: 'expected a number',
          path: [{ type: 'array', origin: 'value', input: dataset.value, key: i, value }],
        });
        return NEVER;
      }
      values[i] = value === null ? NaN : Number(value);
    }
    return { values, absent };
  }),
);
const numbers = v.pipe(
  numbersOrNothing,
  v.check(({ absent }) => absent === null, 'expected numbers alone'),
  v.transform(({ values }) => values),
);
/** Since version 4 null, where nothing was logged. */
const logged = v.pipe(
  numbersOrNothing,
  v.transform(({ values, absent }) => Series.over(values, absent)),
);
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Beyond it neighbours are one number. */
const place = v.pipe(whole, v.maxValue(Number.MAX_SAFE_INTEGER));
const text = v.pipe(v.string(), v.maxLength(2000, 'longer than 2,000 characters'));

const evaluationSchema = v.object({
  step: place,
  images: v.nullable(whole),
  complete: v.boolean(),
  loss: v.nullable(number),
  error: v.nullable(number),
  seconds: v.nullable(number),
});

const series = ['loss', 'error', 'learningRate', 'epoch', 'trainingSeconds'] as const;

const runSchema = v.pipe(
  v.object({
    // Files without what follows are older.
    id: v.optional(text, ''),
    history: v.optional(v.array(chapterSchema), []),
    tags: v.optional(tagsSchema, []),
    note: v.optional(noteSchema, ''),
    created: v.optional(v.nullable(v.pipe(v.number(), v.finite())), null),
    lane: text,
    name: text,
    /** Since version 2; before, the experiment said it. */
    config: v.optional(v.unknown()),
    state: v.picklist(['queued', 'waiting', 'running', 'paused', 'ended']),
    step: whole,
    end: v.nullable(
      v.object({
        reason: v.picklist(endReasons),
        divergedAt: v.nullable(whole),
        failure: v.nullable(failureSchema),
      }),
    ),
    startedFrom: v.optional(v.nullable(text), null),
    // Files without it are older.
    provenance: v.optional(v.nullable(provenanceSchema), null),
    /** Since version 3; before, every step was logged. */
    loggedSteps: v.optional(v.nullable(v.array(place)), null),
    // Files without wall time are older, or of runs of which it is not known.
    series: v.object({ ...v.entriesFromList(series, logged), wallSeconds: v.optional(logged, []) }),
    speed: v.pipe(
      v.object({ steps: numbers, imagesPerSecond: numbers }),
      v.check(
        (given) => given.steps.length === given.imagesPerSecond.length,
        'the lists have different lengths',
      ),
    ),
    evaluations: v.array(evaluationSchema),
    pauses: v.optional(v.array(whole), []),
  }),
  v.check(({ loggedSteps, series: given }) => {
    const { length } = loggedSteps ?? given.loss;
    if (![0, length].includes(given.wallSeconds.length)) return false;
    if (!loggedSteps) return series.every((key) => given[key].length === length);
    return series.every((key) => [0, loggedSteps.length].includes(given[key].length));
  }, 'the lists have different lengths'),
  v.check(
    ({ loggedSteps }) => loggedSteps?.every((step, i) => step > (loggedSteps[i - 1] ?? -1)) ?? true,
    'the steps do not ascend',
  ),
);

// What a later version adds is passed over; what changes a meaning has another number.
const fileSchema = v.object({ experiment: v.unknown(), runs: v.array(runSchema) });

/** `name` of the file stands in the messages; `ordinal` keeps the ids of several imports apart. */
export function runsFromJson(file: string, name: string, ordinal: number): readonly Run[] {
  const input = parsed(file, name);
  if (!isRecord(input) || input['format'] !== RUNS_FORMAT) {
    throw new ImportError(
      `${name} holds JSON, but not runs of this page: its "format" is not "${RUNS_FORMAT}". Choose a file that "Runs as JSON" saved.`,
    );
  }
  if (![1, 2, 3, 4, RUNS_VERSION].some((version) => version === input['version'])) {
    throw new ImportError(
      `${name} is of version ${versionText(input['version'])}, and this page reads versions 1 to ${RUNS_VERSION}. Load the page again to have its newest version, or use the one that wrote the file.`,
    );
  }
  if (Array.isArray(input['runs']) && input['runs'].length > MOST_RUNS) {
    throw new ImportError(
      `${name} holds ${integer(input['runs'].length)} runs, and at most ${integer(MOST_RUNS)} are read. Take some of them out, and choose it again.`,
    );
  }
  const result = v.safeParse(fileSchema, input, { abortEarly: true });
  if (!result.success) {
    const [first] = result.issues;
    throw damaged(name, `${v.getDotPath(first) ?? 'file'}: ${first.message}`, 0);
  }
  const { runs, experiment } = result.output;
  const configs =
    input['version'] === 1
      ? configsOfLanes(experiment, runs, name)
      : runs.map((record, i) =>
          record.config === null ? null : checked(() => parseRun(record.config), `runs.${i}.config`, name),
        );
  const styles = blockStyles(configs.flatMap((config) => config?.model ?? []));
  let styled = 0;
  const idOf = (i: number) => `imported/${ordinal}/${i}`;
  const ids = new Map(runs.flatMap(({ id }, i) => (id === '' ? [] : [[id, idOf(i)] as const])));
  return runs.map((record, i) => {
    const config = configs[i] ?? null;
    const { end } = record;
    return {
      ...createRun({
        id: idOf(i),
        lane: `imported-${ordinal}-${record.lane}`,
        name: record.name,
        style: config ? styles[styled++]! : unknownStyle,
        config,
      }),
      origin: 'file',
      // What was alive when it was saved does not go on here.
      state: 'ended',
      end: end && { ...end, failure: end.failure && withoutUndefined(end.failure) },
      step: record.step,
      startedFrom: record.startedFrom,
      provenance: record.provenance,
      loggedSteps: record.loggedSteps && Series.empty.append(record.loggedSteps),
      loss: record.series.loss,
      error: record.series.error,
      learningRate: record.series.learningRate,
      epoch: record.series.epoch,
      trainingSeconds: record.series.trainingSeconds,
      wallSeconds: record.series.wallSeconds,
      speedSteps: Series.over(record.speed.steps),
      imagesPerSecond: Series.over(record.speed.imagesPerSecond),
      evaluations: record.evaluations,
      pauses: record.pauses,
      history: record.history.map((chapter, j) => {
        const place = `runs.${i}.history.${j}.before`;
        const before = chapter.before && checked(() => parseRun(chapter.before), place, name);
        // Of what it is a branch may be in the file, too.
        return chapter.kind === 'branched'
          ? { ...chapter, before, run: ids.get(chapter.run) ?? chapter.run }
          : { ...chapter, before };
      }),
      tags: record.tags,
      note: record.note,
      created: record.created,
    };
  });
}

/** Whatever stands there: what is nested deep cannot be written as text. */
const versionText = (version: unknown): string =>
  typeof version === 'number' || typeof version === 'string' ? cut(String(version), 20) : 'none';

function parsed(file: string, name: string): unknown {
  try {
    return JSON.parse(file) as unknown;
  } catch (cause) {
    const detail = cause instanceof Error ? ` (${cause.message})` : '';
    throw new ImportError(
      `${name} is not JSON, or was cut short${detail}. Save it once more and try again.`,
      {
        cause,
      },
    );
  }
}

/** In version 1 a run was configured by its lane of the experiment. */
function configsOfLanes(
  input: unknown,
  runs: readonly { readonly lane: string }[],
  name: string,
): readonly RunConfig[] {
  const experiment = checked(() => parseExperiment(input), 'experiment', name);
  return runs.map((record, i) => {
    const lane = experiment.lanes.find(({ id }) => id === record.lane);
    if (!lane) throw damaged(name, `runs.${i}.lane: the experiment has no lane "${cut(record.lane, 30)}"`, 0);
    return runOfLane(experiment, lane);
  });
}

/** What `parse` gives; its faults are those of the file, at `place`. */
function checked<T>(parse: () => T, place: string, name: string): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [first, ...rest] = error.faults;
    throw damaged(name, `${place}.${first?.path ?? ''}: ${first?.message ?? ''}`, rest.length);
  }
}

function damaged(name: string, fault: string, more: number): ImportError {
  const others = more > 0 ? `, and ${more} more` : '';
  return new ImportError(
    `${name} is damaged or was changed by hand. At ${cut(fault, SHOWN)}${others}. Save it once more and try again.`,
  );
}

function withoutUndefined({ stack, ...rest }: v.InferOutput<typeof failureSchema>) {
  return stack === undefined ? rest : { ...rest, stack };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
