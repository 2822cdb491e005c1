/**
 * Makes recordings that the page can show out of folders that `npm run train -- --out` wrote:
 * `npm run recordings -- --from FOLDER`. Every folder in FOLDER that holds a finished run becomes one file; the index is
 * written anew. `--meta FILE` says commit, date and device for folders without a run.json of their own.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
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
import { readOptions, readRun, runCommand, UsageError } from './commandLine.ts';

const metaSchema = v.object({ commit: v.string(), date: v.string(), device: v.string() });

/** A loss that is not finite is printed as null. */
const loss = v.nullable(v.number());
const eventSchema = v.variant('kind', [
  v.object({
    kind: v.literal('step'),
    step: v.number(),
    loss,
    error: v.number(),
    learningRate: v.number(),
    epoch: v.number(),
    trainingSeconds: v.number(),
  }),
  v.object({
    kind: v.literal('evaluation'),
    step: v.number(),
    images: v.number(),
    complete: v.boolean(),
    loss,
    error: v.number(),
    seconds: v.number(),
  }),
  v.object({
    kind: v.literal('state'),
    reason: v.optional(v.picklist(['completed', 'stopped', 'diverged', 'error'])),
    divergedAt: v.optional(v.number()),
  }),
  v.object({ kind: v.literal('gradientNorms') }),
  v.object({ kind: v.literal('unevaluated') }),
]);
type Event = v.InferOutput<typeof eventSchema>;

await runCommand(async () => {
  const { from, to, meta } = readOptions({
    from: { type: 'string' },
    to: { type: 'string', default: 'public/recordings' },
    meta: { type: 'string' },
  });
  if (from === undefined) throw new UsageError('--from FOLDER is missing');
  await mkdir(to, { recursive: true });
  const entries: RecordingEntry[] = [];
  for (const name of (await readdir(from)).sort()) {
    const folder = join(from, name);
    if (!existsSync(join(folder, 'events.jsonl'))) {
      console.error(`${name} is left out: it has no events.jsonl, so its training is not over`);
      continue;
    }
    const own = join(folder, 'run.json');
    const origin = existsSync(own) ? own : meta;
    if (origin === undefined) throw new UsageError(`${folder} has no run.json: give one with --meta FILE`);
    const recording = await readFolder(folder);
    const text = `${JSON.stringify({ format: RECORDING_FORMAT, version: RECORDING_VERSION, ...recording })}\n`;
    const file = `${name}.json`;
    await writeFile(join(to, file), text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const { config, wrong } = recording;
    entries.push({ file, sha256, config, steps: wrong.length, ...(await readMeta(origin)) });
    console.error(`${file}: ${wrong.length} steps, ${text.length} bytes`);
  }
  if (entries.length === 0) throw new UsageError(`${from} holds no finished run`);
  const index = { format: RECORDING_FORMAT, version: RECORDING_VERSION, recordings: entries };
  await writeFile(join(to, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
});

async function readFolder(folder: string): Promise<Recording> {
  const config = await readRun(join(folder, 'config.json'));
  const file = join(folder, 'events.jsonl');
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const events = lines.map((line, i) => parseLine(line, `${file}, line ${i + 1}`));
  const steps = events.filter((event) => event.kind === 'step');
  const gap = steps.findIndex(({ step }, i) => step !== i + 1);
  if (gap >= 0) throw new UsageError(`${file} lacks step ${gap + 1}: record the run anew`);
  const last = events.findLast((event) => event.kind === 'state');
  const reason = last?.reason;
  if (reason === undefined || reason === 'error') {
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

function parseLine(line: string, place: string): Event {
  try {
    return v.parse(eventSchema, JSON.parse(line));
  } catch (error) {
    throw new UsageError(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readMeta(file: string) {
  try {
    return v.parse(metaSchema, JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
