/** What it costs to keep a run while it trains: the same session with and without, in turns, so that what slows the machine slows both. */
import { setImmediate as macrotask } from 'node:timers/promises';
import type { Tensor } from '@tensorflow/tfjs-core';
import { openNodeOps } from '../../cli/node/nodeDevice.ts';
import type { TrainingOps } from '../../src/kernels/ops.ts';
import { systemClock } from '../../src/model/clock.ts';
import { createDeferred, type Deferred } from '../../src/model/deferred.ts';
import type { BatchSource } from '../../src/protocol/source.ts';
import { CheckpointMaker } from '../../src/training/checkpointMaker.ts';
import { Session } from '../../src/training/session.ts';
import type { Benchmark } from '../benchmark.ts';
import { median } from '../../src/model/median.ts';
import type { Measurement } from '../result.ts';
import { createSpecimen, type Net } from '../rivals/specimen.ts';
import { nameOfNet } from './heats.ts';

const nets: readonly Net[] = [
  { depth: 20, width: 8, batchSize: 32 },
  { depth: 20, width: 16, batchSize: 128 },
];

type Ops = TrainingOps<Tensor>;

export const keeping: Benchmark = {
  name: 'keeping',
  title: 'What it costs to keep a run while it trains, on WASM in Node',
  async run({ quick }) {
    // A turn is as long as the time between two checkpoints: each turn of the kept run has one.
    const options = quick ? { turns: 2, seconds: 5 } : { turns: 5, seconds: 20 };
    const ops = await openNodeOps('wasm');
    const measurements: Measurement[] = [];
    for (const net of nets) measurements.push(...(await measure(ops, net, options)));
    return { settings: { host: `Node ${process.versions.node}`, threads: 1, ...options }, measurements };
  },
};

async function measure(
  ops: Ops,
  net: Net,
  { turns, seconds }: { turns: number; seconds: number },
): Promise<Measurement[]> {
  const [plain, kept, always] = [trainee(ops, net), trainee(ops, net, null), trainee(ops, net, 1)];
  const rates: { readonly plain: number; readonly kept: number; readonly always: number }[] = [];
  // The first turn warms up: what is compiled, and the ladder's first steps.
  for (let turn = 0; turn <= turns; turn++) {
    const rate = {
      plain: await plain.train(seconds),
      kept: await kept.train(seconds),
      always: await always.train(seconds / 4),
    };
    if (turn > 0) rates.push(rate);
  }
  await Promise.all([plain.end(), kept.end(), always.end()]);
  const name = nameOfNet(net);
  const measured = (
    label: string,
    unit: string,
    of: (rate: (typeof rates)[number]) => number,
  ): Measurement => {
    const values = rates.map(of).sort((x, y) => x - y);
    return { label: `${name}: ${label}`, value: median(values), unit, spread: [values[0]!, values.at(-1)!] };
  };
  const cost = (rate: (typeof rates)[number]) => 1 / rate.always - 1 / rate.plain;
  return [
    measured('time that keeping takes', '% of training', (rate) => 100 * (rate.plain / rate.kept - 1)),
    measured('a checkpoint', 'ms', (rate) => 1000 * cost(rate)),
    measured('a checkpoint every 20 s', '% of training', (rate) => (100 * cost(rate)) / 20),
    measured('without', 'steps a second', (rate) => rate.plain),
    measured('kept', 'steps a second', (rate) => rate.kept),
    measured('kept at every step', 'steps a second', (rate) => rate.always),
    { label: `${name}: the file`, value: median(kept.sizes) / 1e6, unit: 'MB' },
  ];
}

/** A session that takes its steps in turns; kept, with null or a number of steps. */
function trainee(ops: Ops, net: Net, everySteps?: number | null) {
  const { run, batch } = createSpecimen(net);
  const sizes: number[] = [];
  let index = 0;
  let until = 0;
  let turn: Deferred<number> | null = null;
  let next = createDeferred<undefined>();
  let begun = { at: 0, index: 0 };
  const source: BatchSource = {
    trainingImages: 50_000,
    testImages: 0,
    async next() {
      // Lets what is being made finish, as a worker's messages do.
      await macrotask();
      if (turn && systemClock.seconds() >= until) {
        turn.resolve((index - begun.index) / (systemClock.seconds() - begun.at));
        turn = null;
        next = createDeferred();
      }
      if (!turn) await next.promise;
      const epochAfter = ((index + 1) * batch.size) / 50_000;
      return { ...batch, index: index++, epoch: Math.floor(epochAfter), epochAfter };
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- what the interface asks for
    async *evaluation() {
      yield batch;
    },
    leave: () => next.resolve(undefined),
  };
  const made = new CheckpointMaker({
    session: () => session,
    everySteps: everySteps ?? null,
    clock: systemClock,
    onKept: ({ file }) => sizes.push(file.byteLength),
    onUnkept: ({ failure }) => console.error(failure.message),
  });
  const session: Session<Tensor> = new Session({
    run: { ...run, steps: 1e9 },
    ops,
    source,
    emit: () => undefined,
    clock: systemClock,
    ...(everySteps !== undefined && { keeping: made }),
  });
  const training = session.start();
  return {
    sizes,
    /** Steps a second over a turn. */
    train(seconds: number): Promise<number> {
      turn = createDeferred<number>();
      begun = { at: systemClock.seconds(), index };
      until = begun.at + seconds;
      next.resolve(undefined);
      return turn.promise;
    },
    async end(): Promise<void> {
      session.stop();
      await training;
      session.dispose();
    },
  };
}
