/**
 * Looks into nets as the page does: `npm run look -- --view cut --config a.json,b.json --weights a.safetensors,b.safetensors`. The answer
 * is JSON on stdout, with the device's kernels and the seconds they took, and its files are written to --out, where one is named; progress on stderr.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { availableParallelism } from 'node:os';
import { imagesOf } from '../src/inside/images.ts';
import { LookedNet } from '../src/inside/lookedNet.ts';
import { systemClock } from '../src/model/clock.ts';
import { computation, viewIds } from '../src/workers/inside/computations.ts';
import { UsageError } from './commandError.ts';
import { readRun, readWeights } from './inputFiles.ts';
import { jsonFault } from './jsonFault.ts';
import { openNodeOps } from './node/nodeDevice.ts';
import { openFolder } from './node/openLane.ts';
import { allowRelaxedSimd } from './node/relaxedSimd.ts';
import { readBackend, readOptions, readThreads } from './options.ts';
import { runCommand } from './runCommand.ts';

await runCommand(async () => {
  const options = readOptions('npm run look', {
    view: { type: 'string', value: viewIds.join('|'), required: true },
    config: { type: 'string', value: 'FILE[,FILE]', required: true },
    weights: { type: 'string', value: 'FILE[,FILE]', required: true },
    question: { type: 'string', value: 'JSON' },
    backend: { type: 'string', value: 'wasm|webgpu|cpu' },
    threads: { type: 'string', value: 'N' },
    data: { type: 'string', value: 'DIR' },
    out: { type: 'string', value: 'DIR' },
  });
  const view = options.view ?? '';
  if (!viewIds.includes(view)) throw new UsageError(`--view ${view}: there are ${viewIds.join(', ')}`);
  const configs = (options.config ?? '').split(',');
  const weights = (options.weights ?? '').split(',');
  if (configs.length !== weights.length) {
    throw new UsageError(
      `${configs.length} configurations and ${weights.length} files of weights: each net needs both`,
    );
  }
  const question = readQuestion(options.question ?? '{}');
  const backend = readBackend(options.backend);
  // All of them where nobody said: it waits for nothing else.
  const threads = options.threads ?? (backend === 'wasm' ? String(availableParallelism()) : undefined);
  // A sixth faster. Trainings do without, so that their numbers stay those of the record.
  if (backend === 'wasm') allowRelaxedSimd();
  const ops = await openNodeOps(backend, { threads: readThreads(threads, backend) });
  const dataset = openFolder(options.data);
  const nets = await Promise.all(
    configs.map(async (file, i) => {
      // Only the net and its normalisation matter here: a configuration without a budget will do.
      const { model, normalisation } = await readRun(file, {
        steps: 1,
        epochs: undefined,
        minutes: undefined,
      });
      const bytes = await readWeights(weights[i] ?? '', model);
      return LookedNet.open(ops, { model, normalisation, weights: { kind: 'safetensors', file: bytes } });
    }),
  );
  const compute = await computation(view);
  const begun = systemClock.seconds();
  const answer = await compute(
    {
      ops,
      nets,
      images: imagesOf(() => dataset),
      turn: () => Promise.resolve(),
      tell: (done, total) => process.stderr.write(`\r${done} of ${total}`),
    },
    question,
  ).catch((error: unknown) => {
    throw v.isValiError<v.GenericSchema>(error) ? new UsageError(wrongQuestion(error)) : error;
  });
  const seconds = systemClock.seconds() - begun;
  process.stderr.write('\n');
  const files = options.out === undefined ? null : filesIn(options.out);
  process.stdout.write(
    `${JSON.stringify({ view, question, device: ops.build, seconds, answer }, plainWith(files))}\n`,
  );
});

function readQuestion(text: string): unknown {
  if (jsonFault(text)) throw new UsageError('--question is not JSON');
  return JSON.parse(text) as unknown;
}

function wrongQuestion({ issues: [first] }: v.ValiError<v.GenericSchema>): string {
  return `--question: ${v.getDotPath(first) ?? 'the whole'}: ${first.message}`;
}

type WriteFile = (name: string, bytes: ArrayBuffer) => string;

/** Writes files into a folder; gives their names there. Of one name the second is called `name-2`. */
function filesIn(folder: string): WriteFile {
  const times = new Map<string, number>();
  mkdirSync(folder, { recursive: true });
  return (name, bytes) => {
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    const file = `${name}${time === 1 ? '' : `-${time}`}.safetensors`;
    writeFileSync(join(folder, file), new Uint8Array(bytes));
    return file;
  };
}

/** Arrays of numbers as JSON has them; of files, which are weights in every answer, their length, and their name where they are written. */
function plainWith(write: WriteFile | null) {
  return (key: string, value: unknown): unknown => {
    if (value instanceof ArrayBuffer) {
      return { bytes: value.byteLength, ...(write && { file: write(key, value) }) };
    }
    const isArray =
      value instanceof Float32Array || value instanceof Float64Array || value instanceof Uint8Array;
    return isArray ? [...value] : value;
  };
}
