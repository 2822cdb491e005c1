import { expect, test } from 'vitest';
import { openDataset } from '../../data/dataset.ts';
import { createSmallDataset } from '../../data/testing/smallDataset.ts';
import { imagesOf } from '../../inside/images.ts';
import { LookCancelled, type Look } from '../../inside/look.ts';
import { LookedNet } from '../../inside/lookedNet.ts';
import type { Histogram } from '../../insights/histogram.ts';
import { createReferenceOps } from '../../kernels/reference/reference.ts';
import type { Float64Tensor } from '../../kernels/reference/tensor.ts';
import type { ModelConfig } from '../../model/config.ts';
import { createRandom } from '../../model/random.ts';
import type { GivenNet } from '../../protocol/inside.ts';
import type { FlatWeights } from '../../training/weights.ts';
import { weightsToSafetensors } from '../../training/weights.ts';
import { computeWeights } from './compute.ts';
import { layerNames, sharesOf, shownMoment, zeroShareOf } from './readAnswer.ts';
import { BINS, weightsAnswer } from './weights.ts';
import * as v from 'valibot';

const IMAGES = 6;
const plain: ModelConfig = { family: 'cifar', depth: 8, block: 'plain', shortcut: 'A', width: 2 };
const residual: ModelConfig = { ...plain, block: 'basic', shortcut: 'B' };
const given = (model: ModelConfig): GivenNet => ({
  model,
  normalisation: 'per-pixel-mean',
  weights: { kind: 'seed', seed: 1 },
});

/** Weights as of a net that has learned something: no scale is 1, no shift 0, no statistic what it was. */
async function disturbed(model: ModelConfig, seed: number): Promise<ArrayBuffer> {
  const { graph, layout, weights } = await LookedNet.open(createReferenceOps(), given(model));
  const random = createRandom(seed);
  const nudged: FlatWeights = {
    parameters: weights.parameters.map((value) => value + 0.3 * random.normal()),
    statistics: weights.statistics.map((value) => Math.abs(value + 0.3 * random.normal())),
  };
  return weightsToSafetensors(graph, layout, nudged);
}

async function begin() {
  const dataset = await createSmallDataset({ test: [IMAGES] });
  const images = imagesOf(() => openDataset({ url: 'https://x/', fetch: dataset.fetch }));
  const ops = createReferenceOps();
  const nets: LookedNet<Float64Tensor>[] = [];
  for (const model of [plain, residual]) {
    const file = await disturbed(model, 5);
    const further = [{ step: 10, weights: { kind: 'seed', seed: 1 } as const }];
    nets.push(
      await LookedNet.open(ops, { ...given(model), weights: { kind: 'safetensors', file }, further }),
    );
  }
  const told: [number, number][] = [];
  const look: Look<Float64Tensor> = {
    ops,
    nets,
    images,
    turn: () => Promise.resolve(),
    tell: (done, total) => told.push([done, total]),
  };
  const end = () => {
    for (const net of nets) net.dispose();
    expect(ops.tensorCount()).toBe(0);
  };
  return { look, told, end };
}

/** Counted value by value, from the definition. */
function counted(values: readonly number[], from: number, to: number): number[] {
  const width = (to - from) / BINS;
  const counts = Array<number>(BINS).fill(0);
  for (const value of values) {
    let bin = 0;
    while (bin < BINS - 1 && value >= from + (bin + 1) * width) bin++;
    counts[bin]!++;
  }
  return counts;
}

/** What bins of float32 and of float64 hold differs where a value stands on an edge. */
function expectSame({ counts }: Histogram, expected: readonly number[]): void {
  const total = expected.reduce((sum, count) => sum + count, 0);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
  const moved = expected.reduce((sum, count, bin) => sum + Math.abs(count - counts[bin]!), 0);
  expect(moved).toBeLessThanOrEqual(Math.max(2, 0.001 * total));
}

test('filters, outputs of batch norm and of ReLU are counted as one counts by hand, and no tensor is left', async () => {
  const { look, told, end } = await begin();
  const answer = v.parse(weightsAnswer, await computeWeights(look));
  expect(answer.images).toBe(IMAGES);
  for (const [i, net] of look.nets.entries()) {
    const { graph, layout, weights, network } = net;
    const batch = await look.images.batch('test', 0, IMAGES, net.normalisation);
    const input = net.upload(batch.images);
    const outputs = new Map<number, readonly number[]>();
    const reading: Promise<void>[] = [];
    const logits = network.logits(net.parameters, net.statistics, input, (layer, output) => {
      reading.push(look.ops.download(output).then((values) => void outputs.set(layer, Array.from(values))));
    });
    await Promise.all(reading);
    const norms = graph.layers.flatMap((layer, at) => (layer.kind === 'batchNorm' ? [{ layer, at }] : []));
    const { layers } = shownMoment(answer.nets[i]!);
    expect(layers.map(({ name }) => name)).toEqual(norms.map(({ layer }) => graph.layers[layer.input]!.name));
    for (const [n, { layer, at }] of norms.entries()) {
      const own = layers[n]!;
      const slot = (role: string, of: number) =>
        [...layout.trainable, ...layout.statistics].find((one) => one.layer === of && one.role === role)!;
      const filter = slot('filter', layer.input);
      const values = Array.from(weights.parameters.slice(filter.offset, filter.offset + filter.size));
      expectSame(own.filters, counted(values, -answer.ranges.filters, answer.ranges.filters));
      // The reference's batch norm, alone: without an addition and without ReLU.
      const z = look.ops.upload(Float32Array.from(outputs.get(layer.input)!), [IMAGES, 1, outputs.get(layer.input)!.length / IMAGES / layer.channels, layer.channels]); // prettier-ignore
      const affine = look.ops.view(net.parameters, slot('affine', at));
      const moments = look.ops.view(net.statistics, slot('statistics', at));
      const normed = look.ops.batchNormInference(z, affine, moments, null, false);
      const normedValues = Array.from(await look.ops.download(normed));
      expectSame(own.normed, counted(normedValues, -answer.ranges.normed, answer.ranges.normed));
      for (const tensor of [z, affine, moments, normed]) look.ops.dispose(tensor);
      if (!layer.relu) {
        expect(own.active).toBeNull();
        continue;
      }
      const active = outputs.get(at)!;
      expectSame(own.active!, counted(active, 0, answer.ranges.active));
      expect(own.active!.zeros).toBe(active.filter((value) => value === 0).length);
      expect(zeroShareOf(own.active!)).toBeCloseTo(own.active!.zeros / active.length, 12);
    }
    look.ops.dispose(input);
    look.ops.dispose(logits);
  }
  expect(told.at(-1)).toEqual([8, 8]);
  end();
});

test('a further moment is counted with its own weights, on the same scale', async () => {
  const { look, end } = await begin();
  const answer = await computeWeights(look);
  expect(answer.nets.map((moments) => moments.map(({ step, isShown }) => [step, isShown]))).toEqual([
    [
      [10, false],
      [null, true],
    ],
    [
      [10, false],
      [null, true],
    ],
  ]);
  const [before, now] = answer.nets[0]!;
  const first = look.nets[0]!.further[0]!.weights.parameters;
  const slot = look.nets[0]!.layout.trainable.find(({ role }) => role === 'filter')!;
  const values = Array.from(first.slice(slot.offset, slot.offset + slot.size));
  expectSame(before!.layers[0]!.filters, counted(values, -answer.ranges.filters, answer.ranges.filters));
  expect(before!.layers[0]!.filters.deviation).not.toBeCloseTo(now!.layers[0]!.filters.deviation, 2);
  // What comes out of it is what comes out of a net that has these weights and no other.
  const alone = await LookedNet.open(look.ops, given(plain));
  const { layers } = shownMoment((await computeWeights({ ...look, nets: [alone] })).nets[0]!);
  for (const [i, layer] of layers.entries()) {
    expect(before!.layers[i]!.normed.mean).toBeCloseTo(layer.normed.mean, 10);
    expect(before!.layers[i]!.normed.deviation).toBeCloseTo(layer.normed.deviation, 10);
    expect(before!.layers[i]!.active!.mean).toBeCloseTo(layer.active!.mean, 10);
    expect(now!.layers[i]!.active!.mean).not.toBeCloseTo(layer.active!.mean, 4);
  }
  alone.dispose();
  end();
});

test('a kept moment with the numbers that are looked at is that moment, and is counted once', async () => {
  const { look, end } = await begin();
  const [first] = look.nets;
  const same = { step: 20, weights: first!.weights, lastUpdate: () => null };
  const net = new LookedNet(look.ops, first!.model, first!.normalisation, first!.weights, [...first!.further, same]); // prettier-ignore
  const { nets } = await computeWeights({ ...look, nets: [net] });
  expect(nets[0]!.map(({ step, isShown }) => [step, isShown])).toEqual([[10, false], [20, true]]); // prettier-ignore
  net.dispose();
  end();
});

test('weights that are no numbers are counted as missing, and what is cancelled leaves no tensor', async () => {
  const { look, end } = await begin();
  look.nets[0]!.weights.parameters.fill(NaN);
  const answer = v.parse(weightsAnswer, await computeWeights(look));
  const [layer] = shownMoment(answer.nets[0]!).layers;
  expect(layer!.filters.missing).toBe(3 * 3 * 3 * 2);
  expect(sharesOf(layer!.filters).every((share) => share === 0)).toBe(true);
  expect(Object.values(answer.ranges).every((range) => range > 0 && Number.isFinite(range))).toBe(true);
  const turn = () => Promise.reject(new LookCancelled());
  await expect(computeWeights({ ...look, turn })).rejects.toThrow(LookCancelled);
  end();
});

test('layers of several nets are listed once, in the order of the deepest', () => {
  expect(layerNames([['a', 'b'], ['a', 'a2', 'b', 'c'], ['d']])).toEqual(['a', 'a2', 'b', 'c', 'd']); // prettier-ignore
});
