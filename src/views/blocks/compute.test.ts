/** Early exits, probes and pushes, each against an independent derivation on the float64 reference; and on WASM. */
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { openNodeOps } from '../../../cli/node/nodeDevice.ts';
import { LookCancelled } from '../../inside/look.ts';
import { lookAt, randomImages, trainedNet } from '../../inside/testing/look.ts';
import { answersOf, errorOf } from '../../insights/predictions.ts';
import { readLinearly, RidgeSums } from '../../insights/ridge.ts';
import type { ModelConfig, NormalisationConfig } from '../../model/config.ts';
import { arranged, blocksOf, without } from '../../model/graphEdits.ts';
import { INPUT } from '../../model/graph.ts';
import { Network } from '../../training/network.ts';
import { PartialNetwork } from '../../training/partialNetwork.ts';
import { blocksAnswer, RIDGE } from './blocks.ts';
import { computeOn } from './compute.ts';
import { lossDirections, pushesOf } from './computePushes.ts';
import { stopsOf } from './stops.ts';

const model: ModelConfig = { family: 'cifar', depth: 14, block: 'basic', shortcut: 'A', width: 2 };
const plain: ModelConfig = { ...model, block: 'plain' };

describe('stopped at a block', () => {
  test('a net says what the net without the blocks behind says; whole, what it says; and probes what a direct fit says', async () => {
    const narrow = { width: 1 };
    const {
      look: on,
      ops,
      nets,
      told,
      dispose,
    } = lookAt(
      [
        { ...model, ...narrow },
        { ...plain, ...narrow },
      ],
      40,
    );
    // Test images are others than training images.
    const { images } = on;
    const look = {
      ...on,
      images: {
        ...images,
        batch: (split: 'train' | 'test', from: number, size: number, how: NormalisationConfig) =>
          images.batch(split, split === 'test' ? from + 20 : from, size, how),
      },
    };
    const [train, test] = [20, 12];
    const answer = v.parse(blocksAnswer, await computeOn(look, { train, test, pushed: 3 }));
    expect([answer.fitted, answer.judged]).toEqual([train, test]);
    expect(told.at(-1)).toMatchObject({ done: 2 * 35, total: 2 * 35 });
    for (const [i, net] of nets.entries()) {
      const { stops } = answer.nets[i]!;
      expect(stops).toHaveLength(7);
      const batch = await look.images.batch('test', 0, test, net.normalisation);
      const input = net.upload(batch.images);
      // The whole net's answers, and those of the net whose last block is cut out.
      const blocks = blocksOf(net.graph);
      const cut = arranged(net, without(blocks.length, [5]));
      const answers = await Promise.all(
        [new Network(ops, net.graph, net.layout), new Network(ops, cut.graph, cut.layout)].map(
          async (network) => {
            const logits = network.logits(net.parameters, net.statistics, input);
            const { classes } = answersOf(await ops.download(logits), 10);
            ops.dispose(logits);
            return classes;
          },
        ),
      );
      expect(stops[6]!.exit).toBe(errorOf(batch.labels, { classes: answers[0]! }));
      expect(stops[5]!.exit).toBe(errorOf(batch.labels, { classes: answers[1]! }));
      const changed = answers[0]!.filter((one, n) => one !== answers[1]![n]).length;
      expect(stops[6]!.exitMoved).toBe(changed / test);
      expect(stops.map(({ exit }) => exit !== null)).toEqual([false, false, false, false, false, true, true]);
      expect(stops.map(({ exitMoved }) => exitMoved !== null)).toEqual([false, false, false, false, false, false, true]); // prettier-ignore

      // Every stop's probe from pooled outputs that are taken by hand.
      const partial = new PartialNetwork(ops, net.graph, net.layout);
      const pooled = async (split: 'train' | 'test', count: number, layer: number) => {
        const { images, labels } = await look.images.batch(split, 0, count, net.normalisation);
        const given = net.upload(images);
        const output = partial.evaluate(net.parameters, net.statistics, given, { to: layer });
        const [, height, width, channels] = output.shape as [number, number, number, number];
        const values = await ops.download(output);
        const features = Float64Array.from({ length: count * channels }, (_, at) => {
          const [n, c] = [Math.floor(at / channels), at % channels];
          let sum = 0;
          for (let p = 0; p < height * width; p++) sum += values[(n * height * width + p) * channels + c]!;
          return sum / (height * width);
        });
        for (const tensor of [given, output]) ops.dispose(tensor);
        return { features, labels, channels };
      };
      let before: Uint8Array | null = null;
      for (const s of [0, 3, 4]) {
        const { layer } = stopsOf(net.graph)[s]!;
        const fitted = await pooled('train', train, layer);
        const judged = await pooled('test', test, layer);
        const sums = new RidgeSums(fitted.channels, 10);
        sums.add(fitted.features, fitted.labels);
        const { classes } = answersOf(readLinearly(sums.solve(RIDGE)!, judged.features), 10);
        expect(stops[s]!.probe).toBe(errorOf(judged.labels, { classes }));
        const was = before;
        if (s === 4)
          expect(stops[s]!.probeMoved).toBe(classes.filter((one, n) => one !== was?.[n]).length / test);
        before = classes;
      }
      ops.dispose(input);
    }
    dispose();
    expect(ops.tensorCount()).toBe(0);
  }, 120_000);

  test('cancelled, or where an operation fails, it leaves nothing', async () => {
    const { look, ops, dispose } = lookAt([model], 4);
    for (const at of [1, 2, 3, 5]) {
      let turns = 0;
      const turn = () => (++turns < at ? Promise.resolve() : Promise.reject(new LookCancelled()));
      await expect(computeOn({ ...look, turn }, { train: 4, test: 4, pushed: 2 })).rejects.toThrow(
        LookCancelled,
      );
    }
    for (const name of ['globalAveragePool', 'padShortcutGradient'] as const) {
      const broken = { ...ops, [name]: () => { throw new Error('no memory'); } }; // prettier-ignore
      await expect(computeOn({ ...look, ops: broken }, { train: 4, test: 4, pushed: 2 })).rejects.toThrow(
        'no memory',
      );
    }
    dispose();
    expect(ops.tensorCount()).toBe(0);
  }, 60_000);
});

describe('a block\u2019s push', () => {
  test('is against the loss by finite differences: along F(x) by the loss, and by every number of x for the gradient\u2019s length', async () => {
    const small: ModelConfig = { ...model, width: 1 };
    const { look, ops, nets, dispose } = lookAt([small], 4);
    const net = nets[0]!;
    const { graph, layout, parameters, statistics } = net;
    const pushes = await pushesOf(look, net, 1);
    // Blocks that change the size of the maps are left out.
    expect(pushes.map((push) => push !== null)).toEqual([true, true, false, true, false, true]);
    const batch = await look.images.batch('test', 0, 1, net.normalisation);
    const images = net.upload(batch.images);
    const partial = new PartialNetwork(ops, graph, layout);
    const at = blocksOf(graph)[5]!;
    const x = partial.evaluate(parameters, statistics, images, { from: INPUT, to: at.input });
    // x + F(x) without its ReLU, less x: the block again, with x as a residual and no ReLU.
    const bare = new PartialNetwork(
      ops,
      { ...graph, layers: graph.layers.map((layer, i) => (i === at.last && layer.kind === 'batchNorm' ? { ...layer, relu: false } : layer)) }, // prettier-ignore
      layout,
    );
    const sum = bare.evaluate(parameters, statistics, x, { from: at.input, to: at.last });
    const [given, whole] = [Float64Array.from(await ops.download(x)), await ops.download(sum)];
    const f = given.map((value, i) => whole[i]! - value);
    const loss = async (values: Float64Array) => {
      const start = ops.upload(values, x.shape);
      const logits = partial.evaluate(parameters, statistics, start, { from: at.input });
      const { metrics, dLogits } = ops.softmaxCrossEntropy(logits, batch.labels);
      const [found = NaN] = await ops.download(metrics);
      for (const tensor of [start, logits, metrics, dLogits]) ops.dispose(tensor);
      return found;
    };
    const slope = async (direction: (i: number) => number) => {
      const [above, below] = await Promise.all([1e-6, -1e-6].map((step) => loss(given.map((value, i) => value + step * direction(i))))); // prettier-ignore
      return (above! - below!) / 2e-6;
    };
    let squares = 0;
    for (let i = 0; i < given.length; i++) squares += (await slope((one) => Number(one === i))) ** 2;
    const along = await slope((i) => f[i]!);
    const cosine = -along / Math.hypot(...f) / Math.sqrt(squares);
    expect(pushes[5]!.cosine).toBeCloseTo(cosine, 4);
    expect(pushes[5]!.size).toBeCloseTo(Math.hypot(...f) / Math.hypot(...given), 10);
    for (const tensor of [images, x, sum]) ops.dispose(tensor);
    dispose();
    expect(ops.tensorCount()).toBe(0);
  }, 60_000);

  test('is the mean over images, whatever passes they come in; a plain net and one of projections have none', async () => {
    const { look, ops, nets, dispose } = lookAt([model, plain, { ...model, shortcut: 'C' }], 4);
    const all = await pushesOf(look, nets[0]!, 3);
    const each = await Promise.all(
      [0, 1, 2].map((n) =>
        pushesOf(
          { ...look, images: { ...look.images, batch: (split, from, size, how) => look.images.batch(split, from + n, size, how) } }, // prettier-ignore
          nets[0]!,
          1,
        ),
      ),
    );
    all.forEach((push, block) => {
      if (push === null) return;
      for (const of of ['cosine', 'size'] as const) {
        const mean = each.reduce((sum, own) => sum + own[block]![of], 0) / 3;
        expect(push[of]).toBeCloseTo(mean, 10);
      }
    });
    for (const net of nets.slice(1))
      expect(await pushesOf(look, net, 2)).toEqual(Array.from({ length: 6 }, () => null));
    dispose();
    expect(ops.tensorCount()).toBe(0);
  }, 60_000);

  test('the loss\u2019s directions are its gradients by the logits, of length one, also where the net is sure', async () => {
    const { ops } = lookAt([], 1);
    const logits = Float64Array.from({ length: 30 }, (_, i) => 4 * Math.sin(i * i));
    const labels = Uint8Array.of(3, 0, 9);
    const given = ops.upload(logits, [3, 10]);
    const { metrics, dLogits } = ops.softmaxCrossEntropy(given, labels);
    const gradient = await ops.download(dLogits);
    const found = lossDirections(logits, { labels, size: 3, images: new Float32Array() }, 10);
    for (let n = 0; n < 3; n++) {
      const own = gradient.subarray(n * 10, n * 10 + 10);
      const norm = Math.hypot(...own);
      own.forEach((value, k) => expect(found[n * 10 + k]).toBeCloseTo(value / norm, 12));
    }
    const sure = lossDirections(
      [900, 1, 0],
      { labels: Uint8Array.of(0), size: 1, images: new Float32Array() },
      3,
    );
    expect(Math.hypot(...sure)).toBeCloseTo(1, 12);
    expect(sure[0]).toBeLessThan(0);
    for (const tensor of [given, metrics, dLogits]) ops.dispose(tensor);
    expect(ops.tensorCount()).toBe(0);
  });
});

test('on WASM, too: the reference\u2019s errors within an image, cosines within 1e-3', async () => {
  const wasm = await openNodeOps('wasm');
  const wide: ModelConfig = { ...model, width: 3 };
  const { look, ops, dispose } = lookAt([wide], 20);
  const mine = trainedNet(wasm, wide);
  const counts = { train: 20, test: 20, pushed: 4 };
  const expected = (await computeOn(look, counts)).nets[0]!;
  const own = { ops: wasm, nets: [mine], images: randomImages(20), turn: look.turn, tell: look.tell };
  const found = (await computeOn(own, counts)).nets[0]!;
  found.stops.forEach((stop, i) => {
    for (const of of ['probe', 'exit'] as const) {
      const truth = expected.stops[i]![of];
      if (truth === null) expect(stop[of]).toBeNull();
      else expect(Math.abs(stop[of]! - truth)).toBeLessThanOrEqual(0.0501);
    }
  });
  found.pushes.forEach((push, i) => {
    if (push) expect(push.cosine).toBeCloseTo(expected.pushes[i]!.cosine, 3);
  });
  mine.dispose();
  dispose();
  expect(wasm.tensorCount()).toBe(0);
  expect(ops.tensorCount()).toBe(0);
}, 60_000);
