/** The signal by depth, against the float64 reference, and on nets that others trained. */
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { LookedNet } from '../../inside/lookedNet.ts';
import { lookAt, trainedNet } from '../../inside/testing/look.ts';
import { measuredNorms, responseDeviation } from '../../insights/responses.ts';
import { median } from '../../model/median.ts';
import { buildGraph } from '../../model/graph.ts';
import { layoutOf } from '../../model/parameters.ts';
import type { ModelConfig } from '../../model/config.ts';
import { weightsFromSafetensors } from '../../training/weights.ts';
import { computeSignal } from './compute.ts';
import { GRADIENT_BATCH, signalAnswer, type SignalAnswer } from './signal.ts';

const model: ModelConfig = { family: 'cifar', depth: 8, block: 'basic', shortcut: 'A', width: 2 };

test('gradient norms are those of finite differences, deviations those of what comes out in training', async () => {
  const { look, ops, nets, dispose } = lookAt([model, { ...model, block: 'plain' }], 4);
  const answer = await computeSignal(look, { across: 'layers', gradients: 'shown' });
  const layersOf = (i: number) => answer.nets[i]![0]!.layers;
  expect([layersOf(0).length, layersOf(1).length]).toEqual([7, 7]);
  const [net] = nets;
  const [layer] = layersOf(0).filter(({ name }) => name === 'layer1.0.conv2');
  const at = net!.graph.layers.findIndex(({ name }) => name === 'layer1.0.conv2');
  const slot = net!.layout.trainable.find((one) => one.layer === at)!;
  const { images, labels } = await look.images.batch('train', 0, GRADIENT_BATCH, net!.normalisation);
  const input = net!.upload(images);
  const lossAt = async (i: number, step: number) => {
    const moved = Float64Array.from(net!.weights.parameters);
    moved[i]! += step;
    const parameters = ops.upload(moved, [moved.length]);
    const { metrics, gradient, moments } = net!.network.gradients(parameters, input, labels, 0);
    const [loss = NaN] = await ops.download(metrics);
    for (const tensor of [parameters, metrics, gradient, moments]) ops.dispose(tensor);
    return loss;
  };
  let squares = 0;
  for (let i = slot.offset; i < slot.offset + slot.size; i++) {
    squares += (((await lossAt(i, 1e-5)) - (await lossAt(i, -1e-5))) / 2e-5) ** 2;
  }
  expect(layer!.gradient).toBeCloseTo(Math.sqrt(squares), 4);

  // What a batch norm gives alone, without the addition and the ReLU behind it.
  const norm = at + 1;
  const affine = net!.layout.trainable.find((one) => one.layer === norm)!;
  const x = ops.upload(
    Float64Array.from({ length: 400 * (affine.size / 2) }, (_, i) => Math.sin(i * i)),
    [1, 20, 20, affine.size / 2],
  );
  const weights = ops.view(net!.parameters, affine);
  const { y, moments } = ops.batchNorm(x, weights, null, false);
  const values = Float64Array.from(await ops.download(y));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(layer!.deviation).toBeCloseTo(Math.sqrt(variance), 4);
  for (const tensor of [input, x, weights, y, moments]) ops.dispose(tensor);
  dispose();
  expect(ops.tensorCount()).toBe(0);
});

test('what needs no pass is told before the first one', async () => {
  const { look, ops, dispose } = lookAt([model, { ...model, block: 'plain' }], 4);
  const told: SignalAnswer[] = [];
  const tell = (_done: number, _total: number, soFar?: unknown) => told.push(v.parse(signalAnswer, soFar));
  const answer = await computeSignal({ ...look, tell }, { across: 'layers', gradients: 'shown' });
  const gradients = (one: SignalAnswer | undefined) => one?.nets.map(([moment]) => moment!.layers[0]!.gradient !== null); // prettier-ignore
  expect(told.map(gradients)).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ]);
  expect(told.at(-1)).toEqual(answer);
  expect(told[0]!.nets[1]![0]!.layers[0]!.deviation).toBe(answer.nets[1]![0]!.layers[0]!.deviation);
  dispose();
  expect(ops.tensorCount()).toBe(0);
});

describe('moments', () => {
  /** A net with kept moments; `update` of each filter number is a tenth of the step. */
  const kept = (steps: readonly number[], own: number | null) => {
    const { look, ops } = lookAt([], 4);
    const base = trainedNet(ops, model, 1);
    const at = (step: number) => trainedNet(ops, model, step + 2).weights;
    const lastUpdate = (step: number) => () =>
      step === 0 ? null : new Float32Array(base.layout.trainableLength).fill(step / 10);
    const further = steps.map((step) => ({ step, weights: at(step), lastUpdate: lastUpdate(step) }));
    const moment = { step: own, lastUpdate: () => null };
    const net = new LookedNet(ops, model, 'channel', base.weights, further, moment);
    return { look: { ...look, nets: [net] }, ops, net };
  };
  const asked = (gradients: 'all' | 'shown' | 'none') => ({ across: 'steps' as const, gradients });

  test('stand in their order, the shown one among them; the update is that of the step before', async () => {
    const { look, net } = kept([0, 5, 50], 20);
    const [moments] = v.parse(signalAnswer, await computeSignal(look, asked('none'))).nets;
    expect(moments!.map(({ step, isShown, isKept }) => [step, isShown, isKept])).toEqual([
      [0, false, true],
      [5, false, true],
      [20, true, false],
      [50, false, true],
    ]);
    for (const { step, layers, isKept } of moments!) {
      for (const { name, gradient, update } of layers) {
        expect(gradient).toBeNull();
        const filter = net.graph.layers.findIndex((layer) => layer.name === name);
        const { size } = net.layout.trainable.find(({ layer }) => layer === filter)!;
        if (isKept && step! > 0) expect(update).toBeCloseTo((step! / 10) * Math.sqrt(size), 4);
        else expect(update).toBeNull();
      }
    }
  });

  test('one kept when the net is looked at knows its update; of an unknown step it stands last', async () => {
    const same = await computeSignal(kept([0, 5], 5).look, asked('none'));
    expect(same.nets[0]!.map(({ step, isShown, isKept }) => [step, isShown, isKept])).toEqual([
      [0, false, true],
      [5, true, true],
    ]);
    expect(same.nets[0]![1]!.layers[0]!.update).toBeGreaterThan(0);
    const unknown = await computeSignal(kept([0, 5], null).look, asked('none'));
    expect(unknown.nets[0]!.map(({ step }) => step)).toEqual([0, 5, null]);
  });

  test('gradients of all are those that each has alone; nothing is left over', async () => {
    const { look, ops, net } = kept([3, 8], 20);
    expect(net.parameters).toBeDefined();
    const before = ops.tensorCount();
    const [all] = (await computeSignal(look, asked('all'))).nets;
    const [shown] = (await computeSignal(look, asked('shown'))).nets;
    expect(ops.tensorCount()).toBe(before);
    expect(shown!.map(({ layers }) => layers[0]!.gradient !== null)).toEqual([false, false, true]);
    expect(all![2]).toEqual(shown![2]);
    const alone = { ...look, nets: [trainedNet(ops, model, 3 + 2)] };
    const [one] = (await computeSignal(alone, asked('shown'))).nets;
    expect(all![0]!.layers.map(({ gradient }) => gradient)).toEqual(one![0]!.layers.map(({ gradient }) => gradient)); // prettier-ignore
  });
});

const figure6 = new URL('../../../../shared/fixtures/published/figure6/', import.meta.url);
const isThere = existsSync(figure6);

describe.skipIf(!isThere)(
  `the published nets of figure 6${isThere ? '' : ' (SKIPPED: they are not there)'}`,
  () => {
    test.each([
      ['plain20', 0.83],
      ['resnet20', 0.69],
      ['plain56', 0.59],
      ['resnet56', 0.41],
    ])('the layers of %s respond with a median of %d', (name, expected) => {
      const own: ModelConfig = {
        ...model,
        width: 16,
        depth: Number(name.slice(-2)),
        block: name.startsWith('plain') ? 'plain' : 'basic',
      };
      const graph = buildGraph(own);
      const layout = layoutOf(graph);
      const file = Uint8Array.from(readFileSync(new URL(`${name}.safetensors`, figure6))).buffer;
      const { parameters } = weightsFromSafetensors(graph, layout, file);
      const deviations = measuredNorms(graph).map((layer) => responseDeviation(layout, parameters, layer));
      expect(median(deviations)).toBeCloseTo(expected, 2);
    });
  },
);
