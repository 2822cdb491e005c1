/** Trained nets in a folder, a file each: a net that is asked for again, in another preset or with fewer steps, is not trained again. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { RunConfig } from '../../src/model/config.ts';
import { modelName } from '../../src/model/families.ts';
import type { MeasuredSizes } from '../../src/model/presetSizes.ts';
import { decisive } from '../../src/model/decisive.ts';
import { settingsKey } from '../../src/model/sameSettings.ts';
import { CommandError } from '../commandError.ts';
import { fileFault } from '../fileFault.ts';
import type { NodeBackend } from '../node/nodeBackends.ts';
import { readJson } from '../inputFiles.ts';

const netSchema = v.object({
  run: v.looseObject({}),
  /** Training error of each step, 0 to 1. */
  error: v.array(v.number()),
  divergedAt: v.nullable(v.number()),
  /** Seconds of training. */
  seconds: v.number(),
  commit: v.string(),
  date: v.string(),
  device: v.string(),
});
export type TrainedNet = v.InferOutput<typeof netSchema>;

const size = { width: v.number(), batchSize: v.number(), recipe: v.optional(v.literal('paper')) };
const trained = { trainedSteps: v.number(), seeds: v.array(v.number()) };
const origin = { command: v.string(), commit: v.string(), date: v.string(), device: v.string() };
const nets = v.array(v.string());
const better = v.nullable(v.string());
const measuredSchema = v.object({
  ...size,
  steps: v.number(),
  ...trained,
  pairs: v.array(v.object({ nets, better, gap: v.number(), noise: v.number() })),
  ...origin,
});
const seenSchema = v.object({
  seed: v.number(),
  better,
  gap: v.nullable(v.number()),
  noise: v.nullable(v.number()),
  learning: v.boolean(),
});
const triedSchema = v.object({
  ...size,
  ...trained,
  tried: v.array(v.object({ nets, seen: v.array(seenSchema) })),
  ...origin,
});
const sizesSchema = v.record(v.string(), v.array(v.union([measuredSchema, triedSchema])));

/** What a file of measured sizes holds; nothing where there is none. Throws {@link CommandError} if it is something else. */
export async function readSizes(file: string): Promise<MeasuredSizes> {
  if (!existsSync(file)) return {};
  const { success, output } = v.safeParse(sizesSchema, await readJson(file));
  if (!success)
    throw new CommandError(`${file} does not hold measured sizes: remove it, and it is written anew`);
  return output;
}

/** A run that another one goes on from, after so many of its steps. */
export interface Ancestor {
  readonly run: RunConfig;
  readonly step: number;
}

export class NetStore {
  /** What trains: a net of another backend is another net. */
  constructor(
    private readonly folder: string,
    private readonly backend: NodeBackend,
  ) {}

  /** The run's net with all its steps and perhaps more; null if it was not trained, or not for as long. */
  async find(run: RunConfig, ancestors: readonly Ancestor[]): Promise<TrainedNet | null> {
    const file = this.fileOf(run, ancestors);
    if (!existsSync(file)) return null;
    const json = await readJson(file);
    const { success, output } = v.safeParse(netSchema, json);
    if (!success) throw new CommandError(`${file} is not a trained net: remove it to train the net again`);
    const isLongEnough = output.divergedAt !== null || output.error.length >= (run.steps ?? Infinity);
    return isLongEnough ? output : null;
  }

  /** Throws {@link CommandError} if it cannot be written; then what was there before is there still. */
  async keep(run: RunConfig, net: TrainedNet, ancestors: readonly Ancestor[]): Promise<void> {
    await writeWhole(this.fileOf(run, ancestors), `${JSON.stringify(net)}\n`);
  }

  /** Nets on WebAssembly from their seeds have the names that they had before there were others. */
  private keyOf(run: RunConfig, ancestors: readonly Ancestor[]): string {
    const backend = this.backend === 'wasm' ? [] : [this.backend];
    const origins = ancestors.map(({ run: one, step }) => [prefixKey(one), step]);
    const own = prefixKey(run);
    return backend.length + origins.length === 0 ? own : settingsKey([own, ...backend, ...origins]);
  }

  private fileOf(run: RunConfig, ancestors: readonly Ancestor[]): string {
    const { model, batchSize, seed } = run;
    const hash = createHash('sha256').update(this.keyOf(run, ancestors)).digest('hex').slice(0, 8);
    const name = modelName(model).toLowerCase();
    return join(this.folder, 'nets', `${name}-${model.width}x${batchSize}-seed-${seed}-${hash}.json`);
  }
}

/** The same for runs of which the longer begins with the shorter, to the last bit. */
export function prefixKey({ steps, ...all }: RunConfig): string {
  const run = decisive(all);
  return settingsKey(run.schedule.type === 'constant' ? run : { ...run, steps });
}

/** Writes a file beside its place and moves it there. Throws {@link CommandError}. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  try {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new CommandError(`cannot write ${file}: ${fileFault(error)}`);
  }
}

/** Removes what a killed process has left half written. */
export async function clearParts(folder: string): Promise<void> {
  for (const place of [folder, join(folder, 'nets')]) {
    if (!existsSync(place)) continue;
    for (const name of await readdir(place)) {
      if (/\.json\.\d+\.part$/.test(name)) await rm(join(place, name), { force: true });
    }
  }
}
