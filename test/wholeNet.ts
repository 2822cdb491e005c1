/** Whole small nets, trained for a few steps on a backend and on the float64 reference: the same numbers. */
import { setImmediate as turn } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { createReferenceOps } from '../src/kernels/reference/reference.ts';
import type { TensorLike, TrainingOps } from '../src/kernels/ops.ts';
import { parseRun, type RunConfig } from '../src/model/config.ts';
import { buildGraph, INPUT } from '../src/model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../src/model/parameters.ts';
import { createRandom } from '../src/model/random.ts';
import { FrozenNetwork } from '../src/training/frozenNetwork.ts';
import { JoinedNetwork } from '../src/training/joinedNetwork.ts';
import { Network } from '../src/training/network.ts';
import { Trainer } from '../src/training/trainer.ts';

const BATCH = 4;
const STEPS = 3;

const NETS = {
  'plain, SGD': { model: { depth: 8, block: 'plain', width: 4 } },
  'option A, SGD without decay of batch norm': {
    model: { depth: 8, width: 4 },
    optimizer: { learningRate: 0.05, momentum: 0.9, weightDecay: 1e-3, decayNormalisation: false },
  },
  'option B, Adam, label smoothing': {
    model: { depth: 8, width: 4, shortcut: 'B' },
    labelSmoothing: 0.1,
    optimizer: { type: 'adam', learningRate: 1e-3 },
  },
  'bottleneck, option C, RMSprop': {
    model: { depth: 11, width: 2, block: 'bottleneck', shortcut: 'C' },
    optimizer: { type: 'rmsprop', learningRate: 1e-4 },
  },
};

export interface WholeNetOptions {
  readonly tolerance: number;
  /** Why the backend is not there; then the tests are skipped and their name says so. */
  readonly missing?: string | null;
  readonly leakSteps?: number;
  /** Whether a step takes seconds: then one net stands for all where recomputation is compared. */
  readonly isSlow?: boolean;
  /** Whether NaN may be lost on its way: only by what nothing trains on. */
  readonly losesNaN?: boolean;
}

/** `createOps` is called once, before the first test: what it compiles for one net serves the next. */
export function describeWholeNets<T extends TensorLike>(
  backend: string,
  createOps: () => Promise<TrainingOps<T>>,
  { tolerance, missing = null, leakSteps = 200, isSlow = false, losesNaN = false }: WholeNetOptions,
): void {
  const title = `whole nets on ${backend}${missing === null ? '' : ` (SKIPPED: ${missing})`}`;
  describe.skipIf(missing !== null)(title, () => {
    let ops: TrainingOps<T>;
    beforeAll(async () => {
      ops = await createOps();
    });

    it.each(Object.entries(NETS))(
      `%s: loss and logits as in float64 within ${tolerance}, and with recomputation the same to the last bit`,
      async (name, net) => {
        const run = parseRun({ ...net, steps: STEPS });
        const [actual, expected] = [await train(ops, run), await train(createReferenceOps(), run)];
        expect(worstRelative(actual.losses, expected.losses)).toBeLessThan(tolerance);
        // Logits of single images spread errors out: ten times as wide.
        expect(worstRelative(actual.logits, expected.logits)).toBeLessThan(10 * tolerance);
        if (isSlow && name !== Object.keys(NETS).at(-1)) return;
        expect(await train(ops, { ...run, recompute: true })).toEqual(actual);
      },
    );

    it.skipIf(losesNaN).each([1, 2, 3, 4])(
      'a NaN in any weight or statistic makes the loss of an evaluation NaN and the error 100%%, width %i',
      async (width) => {
        const graph = buildGraph(parseRun({ model: { depth: 8, width }, steps: 1 }).model);
        const layout = layoutOf(graph);
        const network = new Network(ops, graph, layout);
        const { images, labels, size } = batchOf(0, 3);
        const plausible: string[] = [];
        for (const slot of [...layout.trainable, ...layout.statistics]) {
          const parameters = initialParameters(graph, layout, createRandom('NaN'));
          const statistics = initialStatistics(layout);
          (slot.role === 'statistics' ? statistics : parameters)[slot.offset + slot.size - 1] = NaN;
          const flat = [parameters, statistics].map((values) => ops.upload(values, [values.length]));
          const given = ops.upload(images, [size, 32, 32, 3]);
          const logits = network.logits(flat[0]!, flat[1]!, given);
          const { metrics, dLogits } = ops.softmaxCrossEntropy(logits, labels);
          const [loss, error] = await ops.download(metrics);
          // The last class's bias and weights are one logit's, which each image has.
          if (!Number.isNaN(loss) || error !== 1)
            plausible.push(`${slot.role} of layer ${slot.layer}: ${loss}, ${error}`);
          for (const tensor of [...flat, given, logits, metrics, dLogits]) ops.dispose(tensor);
        }
        expect(plausible).toEqual([]);
      },
    );

    it.each(['A', 'B'] as const)(
      `logits with batch norms joined to convolutions as in float64 within ${10 * tolerance}; where a pass ends early no tensor is left, option %s`,
      async (shortcut) => {
        const { model } = parseRun({ model: { depth: 8, width: 4, shortcut }, steps: 1 });
        const before = ops.tensorCount();
        const [actual, expected] = [await evaluate(ops, model), await evaluate(createReferenceOps(), model)];
        expect(worstRelative(actual, expected)).toBeLessThan(10 * tolerance);
        expect(ops.tensorCount()).toBe(before);
      },
    );

    it(`frozen, forward and back by each route: logits and gradients as in float64 within ${20 * tolerance} of their norms`, async () => {
      const { model } = parseRun({ model: { depth: 8, width: 4, shortcut: 'B' }, steps: 1 });
      const ops = await createOps();
      const before = ops.tensorCount();
      const [actual, expected] = [
        await lookInside(ops, model),
        await lookInside(createReferenceOps(), model),
      ];
      expect(ops.tensorCount()).toBe(before);
      const off = Object.entries(expected).map(([name, values]) => [name, distance(actual[name]!, values)]);
      expect(off.filter(([, error]) => !(Number(error) < 20 * tolerance))).toEqual([]);
    });

    it(
      `leaks no tensor over ${leakSteps} steps, evaluations and recomputation included`,
      { timeout: 180_000 },
      async () => {
        const before = ops.tensorCount();
        const [run, recomputing] = [false, true].map((recompute) =>
          parseRun({ model: { depth: 8, width: 2 }, steps: 1, recompute }),
        );
        const trainer = new Trainer(ops, run!);
        const other = new Trainer(ops, recomputing!);
        const batch = batchOf(0, 2);
        let afterFirst = 0;
        for (let step = 0; step < leakSteps; step++) {
          ops.dispose((step % 2 === 0 ? trainer : other).step(batch, 0.01).metrics);
          if (step % 50 === 0) ops.dispose(trainer.logits(batch));
          // As a session does. Without it no bind group is freed, and Mesa 25.0.7's lavapipe ends the process at the 65,530th
          // mapping (docs/decisions/2026-11-26-lavapipe.md). Needed as long as lavapipe maps each descriptor pool by itself.
          await turn();
          // Each has made its corrections of statistics by then.
          if (step === 1) afterFirst = ops.tensorCount();
        }
        expect(ops.tensorCount()).toBe(afterFirst);
        trainer.dispose();
        other.dispose();
        expect(ops.tensorCount()).toBe(before);
      },
    );
  });
}

async function train<T extends TensorLike>(ops: TrainingOps<T>, run: RunConfig) {
  const trainer = new Trainer(ops, run);
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const { metrics } = trainer.step(batchOf(step, BATCH), run.optimizer.learningRate);
    losses.push((await ops.download(metrics))[0]!);
    ops.dispose(metrics);
  }
  const logits = trainer.logits(batchOf(STEPS, BATCH));
  const values = [...(await ops.download(logits))];
  ops.dispose(logits);
  const { parameters, statistics } = await trainer.weights();
  trainer.dispose();
  return { losses, logits: values, parameters, statistics };
}

/** Logits of a joined net, after passes of a whole one that were broken off at each layer. */
async function evaluate<T extends TensorLike>(ops: TrainingOps<T>, model: RunConfig['model']) {
  const graph = buildGraph(model);
  const layout = layoutOf(graph);
  const network = new Network(ops, graph, layout);
  const [parameters, statistics] = [
    initialParameters(graph, layout, createRandom('joined')),
    initialStatistics(layout),
  ].map((values) => ops.upload(values, [values.length]));
  const images = ops.upload(batchOf(0, 2).images, [2, 32, 32, 3]);
  const alive = ops.tensorCount();
  for (const last of graph.layers.keys()) {
    const early = new Error('far enough');
    const tap = (layer: number) => {
      if (layer === last) throw early;
    };
    expect(() => network.logits(parameters!, statistics!, images, tap)).toThrow(early);
    expect([last, ops.tensorCount()]).toEqual([last, alive]);
  }
  const joined = new JoinedNetwork(ops, graph, layout).withNumbers(parameters!, statistics!);
  const logits = joined.logits(images);
  joined.dispose();
  const values = [...(await ops.download(logits))];
  for (const tensor of [parameters!, statistics!, images, logits]) ops.dispose(tensor);
  return values;
}

/** The logits, and gradients of images and of layers in each stage, by each route through the first projection. */
async function lookInside<T extends TensorLike>(ops: TrainingOps<T>, model: RunConfig['model']) {
  const graph = buildGraph(model);
  const layout = layoutOf(graph);
  const random = createRandom('frozen');
  const near = (values: Float32Array) => {
    const numbers = values.map((value) => value + 0.1 * random.normal());
    return ops.upload(numbers, [values.length]);
  };
  const parameters = near(initialParameters(graph, layout, random));
  const statistics = near(initialStatistics(layout));
  const images = ops.upload(batchOf(0, 2).images, [2, 32, 32, 3]);
  const dLogits = ops.upload(Float32Array.from({ length: 20 }, random.normal), [2, 10]);
  const pass = new FrozenNetwork(ops, graph, layout).forward(parameters, statistics, images);
  const found: Record<string, readonly number[]> = { logits: [...(await ops.download(pass.logits))] };
  const named = (name: string) => graph.layers.findIndex((layer) => layer.name === name);
  const wanted = new Set([INPUT, ...['bn1', 'layer1.0.conv2', 'layer2.0.bn2', 'pool'].map(named)]);
  for (const route of ['both', 'branch', 'shortcut'] as const) {
    const routes = new Map([[named('layer2.0.bn2'), route]]);
    for (const [layer, gradient] of pass.backward(dLogits, { wanted, routes })) {
      found[`${route}, ${layer}`] = [...(await ops.download(gradient))];
      ops.dispose(gradient);
    }
  }
  pass.dispose();
  for (const tensor of [parameters, statistics, images, dLogits]) ops.dispose(tensor);
  return found;
}

function batchOf(index: number, size: number) {
  const random = createRandom(`batch ${index}`);
  const images = Float32Array.from({ length: size * 32 * 32 * 3 }, random.normal);
  return { images, labels: Uint8Array.from({ length: size }, () => random.integer(10)), size };
}

/** The largest |a - b|, as a share of the largest |b|. */
function worstRelative(actual: readonly number[], expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value))) / scale;
}

/**
 * |a - b| / |b|, Euclidean. A ReLU that rounding opens or closes makes one number of a gradient all wrong: in f16 storage some are, and
 * gradients are off by 6%.
 */
function distance(actual: readonly number[], expected: readonly number[]): number {
  return Math.hypot(...expected.map((value, i) => actual[i]! - value)) / Math.hypot(...expected);
}
