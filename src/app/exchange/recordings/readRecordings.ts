/** Runs that this project recorded (cli/record.ts), from the page's own folder `recordings`. */
import * as v from 'valibot';
import { sha256 } from '../../../model/sha256.ts';
import { cut } from '../../../model/boundedText.ts';
import { ConfigError, parseRun, type RunConfig } from '../../../model/config.ts';
import { modelName } from '../../../model/families.ts';
import { paperSetting } from '../../../model/paper.ts';
import {
  RECORDING_FORMAT,
  RECORDING_VERSION,
  unpackSteps,
  type RecordingEntry,
} from '../../../model/recording.ts';
import { blockStyles } from '../../runs/looks/laneStyles.ts';
import { createRun, type Run } from '../../state/run.ts';
import { Series } from '../../state/series.ts';

/** A recording that cannot be had or read; the message says what is wrong. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

/** What nothing recorded meets: a run of more steps, a step of more images, a time of more than 30 years. */
const MOST_STEPS = 1e6;
const MOST_IMAGES = 50_000;
const MOST_SECONDS = 1e9;

const wholeTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const positiveTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const whole = wholeTo(MOST_STEPS);
const finite = v.pipe(v.number(), v.finite());
const loss = v.nullable(finite);
const text = v.pipe(v.string(), v.maxLength(200));
const stretchesOf = <S extends v.GenericSchema>(value: S) => v.array(v.strictTuple([whole, value]));
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
      device: text,
      commit: text,
      date: text,
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
    images: stretchesOf(positiveTo(MOST_IMAGES)),
    rates: stretchesOf(finite),
    wrong: v.array(wholeTo(MOST_IMAGES)),
    loss: v.array(loss),
    milliseconds: v.array(wholeTo(1000 * MOST_SECONDS)),
    evaluations: v.array(
      v.pipe(
        v.object({
          step: whole,
          images: positiveTo(MOST_IMAGES),
          complete: v.boolean(),
          wrong: wholeTo(MOST_IMAGES),
          loss,
          seconds: v.pipe(finite, v.minValue(0), v.maxValue(MOST_SECONDS)),
        }),
        v.check(({ wrong, images }) => wrong <= images, 'more images are wrong than were tested'),
      ),
    ),
  }),
  v.check(
    ({ images, rates, wrong, loss, milliseconds }) =>
      [total(images), total(rates), loss.length, milliseconds.length].every((n) => n === wrong.length),
    'the lists have different lengths',
  ),
  v.check(({ wrong, images }) => {
    let end = 0;
    return images.every(([count, size]) => {
      const begin = end;
      end += count;
      return wrong.slice(begin, end).every((some) => some <= size);
    });
  }, 'more images are wrong than a batch has'),
  v.check(
    ({ evaluations, wrong }) =>
      evaluations.every(({ step }, i) => step > (evaluations[i - 1]?.step ?? -1) && step <= wrong.length),
    'the tests do not follow each other, or come after the end',
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
  const [style] = blockStyles([recording.config.model]);
  if (!style) throw new RecordingError(`recordings/${entry.file} has no net.`);
  const id = recordedId(entry);
  return {
    ...createRun({ id, lane: id, name, style, config: recording.config }),
    origin: 'recorded',
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
  const place = cut(v.getDotPath(first) ?? 'file', 80);
  throw new RecordingError(
    `recordings/${file} cannot be read. At ${place}: ${cut(first.message, 600).replace(/\.$/, '')}.`,
  );
}
