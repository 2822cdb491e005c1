/**
 * A run between two steps, with all that its next step depends on: training that goes on from it gives the same numbers, to the last
 * bit, as training that was never interrupted, where the same kernels compute. The format: a safetensors file with the weights under
 * PyTorch's names, the optimiser's numbers under the same names behind `optimizer.NAME.`, and three texts of metadata: `checkpointVersion`,
 * `checkpoint`, which is the state as JSON, and `sha256`, over the whole file with zeros in the digest's place.
 */
import * as v from 'valibot';
import { MOST_STEPS, wholeFrom } from './bounds.ts';
import { checkpointDeviceSchema } from './checkpointDevice.ts';
import { runSchema, type OptimizerConfig, type RunConfig } from './config.ts';
import { buildGraph, type Graph } from './graph.ts';
import { numbersFault } from './netWeights.ts';
import { layoutOf, namedTensors, type Layout, type NamedTensor, type Slot } from './parameters.ts';
import {
  encodeSafetensors,
  MOST_FILE_BYTES,
  readStoredTensors,
  shapeText,
  shortened,
  valuesOf,
  WeightsError,
  type HostTensor,
  type StoredTensors,
} from './safetensors.ts';
import { sameSettings } from './sameSettings.ts';
import { ERROR_WINDOW } from './schedule.ts';
import { sha256 } from './sha256.ts';

const VERSION = '1';
/** Weights, and two numbers more for each of them. */
const MOST_BYTES = 3 * MOST_FILE_BYTES;
const BLANK = '0'.repeat(64);

const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));

const stateSchema = v.pipe(
  v.strictObject({
    run: runSchema,
    /** What computed it: another may round differently. */
    device: checkpointDeviceSchema,
    /** Steps taken; the number, too, of the batch that comes next, from 0. */
    step: wholeFrom(0, MOST_STEPS),
    /** Epochs done, a fraction. */
    epoch: v.pipe(v.number(), v.finite(), v.minValue(0)),
    /** Seconds of training so far, and seconds that were none: see StepsEvent. */
    trainingSeconds: seconds,
    idleSeconds: seconds,
    /** Updates that the optimiser has made: Adam counts them. */
    optimizerSteps: wholeFrom(0, MOST_STEPS),
    /** Whether the schedule's warm-up is over. */
    warmedUp: v.boolean(),
    /** Training errors of the last steps, up to {@link ERROR_WINDOW}, for a warm-up that ends by them. */
    recentErrors: v.pipe(
      v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
      v.maxLength(ERROR_WINDOW),
    ),
    /** Whether the evaluation that is due after this step is still to come. */
    isEvaluationDue: v.boolean(),
    /** Of the losses of all steps: see hashLosses. What is kept of the curve can be compared with it. */
    lossHash: wholeFrom(0, 2 ** 32 - 1),
  }),
  v.check(({ step, run }) => step <= (run.steps ?? Infinity), 'it has more steps than its run'),
  v.check(
    ({ step, recentErrors }) => recentErrors.length === Math.min(step, ERROR_WINDOW),
    'it has more or fewer errors than steps',
  ),
  v.check(
    ({ step, isEvaluationDue, run }) =>
      !isEvaluationDue || (step > 0 && run.evaluation.every > 0 && step % run.evaluation.every === 0),
    'no evaluation is due after its step',
  ),
);

export type CheckpointState = Readonly<v.InferOutput<typeof stateSchema>>;

export interface Checkpoint {
  readonly state: CheckpointState;
  /** By the names of {@link checkpointTensors}, in PyTorch's layout. */
  readonly tensors: ReadonlyMap<string, HostTensor>;
}

export type CheckpointFault =
  /** No checkpoint, or not as it was written. */
  | 'damaged'
  /** Of another version of the format. */
  | 'version'
  /** Its tensors are not those of its run. */
  | 'misfit'
  /** Its numbers are not finite. */
  | 'notFinite'
  /** It is of a run with another configuration. */
  | 'otherRun';

/** A checkpoint that cannot be used; the message says what is wrong and where, in less than 1,000 characters. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
  constructor(
    message: string,
    readonly fault: CheckpointFault,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What an optimiser remembers of each weight, in the order of OptimizerState.slots. */
export const optimizerSlots: Readonly<Record<OptimizerConfig['type'], readonly string[]>> = {
  sgd: ['velocity'],
  adam: ['firstMoment', 'secondMoment'],
  rmsprop: ['squareAverage'],
};

/** A tensor of a checkpoint, and which of the flat arrays it is part of: a number is that of the optimiser's slot. */
export interface CheckpointTensor {
  readonly name: string;
  readonly array: 'parameters' | 'statistics' | number;
  readonly named: NamedTensor;
}

/** All tensors of a checkpoint, in the order of its file. */
export function checkpointTensors(
  graph: Graph,
  layout: Layout,
  optimizer: OptimizerConfig['type'],
): readonly CheckpointTensor[] {
  const of = (slots: readonly Slot[], array: CheckpointTensor['array'], prefix = '') =>
    slots
      .flatMap((slot) => namedTensors(graph, slot))
      .map((named) => ({ name: `${prefix}${named.name}`, array, named }));
  return [
    ...of(layout.trainable, 'parameters'),
    ...of(layout.statistics, 'statistics'),
    ...optimizerSlots[optimizer].flatMap((name, i) => of(layout.trainable, i, `optimizer.${name}.`)),
  ];
}

/** A checkpoint as a file. Rejects with {@link CheckpointError} if it is none: of a net that has diverged, for one. */
export async function encodeCheckpoint({ state, tensors }: Checkpoint): Promise<ArrayBuffer> {
  refuseTensors(state, tensors);
  const metadata = { sha256: BLANK, checkpointVersion: VERSION, checkpoint: JSON.stringify(state) };
  const file = encodeSafetensors(tensors, metadata);
  writeDigest(file, BLANK, await sha256(new Uint8Array(file)));
  return file;
}

/** The checkpoint in a file, checked whole. Rejects with {@link CheckpointError}. */
export async function decodeCheckpoint(file: ArrayBuffer): Promise<Checkpoint> {
  const stored = asCheckpoint(() => readStoredTensors(file, MOST_BYTES));
  const version = stored.metadata.get('checkpointVersion');
  if (version === undefined) throw new CheckpointError('This is no checkpoint of a run.', 'damaged');
  if (version !== VERSION) {
    throw new CheckpointError(
      `It is a checkpoint of version ${shortened(version)}, and version ${VERSION} can be read.`,
      'version',
    );
  }
  await refuseOtherDigest(file, stored.metadata.get('sha256'));
  const state = readState(stored.metadata.get('checkpoint') ?? '');
  return { state, tensors: readTensors(file, stored, state) };
}

/** The weights and the running statistics of the checkpoint in a file, as safetensors. Rejects with {@link CheckpointError}. */
export async function weightsInCheckpoint(file: ArrayBuffer): Promise<ArrayBuffer> {
  const { state, tensors } = await decodeCheckpoint(file);
  const graph = buildGraph(state.run.model);
  const weights = checkpointTensors(graph, layoutOf(graph), state.run.optimizer.type).flatMap(
    ({ name, array }) => (typeof array === 'number' ? [] : [[name, tensors.get(name)!] as const]),
  );
  return encodeSafetensors(new Map(weights));
}

/** The checkpoint of this very run in a file. Rejects with {@link CheckpointError}. */
export async function decodeCheckpointOf(run: RunConfig, file: ArrayBuffer): Promise<Checkpoint> {
  const checkpoint = await decodeCheckpoint(file);
  if (sameSettings(checkpoint.state.run, run)) return checkpoint;
  throw new CheckpointError('It is a checkpoint of a run with another configuration.', 'otherRun');
}

function readState(text: string): CheckpointState {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new CheckpointError('Its state is damaged: it is not JSON.', 'damaged', { cause });
  }
  const result = v.safeParse(stateSchema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? 'the whole';
  throw new CheckpointError(
    `Its state is damaged: ${shortened(place)}: ${shortened(issue.message)}.`,
    'damaged',
  );
}

/** What `read` gives; a WeightsError as a CheckpointError. */
function asCheckpoint<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof WeightsError)) throw cause;
    throw new CheckpointError(cause.message, 'damaged', { cause });
  }
}

async function refuseOtherDigest(file: ArrayBuffer, digest = ''): Promise<void> {
  const copy = file.slice(0);
  const isThere = /^[0-9a-f]{64}$/.test(digest) && writeDigest(copy, digest, BLANK);
  if (isThere && (await sha256(new Uint8Array(copy))) === digest) return;
  throw new CheckpointError('It is not as it was written: its SHA-256 is another.', 'damaged');
}

/** Puts `digest` where the file has `present`; false if it has not. */
function writeDigest(file: ArrayBuffer, present: string, digest: string): boolean {
  const key = '"sha256":"';
  const length = Number(new DataView(file).getBigUint64(0, true));
  // One character a byte: places in the text are places in the header.
  const header = new TextDecoder('latin1').decode(new Uint8Array(file, 8, length));
  const at = header.indexOf(`${key}${present}"`);
  if (at < 0) return false;
  new Uint8Array(file, 8 + at + key.length, 64).set(new TextEncoder().encode(digest));
  return true;
}

function readTensors(
  file: ArrayBuffer,
  { tensors: stored, begin }: StoredTensors,
  state: CheckpointState,
): ReadonlyMap<string, HostTensor> {
  const tensors = new Map<string, HostTensor>();
  for (const [name, tensor] of stored) {
    if (tensor.dtype !== 'F32') {
      throw new CheckpointError(`${shortened(name)} is ${shortened(tensor.dtype)} and not F32.`, 'misfit');
    }
    tensors.set(name, {
      shape: tensor.shape,
      values: asCheckpoint(() => valuesOf(file, begin, name, tensor)),
    });
  }
  refuseTensors(state, tensors);
  return tensors;
}

function refuseTensors({ run }: CheckpointState, tensors: ReadonlyMap<string, HostTensor>): void {
  const graph = buildGraph(run.model);
  const wanted = checkpointTensors(graph, layoutOf(graph), run.optimizer.type);
  for (const { name, array, named } of wanted) {
    const tensor = tensors.get(name);
    if (!tensor) throw new CheckpointError(`${name} is missing.`, 'misfit');
    if (tensor.shape.join() !== named.shape.join()) {
      throw new CheckpointError(
        `${name} is ${shapeText(tensor.shape)}, expected ${shapeText(named.shape)}.`,
        'misfit',
      );
    }
    const fault = typeof array === 'number' ? momentFault(name, tensor) : numbersFault(name, tensor.values);
    if (fault !== null) throw new CheckpointError(`${fault}.`, 'notFinite');
  }
  if (tensors.size === wanted.length) return;
  const names = new Set(wanted.map(({ name }) => name));
  const other = [...tensors.keys()].find((name) => !names.has(name));
  throw new CheckpointError(`${shortened(other ?? '')} is nothing of its run.`, 'misfit');
}

/** A square may be too large for float32 in a net that trains on: that is no fault. */
const momentFault = (name: string, { values }: HostTensor): string | null =>
  values.some(Number.isNaN) ? `${name} is not a number everywhere` : null;
