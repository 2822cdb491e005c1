/** What the page's view of predictions computes on WASM: the answers that PyTorch gives with the same weights. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datasetFetch } from '../cli/node/datasetFetch.ts';
import { openDataset } from '../src/data/dataset.ts';
import { imagesOf, type Images } from '../src/inside/images.ts';
import { LookedNet } from '../src/inside/lookedNet.ts';
import { softmax } from '../src/insights/predictions.ts';
import { computePredictions } from '../src/views/predictions/compute.ts';
import { computeWeights } from '../src/views/weights/compute.ts';
import { createNodeOps } from './backends.ts';

const root = join(import.meta.dirname, '..');
const published = join(root, '../shared/fixtures/published');
const isThere = existsSync(published);

interface Published {
  readonly normalisation: { readonly mean: [number, number, number]; readonly std: [number, number, number] };
  readonly first16_logits: readonly (readonly number[])[];
}

test.skipIf(!isThere)(
  `the published ResNet-20 answers the first 16 test images as in PyTorch, within 1e-4${isThere ? '' : ' (SKIPPED: shared/fixtures/published is not there)'}`,
  async () => {
    const about = JSON.parse(readFileSync(join(published, 'resnet20.json'), 'utf8')) as Published;
    const file = Uint8Array.from(readFileSync(join(published, 'resnet20.safetensors'))).buffer;
    const ops = await createNodeOps('wasm');
    const all = imagesOf(() =>
      openDataset({ url: '.', fetch: datasetFetch(join(root, 'public/datasets/cifar10')) }),
    );
    const images: Images = { ...all, count: () => Promise.resolve(16) };
    const net = await LookedNet.open(ops, {
      model: { family: 'cifar', depth: 20, block: 'basic', shortcut: 'A', width: 16 },
      normalisation: about.normalisation,
      weights: { kind: 'safetensors', file },
    });
    const look = { ops, nets: [net], images, turn: () => Promise.resolve(), tell: () => undefined };
    const before = ops.tensorCount();
    const answer = await computePredictions(look, { what: 'test', images: 1_000 });
    if (answer.kind !== 'test') throw new Error('test images were asked for');
    about.first16_logits.forEach((logits, n) => {
      const probabilities = softmax(logits);
      const largest = Math.max(...probabilities);
      expect(answer.nets[0]!.classes[n]).toBe(probabilities.indexOf(largest));
      expect(Math.abs(answer.nets[0]!.confidences[n]! - largest)).toBeLessThan(1e-4);
    });
    // A picture of one's own that is a test image gets its answer.
    const { pixels } = await images.pixels('test', Uint32Array.of(3));
    const own = await computePredictions(look, { what: 'own', picture: pixels });
    if (own.kind !== 'own') throw new Error('a picture was asked for');
    expect(Math.abs(Math.max(...own.nets[0]!) - answer.nets[0]!.confidences[3]!)).toBeLessThan(1e-6);
    // All that its layers give is counted: as many values as there are positions and channels.
    const { nets } = await computeWeights(look);
    const { layers } = nets[0]![0]!;
    const values = layers.map(({ normed }) => normed.counts.reduce((sum, count) => sum + count, 0));
    expect(values[0]).toBe(16 * 32 * 32 * 16);
    expect(values.at(-1)).toBe(16 * 8 * 8 * 64);
    expect(layers).toHaveLength(19);
    net.dispose();
    // The net's own two are gone as well.
    expect(ops.tensorCount()).toBeLessThanOrEqual(before);
  },
);
