/**
 * Trains a net in Node: `npm run train -- --config run.json`. JSON lines on stdout, one for each step, evaluation and
 * change of state; progress on stderr.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { RunEvent } from '../src/protocol/events.ts';
import { systemClock } from '../src/model/clock.ts';
import { Session } from '../src/training/session.ts';
import { modelName } from '../src/model/families.ts';
import { CommandError } from './commandError.ts';
import { readRun, readWeights } from './inputFiles.ts';
import { Interruption } from './interruption.ts';
import { Keeper } from './keeper.ts';
import { openLane } from './node/openLane.ts';
import { openNodeOps } from './node/nodeDevice.ts';
import { readBackend, readOptions, readPrecision, readThreads, wholeNumber } from './options.ts';
import { originOf } from './origin.ts';
import { OutFolder } from './outFolder.ts';
import { runCommand } from './runCommand.ts';
import { linesOf, wordsOf } from './trainingReport.ts';

await runCommand(async () => {
  const options = readOptions('npm run train', {
    config: { type: 'string', value: 'FILE', required: true },
    backend: { type: 'string', value: 'wasm|webgpu|cpu' },
    threads: { type: 'string', value: 'N' },
    precision: { type: 'string', value: 'f32|f16' },
    init: { type: 'string', value: 'FILE' },
    steps: { type: 'string', value: 'N' },
    data: { type: 'string', value: 'DIR' },
    out: { type: 'string', value: 'DIR' },
    overwrite: { type: 'boolean' },
  });
  const budget = options.steps === undefined ? {} : { steps: wholeNumber('steps', options.steps) };
  // A number of steps asked for here replaces the file's budget, whatever its unit.
  const replaced = options.steps === undefined ? {} : { epochs: undefined, minutes: undefined };
  const backend = readBackend(options.backend);
  const precision = readPrecision(options.precision, backend);
  const threads = readThreads(options.threads, backend);
  const run = await readRun(options.config ?? '', { ...replaced, ...budget });
  const device = precision === 'f32' ? backend : `${backend} (activations stored in 16 bits)`;
  const weights = options.init === undefined ? undefined : await readWeights(options.init, run.model);

  const interruption = new Interruption();
  const out =
    options.out === undefined
      ? null
      : await OutFolder.claim(options.out, {
          overwrite: options.overwrite,
          warn: (text) => console.error(text),
        });
  try {
    const source = await openLane(run, options.data);
    const ops = await openNodeOps(backend, { threads, precision });
    const ending = { failed: false };
    const emit = (event: RunEvent) => {
      for (const line of linesOf(event)) process.stdout.write(`${JSON.stringify(line)}\n`);
      keeper?.take(event);
      const words = wordsOf(event);
      if (words !== null) console.error(words);
      if (event.kind === 'state' && event.state === 'failed') ending.failed = true;
    };
    const session = new Session({
      run,
      ops,
      source,
      emit,
      clock: systemClock,
      breathe: () => turn(),
      gradientNorms: true,
      ...(weights ? { weights } : {}),
    });
    const keeper = out && new Keeper(out, session);
    if (interruption.due) return;
    await out?.begin({
      'config.json': `${JSON.stringify(run, null, 2)}\n`,
      'run.json': `${JSON.stringify(originOf(device), null, 2)}\n`,
    });
    console.error(`${modelName(run.model)}, ${session.parameters} parameters, on ${device}`);
    const training = session.start();
    interruption.onDue(() => session.stop());
    await training;

    if (ending.failed) process.exitCode ??= 1;
    const saved = keeper ? await keeper.finish(interruption.signal) : 'nothing is saved: no --out was given';
    const stopped = interruption.signal ? `${interruption.signal} after step ${session.stepsTaken}: ` : '';
    if (keeper || interruption.signal) console.error(`${stopped}${saved}`);
    session.dispose();
  } catch (error) {
    // The status of a signal stays: what could not be saved is said.
    if (interruption.signal === null || !(error instanceof CommandError)) throw error;
    console.error(error.message);
  } finally {
    await out?.release();
  }
});
