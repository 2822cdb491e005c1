/**
 * Milliseconds of a training step on WASM: composed of stock operations, and with our kernels on one and two threads, beside
 * PyTorch on one thread. `npx tsx bench/wasmStep.ts [rounds]`. The contenders take turns, each in a process of its own, so
 * that a busy machine is busy for all.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { openNodeOps, startNodeBackend } from '../cli/nodeDevice.ts';
import { createComposedOps } from '../src/kernels/composed/composedOps.ts';
import { Heap } from '../src/kernels/wasm/heap.ts';
import { parseRun } from '../src/model/config.ts';
import { createRandom } from '../src/model/random.ts';
import { Trainer } from '../src/training/trainer.ts';

interface Net {
  readonly depth: number;
  readonly width: number;
  readonly batch: number;
  /** Measured steps of a turn. */
  readonly steps: number;
}

interface Measurement {
  /** Milliseconds of each step, by the clock. */
  readonly times: readonly number[];
  /** Milliseconds of a step in which the process computed, on all its threads: what a busy machine does not stretch. */
  readonly computing: number;
  readonly heapMegabytes?: number;
}

const NETS: readonly Net[] = [
  { depth: 20, width: 16, batch: 128, steps: 7 },
  { depth: 20, width: 8, batch: 64, steps: 15 },
  { depth: 56, width: 16, batch: 128, steps: 3 },
];
const CONTENDERS = [
  'torch',
  'composed',
  'kernels 1',
  'kernels 1 relaxed',
  'kernels 2',
  'kernels 2 relaxed',
] as const;
type Contender = (typeof CONTENDERS)[number];
const WARM_UP = 2;

const [first = '3', ...rest] = process.argv.slice(2);
if (first === '--turn') {
  const [contender, depth, width, batch, steps] = rest as [Contender, string, string, string, string];
  const net = { depth: Number(depth), width: Number(width), batch: Number(batch), steps: Number(steps) };
  console.log(JSON.stringify(await measure(contender, net)));
  process.exit(); // helpers never end by themselves
}
for (const net of NETS) compare(net, Number(first));

/** Lets the contenders take turns and prints their medians. */
function compare(net: Net, rounds: number): void {
  const turns = new Map<Contender, Measurement[]>(CONTENDERS.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [contender, measurements] of turns) measurements.push(turn(contender, net));
  }
  const timeOf = (contender: Contender) => median(turns.get(contender)!.flatMap(({ times }) => times));
  const computingOf = (contender: Contender) =>
    median(turns.get(contender)!.map(({ computing }) => computing));
  console.log(`ResNet-${net.depth}, ${net.width} filters, batch ${net.batch}`);
  for (const [contender, measurements] of turns) {
    const ratio = (timeOf(contender) / timeOf('torch')).toFixed(2);
    const computingRatio = (computingOf(contender) / computingOf('torch')).toFixed(2);
    const least = Math.min(...measurements.flatMap(({ times }) => times));
    const heap = measurements[0]?.heapMegabytes;
    console.log(
      `  ${contender.padEnd(18)} ${ms(timeOf(contender))} (least ${ms(least)}), ${ratio} times torch; computing ` +
        `${ms(computingOf(contender))}, ${computingRatio} times${heap === undefined ? '' : `; heap ${heap.toFixed(0)} MB`}`,
    );
  }
}

function turn(contender: Contender, { depth, width, batch, steps }: Net): Measurement {
  const settings = [depth, width, batch, steps].map(String);
  const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  const output =
    contender === 'torch'
      ? execFileSync('/usr/bin/python3', [here('torchStep.py'), ...settings])
      : execFileSync(process.execPath, [
          '--import',
          'tsx',
          here('wasmStep.ts'),
          '--turn',
          contender,
          ...settings,
        ]);
  return JSON.parse(output.toString()) as Measurement;
}

async function measure(contender: Contender, { depth, width, batch, steps }: Net): Promise<Measurement> {
  // Chromium and Firefox have it without a flag.
  if (contender.endsWith('relaxed')) setFlagsFromString('--experimental-wasm-relaxed-simd');
  const ops = await openOps(contender);
  const trainer = new Trainer(ops, parseRun({ model: { depth, width }, steps: 1 }));
  const random = createRandom('batch');
  const images = Float32Array.from({ length: batch * 32 * 32 * 3 }, random.normal);
  const labels = Uint8Array.from({ length: batch }, () => random.integer(10));
  const times: number[] = [];
  let before = process.cpuUsage();
  for (let step = 0; step < WARM_UP + steps; step++) {
    if (step === WARM_UP) before = process.cpuUsage();
    const start = performance.now();
    const { metrics } = trainer.step({ images, labels, size: batch }, 0.01);
    await ops.synchronise();
    times.push(performance.now() - start);
    ops.dispose(metrics);
  }
  const { user, system } = process.cpuUsage(before);
  const computing = (user + system) / 1000 / steps;
  return {
    times: times.slice(WARM_UP),
    computing,
    heapMegabytes: new Heap().memory.buffer.byteLength / 2 ** 20,
  };
}

async function openOps(contender: Contender) {
  if (contender !== 'composed') return openNodeOps('wasm', contender.includes('2') ? 2 : 1);
  await startNodeBackend('wasm');
  return createComposedOps('wasm');
}

const ms = (time: number) => `${time.toFixed(0)} ms`;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
