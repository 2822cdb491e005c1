/**
 * Trains a net in Node: `npm run train -- --config run.json`. JSON lines on stdout, one for each step, evaluation and
 * change of state; progress on stderr.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { EvaluationEvent, RunEvent, StepsEvent } from '../src/training/events.ts';
import { systemClock } from '../src/training/clock.ts';
import { Session } from '../src/training/session.ts';
import { modelName } from '../src/model/families.ts';
import {
  readBackend,
  readOptions,
  readPrecision,
  readRun,
  readWeights,
  runCommand,
  wholeNumber,
} from './commandLine.ts';
import { openLane } from './openLane.ts';
import { openNodeOps } from './nodeDevice.ts';

await runCommand(async () => {
  const options = readOptions({
    config: { type: 'string' },
    backend: { type: 'string', default: 'wasm' },
    threads: { type: 'string', default: '1' },
    precision: { type: 'string' },
    init: { type: 'string' },
    steps: { type: 'string' },
    out: { type: 'string' },
  });
  const budget = options.steps === undefined ? {} : { steps: wholeNumber('steps', options.steps) };
  // A number of steps asked for here replaces the file's budget, whatever its unit.
  const replaced = options.steps === undefined ? {} : { epochs: undefined, minutes: undefined };
  const run = await readRun(options.config, { ...replaced, ...budget });
  const backend = readBackend(options.backend);
  const precision = readPrecision(options.precision, backend);
  const device = precision === 'f32' ? backend : `${backend} (activations stored in 16 bits)`;
  const weights = options.init === undefined ? undefined : await readWeights(options.init);

  const threads = wholeNumber('threads', options.threads);
  const ops = await openNodeOps(backend, { threads, precision });
  const source = await openLane(run);
  if (options.out !== undefined) await mkdir(options.out, { recursive: true });

  const lines: string[] = [];
  const emit = (event: RunEvent) => {
    for (const line of linesOf(event)) {
      const text = JSON.stringify(line);
      console.log(text);
      if (options.out !== undefined) lines.push(text);
    }
    report(event);
    if (event.kind === 'state' && event.state === 'failed') process.exitCode = 1;
  };
  const session = new Session({
    run,
    ops,
    source,
    emit,
    clock: systemClock,
    breathe: () => turn(),
    ...(weights ? { weights } : {}),
  });
  process.once('SIGINT', () => {
    console.error('stopping after this step (press again to end at once)');
    session.stop();
  });
  console.error(`${modelName(run.model)}, ${session.parameters} parameters, on ${device}`);
  await session.start();

  if (options.out !== undefined) {
    await writeFile(join(options.out, 'config.json'), `${JSON.stringify(run, null, 2)}\n`);
    await writeFile(join(options.out, 'run.json'), `${JSON.stringify(origin(device), null, 2)}\n`);
    await writeFile(join(options.out, 'events.jsonl'), `${lines.join('\n')}\n`);
    await writeFile(join(options.out, 'weights.safetensors'), new Uint8Array(await session.safetensors()));
    console.error(`configuration, events and weights are in ${options.out}`);
  }
  session.dispose();
});

/** What trained, with which program, on which day: what a recording says of itself (cli/record.ts). */
function origin(device: string) {
  const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();
  const changed = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ' with changes';
  return {
    commit: `${git('rev-parse', '--short', 'HEAD')}${changed}`,
    date: new Date(performance.timeOrigin).toISOString().slice(0, 10),
    device: `${device} in Node ${process.version} on ${cpus()[0]?.model.trim() ?? 'an unknown processor'}`,
  };
}

/** An event as the objects that are printed: packs become one line a step. */
function linesOf(event: RunEvent): readonly object[] {
  switch (event.kind) {
    case 'steps':
      return Array.from(event.loss, (loss, i) => ({
        kind: 'step',
        step: event.first + i,
        loss,
        error: event.error[i],
        learningRate: event.learningRate[i],
        epoch: event.epoch[i],
        trainingSeconds: event.trainingSeconds[i],
      }));
    case 'gradientNorms':
      return [
        {
          kind: 'gradientNorms',
          step: event.step,
          norms: Object.fromEntries(event.names.map((name, i) => [name, event.norms[i]])),
        },
      ];
    case 'evaluation':
    case 'unevaluated':
    case 'state':
    case 'compiling':
      return [event];
  }
}

function report(event: RunEvent): void {
  if (event.kind === 'steps') reportSteps(event);
  if (event.kind === 'evaluation') reportEvaluation(event);
  if (event.kind === 'unevaluated') {
    console.error(`step ${event.step}: not tested: ${event.failure.name}: ${event.failure.message}`);
  }
  if (event.kind === 'state') {
    const why = event.failure ? `: ${event.failure.name}: ${event.failure.message}` : '';
    const at = event.divergedAt === undefined ? '' : ` at step ${event.divergedAt}`;
    console.error(`${event.state}${event.reason ? ` (${event.reason}${at})` : ''}${why}`);
  }
}

function reportSteps(event: StepsEvent): void {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const last = event.first + event.loss.length - 1;
  console.error(
    `step ${last}: loss ${mean(event.loss).toFixed(4)}, error ${(100 * mean(event.error)).toFixed(1)}%, ` +
      `${event.imagesPerSecond.toFixed(0)} images/s`,
  );
}

function reportEvaluation(event: EvaluationEvent): void {
  console.error(
    `step ${event.step}: test error ${(100 * event.error).toFixed(2)}%, cross-entropy ${event.loss.toFixed(4)} ` +
      `on ${event.images} images`,
  );
}
