/**
 * Makes the trained nets that come with the page out of long runs: `npm run nets -- --from runs/long`. Of every run in the folder, finished or
 * not, some moments and the last one there is, numbers in F16, all of them in at most 6 MB; `index.json` says what they are. With `--add` nets
 * that were made before, of other runs, stay, with as many of their moments as fit.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { LookedNet } from '../src/inside/lookedNet.ts';
import type { TrainingOps } from '../src/kernels/ops.ts';
import {
  MOST_NETS_BYTES,
  NETS_FORMAT,
  NETS_VERSION,
  trainedNetsSchema,
  type TrainedNetMoment,
} from '../src/model/trainedNets.ts';
import type { GivenWeights } from '../src/protocol/inside.ts';
import { CommandError, UsageError } from './commandError.ts';
import { fileFault } from './fileFault.ts';
import { chooseMoments } from './nets/chooseMoments.ts';
import { readRuns, type KeptRun } from './nets/readRuns.ts';
import { readShipped } from './nets/readShipped.ts';
import { errorOf, inHalves } from './nets/shipMoment.ts';
import { openNodeOps } from './node/nodeDevice.ts';
import { openLane } from './node/openLane.ts';
import { readOptions, wholeNumber } from './options.ts';
import { runCommand } from './runCommand.ts';

const BATCH = 200;
/** Test images on which the files are compared with the runs. */
const IMAGES = 2000;
/** By rounding the error may move by a tenth of a point, and by two images where these are more: a net near chance is undecided on many. */
const MOST_MOVED = 0.001;
const LEAST_IMAGES = 2;
/** Bytes kept free for index.json. */
const INDEX_BYTES = 20_000;

await runCommand(async () => {
  const options = readOptions('npm run nets', {
    from: { type: 'string', value: 'FOLDER', required: true },
    to: { type: 'string', value: 'FOLDER' },
    add: { type: 'boolean' },
    images: { type: 'string', value: 'N' },
    data: { type: 'string', value: 'DIR' },
  });
  const { from = '', to = 'public/nets', data } = options;
  const images = options.images === undefined ? IMAGES : wholeNumber('images', options.images);
  const given = await readRuns(from, (name, why) => console.error(`${name} is left out: ${why}`));
  const made = options.add ? await readShipped(to) : [];
  const isGiven = (net: KeptRun) => given.some(({ name }) => name === net.name);
  const runs = [...given, ...made.filter((net) => !isGiven(net))].sort((a, b) => (a.name < b.name ? -1 : 1));
  const chosen = await chosenSteps(runs);
  const ops = await openNodeOps('wasm');
  const files = new Map<string, Uint8Array>();
  const nets: unknown[] = [];
  for (const [i, run] of runs.entries()) {
    const { name, config, origin } = run;
    await refuseOtherBeginning(ops, run);
    const source = await openLane(config, data);
    const moments: TrainedNetMoment[] = [];
    for (const step of chosen[i] ?? []) {
      const weights = await weightsAt(run, step);
      const shipped = inHalves(config.model, weights, `${name} after step ${step}`);
      const before = await errorOf(ops, config, weights, source.evaluation(images, BATCH));
      const error = await errorOf(ops, config, shipped, source.evaluation(images, BATCH));
      if (Math.round(Math.abs(error - before) * images) > Math.max(LEAST_IMAGES, MOST_MOVED * images)) {
        throw new CommandError(
          `${name} after step ${step}: in F16 its error is ${percent(error)} and not ${percent(before)}`,
        );
      }
      const bytes = new Uint8Array(shipped);
      const file = `${name}-${step}.safetensors`;
      files.set(file, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      moments.push({ step, file, sha256, bytes: bytes.length, test: { images, error } });
      console.error(`${file}: ${bytes.length} bytes, error ${percent(error)} (F32: ${percent(before)})`);
    }
    const { commit, date, device } = origin;
    nets.push({ name, config, commit, date, device, moments });
  }
  const index = v.parse(trainedNetsSchema, { format: NETS_FORMAT, version: NETS_VERSION, nets });
  const text = new TextEncoder().encode(`${JSON.stringify(index, null, 2)}\n`);
  if (text.length > INDEX_BYTES) throw new CommandError(`index.json has ${text.length} bytes`);
  await replaceFiles(to, new Map([...files, ['index.json', text]]));
  const total = [...files.values()].reduce((sum, { length }) => sum + length, text.length);
  console.error(`${files.size} moments of ${runs.length} runs, ${total} bytes`);
});

function percent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}

function weightsAt({ name, weights }: KeptRun, step: number): Promise<ArrayBuffer> {
  const read = weights.get(step);
  if (!read) throw new CommandError(`${name} keeps no weights after step ${step}`);
  return read();
}

/** Of each run the steps that are taken. */
async function chosenSteps(runs: readonly KeptRun[]): Promise<readonly (readonly number[])[]> {
  const ladders = await Promise.all(
    runs.map(async (run) => {
      const steps = [...run.weights.keys()].filter((step) => step > 0).sort((a, b) => a - b);
      const { depth, width } = run.config.model;
      const last = inHalves(run.config.model, await weightsAt(run, steps.at(-1) ?? 0), run.name);
      return { kind: `${depth} x ${width}`, bytes: last.byteLength, steps };
    }),
  );
  const most = MOST_NETS_BYTES - INDEX_BYTES;
  const chosen = chooseMoments(ladders, most);
  if (!chosen) throw new UsageError(`these runs take more than ${most} bytes with one moment of each`);
  return chosen;
}

/** The page makes a net before its first step from the seed: it has to be the one that was trained. */
async function refuseOtherBeginning(ops: TrainingOps<Tensor>, run: KeptRun): Promise<void> {
  const { name, config, weights } = run;
  const file = await weights.get(0)?.();
  if (!file) return;
  const flat = async (given: GivenWeights) =>
    (await LookedNet.open(ops, { ...config, weights: given })).weights;
  const own = await flat({ kind: 'safetensors', file });
  const made = await flat({ kind: 'seed', seed: config.seed });
  const same = (a: Float32Array, b: Float32Array) => a.every((value, i) => value === b[i]);
  if (same(own.parameters, made.parameters) && same(own.statistics, made.statistics)) return;
  throw new CommandError(
    `${name} did not begin as its seed, ${config.seed}, does: no moment before its first step can be shown`,
  );
}

/** Writes all files beside their places before the first is moved there, the index last, and takes away moments that are none of them. */
async function replaceFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const temporary = (name: string) => join(folder, `.${name}-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, bytes] of files) await writeFile(temporary(name), bytes);
    for (const name of files.keys()) await rename(temporary(name), join(folder, name));
    const old = (await readdir(folder)).filter((name) => name.endsWith('.safetensors') && !files.has(name));
    for (const name of old) await rm(join(folder, name));
  } catch (error) {
    for (const name of files.keys()) await rm(temporary(name), { force: true });
    throw new CommandError(`cannot write to ${folder}: ${fileFault(error)}`);
  }
}
