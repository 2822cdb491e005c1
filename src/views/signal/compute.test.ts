/** The signal by depth, against the float64 reference, and on nets that others trained. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lookAt } from '../../inside/testing/look.ts';
import { measuredNorms, median, responseDeviation } from '../../insights/responses.ts';
import { buildGraph } from '../../model/graph.ts';
import { layoutOf } from '../../model/parameters.ts';
import type { ModelConfig } from '../../model/config.ts';
import { weightsFromSafetensors } from '../../training/weights.ts';
import { computeSignal } from './compute.ts';
import { GRADIENT_BATCH } from './signal.ts';

const model: ModelConfig = { family: 'cifar', depth: 8, block: 'basic', shortcut: 'A', width: 2 };

test('gradient norms are those of finite differences, deviations those of what comes out in training', async () => {
  const { look, ops, nets, dispose } = lookAt([model, { ...model, block: 'plain' }], 4);
  const answer = await computeSignal(look);
  expect(answer.nets.map((layers) => layers.length)).toEqual([7, 7]);
  const [net] = nets;
  const [layer] = answer.nets[0]!.filter(({ name }) => name === 'layer1.0.conv2');
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
