/** The same net with jax-js: one compiled function for the whole step. Its arrays are freed by whoever is given them. */
import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { BackendName } from '../../src/model/backends.ts';
import { BATCH_NORM_EPSILON } from '../../src/kernels/ops.ts';
import { INPUT, type Graph, type Layer } from '../../src/model/graph.ts';
import { LEARNING_RATE, MOMENTUM, type Rival, type Specimen, weightsOfLayer } from './specimen.ts';

type Weights = np.Array[];
type Step = (w: Weights, v: Weights, x: np.Array, y: np.Array) => [np.Array, Weights, Weights];

export async function openJax(backend: BackendName, specimen: Specimen): Promise<Rival> {
  if (backend === 'cpu') throw new RangeError('jax-js has a CPU backend for tests only.');
  if (!(await init(backend)).includes(backend)) throw new Error(`jax-js has no ${backend} here.`);
  defaultDevice(backend);
  const { graph, batch, oneHot } = specimen;
  let weights = graph.layers.flatMap((_, i) =>
    weightsOfLayer(specimen, i).map(({ values, shape }) => np.array(values).reshape([...shape])),
  );
  let velocities: Weights = weights.map((w) => np.zeros(w.shape));
  const nhwc = np.array(batch.images).reshape([batch.size, 32, 32, 3]);
  const images = np.transpose(nhwc, [0, 3, 1, 2]);
  const labels = np.array(oneHot).reshape([batch.size, graph.classes]);
  await Promise.all([images.blockUntilReady(), labels.blockUntilReady()]);

  const lossOf = (w: Weights, x: np.Array, y: np.Array) => crossEntropy(forward(graph, w, x), y, batch.size);
  const step: Step = (w, v, x, y) => {
    const [loss, gradients] = valueAndGrad(lossOf)(tree.ref(w), x, y);
    const faster = v.map((velocity, i) => velocity.mul(MOMENTUM).add(gradients[i]!));
    const moved = w.map((weight, i) => weight.sub(faster[i]!.ref.mul(LEARNING_RATE)));
    return [loss, moved, faster];
  };
  const update = jit(step);

  return {
    async step() {
      const [loss, moved, faster] = update(weights, velocities, images.ref, labels.ref);
      [weights, velocities] = [moved, faster];
      // Float16Array is in its type, and unknown to our library of types.
      const [value = NaN] = (await loss.data()) as Float32Array;
      await Promise.all(moved.map((weight) => weight.blockUntilReady()));
      return value;
    },
    memory: () => ({ bytes: NaN, tensors: NaN }),
  };
}

/** Logits. `weights` are taken over. */
function forward(graph: Graph, weights: Weights, images: np.Array): np.Array {
  const outputs = new Map<number, np.Array>([[INPUT, images]]);
  const left = [...weights];
  graph.layers.forEach((layer, i) => {
    const residual = layer.kind === 'batchNorm' && layer.residual !== null ? layer.residual : null;
    const added = residual === null ? null : outputs.get(residual)!.ref;
    outputs.set(i, apply(layer, outputs.get(layer.input)!.ref, added, left));
  });
  const logits = outputs.get(graph.layers.length - 1)!.ref;
  outputs.forEach((output) => output.dispose());
  return logits;
}

function apply(layer: Layer, x: np.Array, residual: np.Array | null, weights: Weights): np.Array {
  switch (layer.kind) {
    case 'conv': {
      const filter = np.transpose(weights.shift()!, [3, 2, 0, 1]);
      const padding = (layer.kernel - 1) / 2;
      const sides: [number, number][] = [
        [padding, padding],
        [padding, padding],
      ];
      return lax.conv(x, filter, [layer.stride, layer.stride], sides);
    }
    case 'batchNorm': {
      const affine = weights.shift()!.reshape([2, 1, layer.channels, 1, 1]);
      const mean = np.mean(x.ref, [0, 2, 3], { keepdims: true });
      const centred = x.sub(mean);
      const variance = np.mean(np.square(centred.ref), [0, 2, 3], { keepdims: true });
      const normal = centred.div(np.sqrt(variance.add(BATCH_NORM_EPSILON)));
      const y = normal.mul(affine.ref.slice(0)).add(affine.slice(1));
      const sum = residual ? y.add(residual) : y;
      return layer.relu ? nn.relu(sum) : sum;
    }
    case 'padShortcut': {
      const { stride, inChannels, outChannels } = layer;
      const [batch, , height, width] = x.shape as [number, number, number, number];
      const split = x.reshape([batch, inChannels, height / stride, stride, width / stride, stride]);
      const kept = split.slice([], [], [], 0, [], 0);
      const front = Math.floor((outChannels - inChannels) / 2);
      return np.pad(kept, [
        [0, 0],
        [front, outChannels - inChannels - front],
        [0, 0],
        [0, 0],
      ]);
    }
    case 'globalAveragePool':
      return np.mean(x, [2, 3]);
    case 'dense': {
      const matrix = weights.shift()!;
      return np.matmul(x, matrix).add(weights.shift()!);
    }
  }
}

function crossEntropy(logits: np.Array, oneHot: np.Array, images: number): np.Array {
  return nn
    .logSoftmax(logits, -1)
    .mul(oneHot)
    .sum()
    .mul(-1 / images);
}
