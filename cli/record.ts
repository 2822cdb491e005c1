/**
 * Makes recordings that the page can show out of folders that `npm run train -- --out` wrote:
 * `npm run recordings -- --from FOLDER`. Every folder in FOLDER that holds a finished run becomes one file; the index is
 * written anew, with what it held before if --add is given. `--meta FILE` says commit, date and device for folders without a run.json
 * of their own.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { paperSetting } from '../src/model/paper.ts';
import {
  fourDigits,
  packSteps,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type Recording,
  type RecordingEntry,
} from '../src/model/recording.ts';
import { CommandError, UsageError } from './commandError.ts';
import { parseLine } from './eventLines.ts';
import { fileFault } from './fileFault.ts';
import { readInput, readJson, readRun, textOf } from './inputFiles.ts';
import { readOptions } from './options.ts';
import { originSchema } from './origin.ts';
import { runCommand } from './runCommand.ts';

const indexSchema = v.object({
  format: v.literal(RECORDING_FORMAT),
  version: v.literal(RECORDING_VERSION),
  recordings: v.array(v.looseObject({ file: v.string() })),
});

await runCommand(async () => {
  const options = readOptions('npm run recordings', {
    from: { type: 'string', value: 'FOLDER', required: true },
    to: { type: 'string', value: 'FOLDER' },
    meta: { type: 'string', value: 'FILE' },
    add: { type: 'boolean' },
  });
  const { from = '', to = 'public/recordings', meta, add } = options;
  const entries: RecordingEntry[] = [];
  const texts = new Map<string, string>();
  for (const name of await foldersOf(from)) {
    const folder = join(from, name);
    const recording = await readFolder(folder);
    if (typeof recording === 'string') {
      console.error(`${name} is left out: ${recording}`);
      continue;
    }
    const own = join(folder, 'run.json');
    const origin = existsSync(own) ? own : meta;
    if (origin === undefined) throw new UsageError(`${folder} has no run.json: give one with --meta FILE`);
    const text = `${JSON.stringify({ format: RECORDING_FORMAT, version: RECORDING_VERSION, ...recording })}\n`;
    const file = `${name}.json`;
    texts.set(file, text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const { config, wrong } = recording;
    entries.push({ file, sha256, config, steps: wrong.length, ...(await readMeta(origin)) });
    console.error(`${file}: ${wrong.length} steps, ${text.length} bytes`);
  }
  if (entries.length === 0) throw new UsageError(`${from} holds no finished run`);
  const kept = add ? (await entriesIn(to)).filter(({ file }) => !texts.has(file)) : [];
  const recordings = [...kept, ...entries].sort((a, b) => (a.file < b.file ? -1 : 1));
  // Only now, and the index last: who stops this before leaves the old recordings as they were.
  texts.set(
    'index.json',
    `${JSON.stringify({ format: RECORDING_FORMAT, version: RECORDING_VERSION, recordings }, null, 2)}\n`,
  );
  await replaceFiles(to, texts);
});

/** What the index in a folder holds: that stays as it is, whatever it says of each. */
async function entriesIn(folder: string): Promise<readonly (object & { readonly file: string })[]> {
  const file = join(folder, 'index.json');
  try {
    return v.parse(indexSchema, await readJson(file)).recordings;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--add ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function foldersOf(from: string): Promise<readonly string[]> {
  try {
    return (await readdir(from)).sort();
  } catch (error) {
    throw new UsageError(`cannot read --from ${from}: ${fileFault(error)}`);
  }
}

/** Writes all files beside their places before the first is moved there. */
async function replaceFiles(folder: string, texts: ReadonlyMap<string, string>): Promise<void> {
  const temporary = (name: string) => join(folder, `.${name}-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of texts) await writeFile(temporary(name), text);
    for (const name of texts.keys()) await rename(temporary(name), join(folder, name));
  } catch (error) {
    for (const name of texts.keys()) await rm(temporary(name), { force: true });
    throw new CommandError(`cannot write to ${folder}: ${fileFault(error)}`);
  }
}

/** The run in a folder; or why it cannot be shown: it is not over, or was never begun. */
async function readFolder(folder: string): Promise<Recording | string> {
  const file = join(folder, 'events.jsonl');
  if (!existsSync(file)) return 'it has no events.jsonl';
  const text = textOf(await readInput(file), file);
  // A line is written whole, or is the last of a run that was killed.
  if (!text.endsWith('\n')) return 'its last line is cut off, so its training is not over';
  const config = await readRun(join(folder, 'config.json'));
  const lines = text.trimEnd().split('\n');
  const events = lines.map((line, i) => parseLine(line, `${file}, line ${i + 1}`));
  const steps = events.filter((event) => event.kind === 'step');
  const gap = steps.findIndex(({ step }, i) => step !== i + 1);
  if (gap >= 0) throw new UsageError(`${file} lacks step ${gap + 1}: record the run anew`);
  const last = events.findLast((event) => event.kind === 'state');
  const reason = last?.reason;
  if (reason === undefined) return 'its training is not over';
  if (reason === 'error') {
    throw new UsageError(`${file} is of a run that did not end by itself: train it anew`);
  }
  const curves = packSteps(
    steps.map((step) => ({ ...step, loss: step.loss ?? NaN })),
    paperSetting.trainingImages,
  );
  return {
    config,
    end: { reason, divergedAt: last?.divergedAt ?? null },
    ...curves,
    evaluations: events
      .filter((event) => event.kind === 'evaluation')
      .map((event) => ({
        step: event.step,
        images: event.images,
        complete: event.complete,
        wrong: Math.round(event.error * event.images),
        loss: fourDigits(event.loss ?? NaN),
        seconds: fourDigits(event.seconds) ?? 0,
      })),
  };
}

/** By what it was trained, from its first part to its last. */
async function readMeta(file: string): Promise<Pick<RecordingEntry, 'commit' | 'date' | 'device'>> {
  try {
    const { resumed = [], ...begun } = v.parse(originSchema, await readJson(file));
    let { device } = begun;
    [begun, ...resumed].forEach((part, i, parts) => {
      if (i > 0 && part.device !== parts[i - 1]!.device)
        device += `; from step ${resumed[i - 1]!.step} ${part.device}`;
    });
    const commits = new Set([begun, ...resumed].map(({ commit }) => commit));
    return { commit: [...commits].join(', '), date: resumed.at(-1)?.date ?? begun.date, device };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
