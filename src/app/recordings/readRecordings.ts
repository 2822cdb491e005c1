/** Runs that this project recorded (cli/record.ts), from the page's own folder `recordings`. */
import * as v from 'valibot';
import { sha256 } from '../../data/sha256.ts';
import { ConfigError, parseRun, type RunConfig } from '../../model/config.ts';
import { modelName } from '../../model/families.ts';
import { paperSetting } from '../../model/paper.ts';
import {
  RECORDING_FORMAT,
  RECORDING_VERSION,
  unpackSteps,
  type RecordingEntry,
} from '../../model/recording.ts';
import { laneStyles } from '../store/laneStyles.ts';
import { createRun, type Run } from '../store/run.ts';
import { Series } from '../store/series.ts';

/** A recording that cannot be had or read; the message says what is wrong. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const share = v.nullable(finite);
const stretches = v.array(v.tuple([v.pipe(whole, v.maxValue(1e6)), finite]));
const head = { format: v.literal(RECORDING_FORMAT), version: v.literal(RECORDING_VERSION) };
const config = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, RunConfig>(({ dataset, addIssue, NEVER }) => {
    try {
      return parseRun(dataset.value);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      addIssue({ message: error.message });
      return NEVER;
    }
  }),
);

const indexSchema = v.object({
  ...head,
  recordings: v.array(
    v.object({
      file: v.pipe(v.string(), v.regex(/^[\w.-]+\.json$/, 'expected the name of a JSON file')),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')),
      config,
      steps: whole,
      device: v.string(),
      commit: v.string(),
      date: v.string(),
    }),
  ),
});

const total = (list: readonly (readonly [number, number])[]) => list.reduce((sum, [count]) => sum + count, 0);
const recordingSchema = v.pipe(
  v.object({
    ...head,
    config,
    end: v.object({
      reason: v.picklist(['completed', 'stopped', 'diverged']),
      divergedAt: v.nullable(whole),
    }),
    images: stretches,
    rates: stretches,
    wrong: v.array(whole),
    loss: v.array(share),
    milliseconds: v.array(whole),
    evaluations: v.array(
      v.object({
        step: whole,
        images: v.pipe(whole, v.minValue(1)),
        complete: v.boolean(),
        wrong: whole,
        loss: share,
        seconds: finite,
      }),
    ),
  }),
  v.check(
    ({ images, rates, wrong, loss, milliseconds }) =>
      [total(images), total(rates), loss.length, milliseconds.length].every((n) => n === wrong.length),
    'the lists have different lengths',
  ),
);

/** How a file of the folder is had: its bytes. Rejects if it cannot be. */
export type FetchRecording = (file: string) => Promise<Uint8Array<ArrayBuffer>>;

export const fetchRecording: FetchRecording = async (file) => {
  const response = await fetch(new URL(`${import.meta.env.BASE_URL}recordings/${file}`, document.baseURI));
  if (!response.ok) throw new RecordingError(`recordings/${file} did not arrive: HTTP ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
};

/** What there is. Throws {@link RecordingError}. */
export async function readIndex(get: FetchRecording): Promise<readonly RecordingEntry[]> {
  return parse(indexSchema, await get('index.json'), 'index.json').recordings;
}

/** The recorded run under `name`. Throws {@link RecordingError} if the file is not the one that the index speaks of. */
export async function readRecording(entry: RecordingEntry, name: string, get: FetchRecording): Promise<Run> {
  const bytes = await get(entry.file);
  if ((await sha256(bytes)) !== entry.sha256) {
    throw new RecordingError(
      `recordings/${entry.file} is not the file that was recorded: its SHA-256 differs.`,
    );
  }
  const recording = parse(recordingSchema, bytes, entry.file);
  const steps = unpackSteps(recording, paperSetting.trainingImages);
  const column = (key: keyof (typeof steps)[number]) => Series.empty.append(steps.map((step) => step[key]));
  const [style] = laneStyles([recording.config.model]);
  if (!style) throw new RecordingError(`recordings/${entry.file} has no net.`);
  const id = recordedId(entry);
  return {
    ...createRun({ id, lane: id, name, style, config: recording.config }),
    imported: true,
    state: 'ended',
    end: { ...recording.end, failure: null },
    step: steps.length,
    loss: column('loss'),
    error: column('error'),
    learningRate: column('learningRate'),
    epoch: column('epoch'),
    trainingSeconds: column('trainingSeconds'),
    evaluations: recording.evaluations.map(({ wrong, loss, ...rest }) => ({
      ...rest,
      loss: loss ?? NaN,
      error: wrong / rest.images,
    })),
  };
}

export const recordedId = ({ file }: Pick<RecordingEntry, 'file'>): string =>
  `recorded/${file.replace(/\.json$/, '')}`;

export const recordedNet = (entry: RecordingEntry): string => modelName(entry.config.model);

function parse<S extends v.GenericSchema>(schema: S, bytes: Uint8Array, file: string): v.InferOutput<S> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new RecordingError(`recordings/${file} is not JSON.`, { cause });
  }
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const [first] = result.issues;
  throw new RecordingError(
    `recordings/${file} cannot be read. At ${v.getDotPath(first) ?? 'file'}: ${first.message}`,
  );
}
