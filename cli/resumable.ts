/** A run in a folder that can be gone on with: `npm run train -- --resume DIR`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { CheckpointError, decodeCheckpoint, type Checkpoint } from '../src/model/checkpoint.ts';
import { decisive } from '../src/model/decisive.ts';
import { sameSettings } from '../src/model/sameSettings.ts';
import { CommandError, UsageError } from './commandError.ts';
import { linesUntil, type LinesUntil } from './eventLines.ts';
import { readInput, readJson, readRun, textOf } from './inputFiles.ts';
import { originSchema, type Origin } from './origin.ts';

export interface Resumable {
  readonly checkpoint: Checkpoint;
  /** What of the events was told before it. */
  readonly told: LinesUntil;
  readonly origin: Origin;
}

const summarySchema = v.object({ reason: v.nullable(v.string()), steps: v.number() });

/**
 * The run in `folder` as its checkpoint has it. Throws {@link UsageError} if the run is over, or kept no checkpoint, and
 * {@link CommandError} if its files are not those of one run, whole.
 */
export async function readResumable(folder: string): Promise<Resumable> {
  const file = (name: string) => join(folder, name);
  await refuseEnded(folder);
  const checkpointFile = file('checkpoint.safetensors');
  if (!existsSync(checkpointFile)) {
    throw new UsageError(
      `${folder} has no checkpoint to go on from: a run keeps one if it is begun with --checkpoint-every; ` +
        'train it anew with --config and --overwrite',
    );
  }
  const checkpoint = await readCheckpoint(checkpointFile);
  const run = await readRun(file('config.json'));
  if (!sameSettings(decisive(run), decisive(checkpoint.state.run))) {
    throw new CommandError(
      `${file('config.json')} is not the configuration of ${checkpointFile}: it was changed, or one of the two is of another run. ` +
        'Put the old one back, or train anew with --config and --overwrite',
    );
  }
  const events = file('events.jsonl');
  const told = linesUntil(textOf(await readInput(events), events), checkpoint.state, events);
  // What a run costs may be changed between its steps: that is in config.json, and the rest of it in both.
  const changed = { ...checkpoint, state: { ...checkpoint.state, run } };
  return { checkpoint: changed, told, origin: await readOrigin(file('run.json')) };
}

/** How the run in `folder` ended; null if it has not. Throws {@link CommandError} if that cannot be read. */
export async function readSummary(folder: string): Promise<v.InferOutput<typeof summarySchema> | null> {
  const file = join(folder, 'summary.json');
  if (!existsSync(file)) return null;
  const summary = v.safeParse(summarySchema, await readJson(file));
  if (summary.success) return summary.output;
  throw new CommandError(`${file} is not the summary of a run`);
}

async function refuseEnded(folder: string): Promise<void> {
  const { reason, steps } = (await readSummary(folder)) ?? {};
  if (reason === 'completed') {
    throw new UsageError(`${folder} holds a finished run of ${steps} steps: there is nothing to go on with`);
  }
  if (reason === 'diverged') {
    throw new UsageError(
      `the run in ${folder} diverged at step ${steps}, and would again: train with a smaller learning rate or a warm-up`,
    );
  }
}

/** Throws {@link CommandError} if there is none, or not whole. */
export async function readCheckpoint(file: string): Promise<Checkpoint> {
  const { buffer } = Uint8Array.from(await readInput(file));
  return checkpointIn(buffer, file);
}

/** The checkpoint that was read from `file`. Throws {@link CommandError} if it is not whole. */
export async function checkpointIn(buffer: ArrayBuffer, file: string): Promise<Checkpoint> {
  try {
    return await decodeCheckpoint(buffer);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new CommandError(`${file} cannot be gone on from: ${error.message}`);
  }
}

async function readOrigin(file: string): Promise<Origin> {
  const origin = v.safeParse(originSchema, await readJson(file));
  if (origin.success) return origin.output;
  const [{ message }] = origin.issues;
  throw new CommandError(`${file} does not say what trained: ${message}`);
}
