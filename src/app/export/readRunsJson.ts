/** Recorded runs out of a JSON file that this page once wrote (runsJson.ts). */
import * as v from 'valibot';
import { cut } from '../../model/boundedText.ts';
import { ConfigError, parseExperiment, parseRun, runOfLane, type RunConfig } from '../../model/config.ts';
import { laneStyles, unknownStyle } from '../store/laneStyles.ts';
import { createRun, type Run } from '../store/run.ts';
import { Series } from '../store/series.ts';
import { RUNS_FORMAT, RUNS_VERSION } from './runsJson.ts';

/** A file that cannot be read as what it was given for; the message says what is wrong, and where in it. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

const number = v.pipe(
  v.union([v.number(), v.picklist(['NaN', 'Infinity', '-Infinity'])], 'expected a number'),
  v.transform(Number),
);
const numbers = v.array(number, 'expected a list of numbers');
const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const text = v.string();

const failureSchema = v.object({ name: text, message: text, stack: v.optional(text) });

const evaluationSchema = v.object({
  step: whole,
  images: v.nullable(whole),
  complete: v.boolean(),
  loss: number,
  error: number,
  seconds: v.nullable(number),
});

const series = ['loss', 'error', 'learningRate', 'epoch', 'trainingSeconds'] as const;

const runSchema = v.pipe(
  v.object({
    lane: text,
    name: text,
    /** Since version 2; before, the experiment said it. */
    config: v.optional(v.unknown()),
    state: v.picklist(['queued', 'waiting', 'running', 'paused', 'ended']),
    step: whole,
    end: v.nullable(
      v.object({
        reason: v.picklist(['completed', 'stopped', 'diverged', 'error']),
        divergedAt: v.nullable(whole),
        failure: v.nullable(failureSchema),
      }),
    ),
    startedFrom: v.optional(v.nullable(text), null),
    /** Since version 3; before, every step was logged. */
    loggedSteps: v.optional(v.nullable(v.array(whole)), null),
    // Files without wall time are older, or of runs of which it is not known.
    series: v.object({ ...v.entriesFromList(series, numbers), wallSeconds: v.optional(numbers, []) }),
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
    ({ loggedSteps }) => loggedSteps?.every((step, i) => step > (loggedSteps[i - 1] ?? 0)) ?? true,
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
  if (input['version'] !== 1 && input['version'] !== 2 && input['version'] !== RUNS_VERSION) {
    throw new ImportError(
      `${name} is of version ${versionText(input['version'])}, and this page reads versions 1 to ${RUNS_VERSION}. Load the page again to have its newest version, or use the one that wrote the file.`,
    );
  }
  const result = v.safeParse(fileSchema, input);
  if (!result.success) {
    const [first, ...rest] = result.issues;
    throw damaged(name, `${v.getDotPath(first) ?? 'file'}: ${first.message}`, rest.length);
  }
  const { runs, experiment } = result.output;
  const configs =
    input['version'] === 1
      ? configsOfLanes(experiment, runs, name)
      : runs.map((record, i) =>
          record.config === null ? null : checked(() => parseRun(record.config), `runs.${i}.config`, name),
        );
  const styles = laneStyles(configs.flatMap((config) => config?.model ?? []));
  let styled = 0;
  return runs.map((record, i) => {
    const config = configs[i] ?? null;
    const { end } = record;
    return {
      ...createRun({
        id: `imported/${ordinal}/${i}`,
        lane: `imported-${ordinal}-${record.lane}`,
        name: record.name,
        style: config ? styles[styled++]! : unknownStyle,
        config,
      }),
      imported: true,
      // What was alive when it was saved does not go on here.
      state: 'ended',
      end: end && { ...end, failure: end.failure && withoutUndefined(end.failure) },
      step: record.step,
      startedFrom: record.startedFrom,
      loggedSteps: record.loggedSteps && Series.empty.append(record.loggedSteps),
      loss: Series.empty.append(record.series.loss),
      error: Series.empty.append(record.series.error),
      learningRate: Series.empty.append(record.series.learningRate),
      epoch: Series.empty.append(record.series.epoch),
      trainingSeconds: Series.empty.append(record.series.trainingSeconds),
      wallSeconds: Series.empty.append(record.series.wallSeconds),
      speedSteps: Series.empty.append(record.speed.steps),
      imagesPerSecond: Series.empty.append(record.speed.imagesPerSecond),
      evaluations: record.evaluations,
      pauses: record.pauses,
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
    if (!lane) throw damaged(name, `runs.${i}.lane: the experiment has no lane "${record.lane}"`, 0);
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
    `${name} is damaged or was changed by hand. At ${cut(fault, 600)}${others}. Save it once more and try again.`,
  );
}

function withoutUndefined({ stack, ...rest }: v.InferOutput<typeof failureSchema>) {
  return stack === undefined ? rest : { ...rest, stack };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
