/** Runs that moments can be taken of: the folders that `npm run train:set` and `npm run train -- --out` write, finished or not. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { weightsInCheckpoint } from '../../src/model/checkpoint.ts';
import type { RunConfig } from '../../src/model/config.ts';
import { UsageError } from '../commandError.ts';
import { fileFault } from '../fileFault.ts';
import { readInput, readJson, readRun, readWeights } from '../inputFiles.ts';
import { originSchema, type Origin } from '../origin.ts';
import { checkpointIn } from '../resumable.ts';

export interface KeptRun {
  readonly name: string;
  readonly config: RunConfig;
  readonly origin: Origin;
  /** The weights at each step, 0 among them, as safetensors in F32. */
  readonly weights: ReadonlyMap<number, () => Promise<ArrayBuffer>>;
}

/** All of them in the folder, by name; `leaveOut` is told which folders are none, and why. Throws {@link UsageError}. */
export async function readRuns(
  from: string,
  leaveOut: (name: string, why: string) => void,
): Promise<readonly KeptRun[]> {
  const runs: KeptRun[] = [];
  for (const name of await namesIn(from)) {
    const folder = join(from, name);
    if (!existsSync(join(folder, 'config.json'))) leaveOut(name, 'it has no config.json');
    else if (!existsSync(join(folder, 'run.json'))) leaveOut(name, 'it has no run.json');
    else {
      const run = await readRunOf(name, folder);
      if ([...run.weights.keys()].some((step) => step > 0)) runs.push(run);
      else leaveOut(name, 'it keeps no weights after a step');
    }
  }
  if (runs.length === 0) throw new UsageError(`${from} holds no run that keeps weights`);
  return runs;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    throw new UsageError(`cannot read --from ${folder}: ${fileFault(error)}`);
  }
}

async function readRunOf(name: string, folder: string): Promise<KeptRun> {
  const config = await readRun(join(folder, 'config.json'));
  const weights = new Map<number, () => Promise<ArrayBuffer>>();
  for (const file of await readdir(folder)) {
    const step = /^weights-at-(\d+)\.safetensors$/.exec(file)?.[1];
    if (step !== undefined) weights.set(Number(step), () => readWeights(join(folder, file), config.model));
  }
  // A run that is not over has come further than its ladder.
  const checkpoint = join(folder, 'checkpoint.safetensors');
  if (existsSync(checkpoint)) {
    // Read once: a run that trains writes the next one in its place.
    const { buffer } = Uint8Array.from(await readInput(checkpoint));
    const { step } = (await checkpointIn(buffer, checkpoint)).state;
    if (!weights.has(step)) weights.set(step, () => weightsInCheckpoint(buffer));
  }
  const origin = v.safeParse(originSchema, await readJson(join(folder, 'run.json')));
  if (!origin.success) throw new UsageError(`${folder}/run.json: ${origin.issues[0].message}`);
  return { name, config, origin: origin.output, weights };
}
