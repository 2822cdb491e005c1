/**
 * Trains a net in Node: `npm run train -- --config run.json`. JSON lines on stdout, one for each step, evaluation and
 * change of state; progress on stderr. `--resume DIR` goes on with a run that was interrupted.
 */
import { UsageError } from './commandError.ts';
import { readRun, readWeights } from './inputFiles.ts';
import { Interruption } from './interruption.ts';
import { readBackend, readOptions, readPrecision, readThreads, wholeNumber } from './options.ts';
import { OutFolder } from './outFolder.ts';
import { resumeRun } from './resumeRun.ts';
import { runCommand } from './runCommand.ts';
import { trainRun } from './trainRun.ts';

await runCommand(async () => {
  const options = readOptions('npm run train', {
    config: { type: 'string', value: 'FILE', required: true, unless: 'resume' },
    backend: { type: 'string', value: 'wasm|webgpu|cpu' },
    threads: { type: 'string', value: 'N' },
    precision: { type: 'string', value: 'f32|f16' },
    init: { type: 'string', value: 'FILE', unless: 'resume' },
    steps: { type: 'string', value: 'N', unless: 'resume' },
    data: { type: 'string', value: 'DIR' },
    out: { type: 'string', value: 'DIR', unless: 'resume' },
    overwrite: { type: 'boolean', unless: 'resume' },
    'checkpoint-every': { type: 'string', value: 'N' },
    resume: { type: 'string', value: 'DIR' },
  });
  const every = options['checkpoint-every'];
  const checkpointEvery = every === undefined ? null : wholeNumber('checkpoint-every', every);
  if (options.resume !== undefined) {
    await resumeRun(options.resume, { ...options, checkpointEvery }, new Interruption());
    return;
  }
  if (checkpointEvery !== null && options.out === undefined) {
    throw new UsageError('--checkpoint-every needs --out DIR: checkpoints are kept there');
  }
  const budget = options.steps === undefined ? {} : { steps: wholeNumber('steps', options.steps) };
  // A number of steps asked for here replaces the file's budget, whatever its unit.
  const replaced = options.steps === undefined ? {} : { epochs: undefined, minutes: undefined };
  const backend = readBackend(options.backend);
  const precision = readPrecision(options.precision, backend);
  const threads = readThreads(options.threads, backend);
  const run = await readRun(options.config ?? '', { ...replaced, ...budget });
  const weights = options.init === undefined ? undefined : await readWeights(options.init, run.model);

  const interruption = new Interruption();
  const out =
    options.out === undefined
      ? null
      : await OutFolder.claim(options.out, {
          overwrite: options.overwrite,
          warn: (text) => console.error(text),
        });
  const { data } = options;
  await trainRun(
    { run, backend, threads, precision, data, out, checkpointEvery, ...(weights ? { weights } : {}) },
    interruption,
  );
});
