/**
 * Trains a run of a set, or goes on with it where it was interrupted: `npm run train:set -- --set cli/sets/long.json --only plain-20`.
 * The same command, again and again, until it says that the run is finished. Without `--only` it tells how far each run is.
 * One run a process: two may train at once.
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import type { RunConfig } from '../src/model/config.ts';
import { decisive } from '../src/model/decisive.ts';
import { sameSettings } from '../src/model/sameSettings.ts';
import { UsageError } from './commandError.ts';
import { readInput, readJson, readRun, runOf, textOf } from './inputFiles.ts';
import { Interruption } from './interruption.ts';
import { readOptions, wholeNumber } from './options.ts';
import { OutFolder } from './outFolder.ts';
import { readCheckpoint, readSummary } from './resumable.ts';
import { resumeRun } from './resumeRun.ts';
import { runCommand } from './runCommand.ts';
import { trainRun } from './trainRun.ts';

const DEFAULT_EVERY = 250;
const nameSchema = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/));
const setSchema = v.record(nameSchema, v.unknown());

await runCommand(async () => {
  const options = readOptions('npm run train:set', {
    set: { type: 'string', value: 'FILE', required: true },
    only: { type: 'string', value: 'NAME' },
    out: { type: 'string', value: 'FOLDER' },
    'checkpoint-every': { type: 'string', value: 'N' },
    data: { type: 'string', value: 'DIR' },
  });
  const { set: file = '', only, 'checkpoint-every': every, data } = options;
  const runs = await readSet(file);
  const out = options.out ?? join('runs', basename(file, '.json'));
  if (only === undefined) {
    for (const [name, run] of runs) console.log(`${name}: ${(await stateOf(join(out, name), run)).words}`);
    return;
  }
  const run = runs.get(only);
  if (!run) throw new UsageError(`${file} has no run "${only}", but ${[...runs.keys()].join(', ')}`);
  const checkpointEvery = every === undefined ? DEFAULT_EVERY : wholeNumber('checkpoint-every', every);
  const folder = join(out, only);
  const { state, words } = await stateOf(folder, run);
  console.error(`${only}: ${words}`);
  if (state === 'finished') return;
  const interruption = new Interruption();
  if (state === 'begun') {
    const kept = every === undefined ? null : checkpointEvery;
    await resumeRun(folder, { data, checkpointEvery: kept }, interruption);
    return;
  }
  const claimed = await OutFolder.claim(folder, {
    overwrite: state === 'killed at once',
    warn: (text) => console.error(text),
  });
  await trainRun(
    { run, backend: 'wasm', threads: 1, precision: 'f32', data, out: claimed, checkpointEvery },
    interruption,
  );
});

async function readSet(file: string): Promise<ReadonlyMap<string, RunConfig>> {
  const set = v.safeParse(setSchema, await readJson(file));
  if (!set.success || Object.keys(set.output).length === 0) {
    throw new UsageError(`${file} is no set of runs: {"name": configuration, ...}, names of a-z, 0-9 and -`);
  }
  return new Map(
    Object.entries(set.output).map(([name, run]) => [name, runOf(run, `${file}: ${name}`)] as const),
  );
}

interface SetState {
  readonly state: 'not begun' | 'killed at once' | 'begun' | 'finished';
  readonly words: string;
}

/** How far the run in `folder` is. Throws {@link UsageError} if another run than `run` is there. */
async function stateOf(folder: string, run: RunConfig): Promise<SetState> {
  const file = (name: string) => join(folder, name);
  if (!existsSync(file('config.json'))) return { state: 'not begun', words: 'not begun' };
  if (!sameSettings(decisive(await readRun(file('config.json'))), decisive(run))) {
    throw new UsageError(`${folder} holds another run than the set: move it away, or give another --out`);
  }
  const { reason, steps } = (await readSummary(folder)) ?? {};
  if (reason === 'completed') return { state: 'finished', words: `finished, ${steps} steps` };
  if (reason === 'diverged') return { state: 'finished', words: `diverged at step ${steps}` };
  if (!existsSync(file('checkpoint.safetensors'))) {
    const events = existsSync(file('events.jsonl'))
      ? textOf(await readInput(file('events.jsonl')), file('events.jsonl'))
      : '';
    if (!events.includes('"kind":"step"')) return { state: 'killed at once', words: 'not begun' };
    throw new UsageError(`${folder} holds steps and no checkpoint: move it away, or give another --out`);
  }
  const { step } = (await readCheckpoint(file('checkpoint.safetensors'))).state;
  return { state: 'begun', words: `goes on after step ${step} of ${run.steps ?? 'its budget'}` };
}
