/** Looking into nets in a test: random images, no worker. */
import { imagesOf } from '../images.ts';
import type { Look } from '../look.ts';
import { LookedNet } from '../lookedNet.ts';
import { createReferenceOps } from '../../kernels/reference/reference.ts';
import type { TensorLike, TrainingOps } from '../../kernels/ops.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { ModelConfig } from '../../model/config.ts';
import { buildGraph } from '../../model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../../model/parameters.ts';
import { createRandom } from '../../model/random.ts';
import { IMAGE_SIZE } from '../../model/dataset.ts';

/** Images of random bytes, `count` of each split, whose labels go round. */
export function randomImages(count: number, seed = 1) {
  const pixels = new Uint8Array(count * IMAGE_SIZE);
  const random = createRandom(seed);
  for (let i = 0; i < pixels.length; i++) pixels[i] = random.integer(256);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const split = { images: count, labels, shards: [] };
  const dataset: Dataset = {
    manifest: {
      train: split,
      test: split,
      mean: [0.5, 0.5, 0.5],
      deviation: [0.25, 0.25, 0.25],
      meanImage: new Float64Array(IMAGE_SIZE).fill(0.5),
    } as unknown as Dataset['manifest'],
    gather: (_split, indices) =>
      Promise.resolve({
        pixels: Uint8Array.from(
          [...indices].flatMap((i) => [...pixels.subarray(i * IMAGE_SIZE, (i + 1) * IMAGE_SIZE)]),
        ),
        labels: Uint8Array.from(indices, (i) => labels[i]!),
      }),
    loadFirst: () => Promise.resolve(),
    loadAll: () => undefined,
  };
  return imagesOf(() => Promise.resolve(dataset));
}

/** A net whose batch norms are as after some training: scales, shifts and statistics are random, and nothing is an identity by chance. */
export function trainedNet<T extends TensorLike>(
  ops: TrainingOps<T>,
  model: ModelConfig,
  seed = 1,
): LookedNet<T> {
  const graph = buildGraph(model);
  const layout = layoutOf(graph);
  const parameters = initialParameters(graph, layout, createRandom(seed).fork('weights'));
  const statistics = initialStatistics(layout);
  const random = createRandom(seed + 1);
  for (const slot of layout.trainable) {
    if (slot.role !== 'affine') continue;
    for (let i = 0; i < slot.size; i++) {
      const isScale = i < slot.size / 2;
      parameters[slot.offset + i] = (isScale ? 1 : 0) + 0.3 * random.normal();
    }
  }
  for (const slot of layout.statistics) {
    for (let i = 0; i < slot.size; i++) {
      const value = 0.3 * random.normal();
      statistics[slot.offset + i] = i < slot.size / 2 ? value : 1 + Math.abs(value);
    }
  }
  return new LookedNet(ops, model, 'channel', { parameters, statistics });
}

/** A look at such nets on the float64 reference; `told` gathers what it tells. */
export function lookAt(models: readonly ModelConfig[], count = 20) {
  const ops = createReferenceOps();
  const nets = models.map((model, i) => trainedNet(ops, model, i + 1));
  const told: { done: number; total: number; soFar?: unknown }[] = [];
  const look: Look<ReturnType<typeof ops.upload>> = {
    ops,
    nets,
    images: randomImages(count),
    turn: () => Promise.resolve(),
    tell: (done, total, soFar) => told.push({ done, total, ...(soFar !== undefined && { soFar }) }),
  };
  const dispose = () => nets.forEach((net) => net.dispose());
  return { look, ops, nets, told, dispose };
}
