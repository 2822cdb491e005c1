/** The same net as one writes it with tf.js: tf.layers and trainOnBatch. */
import * as tf from '@tensorflow/tfjs';
import { BATCH_NORM_EPSILON } from '../../src/kernels/ops.ts';
import { INPUT, type Graph, type Layer } from '../../src/model/graph.ts';
import { deviceBytes } from './deviceBytes.ts';
import { LEARNING_RATE, MOMENTUM, type Rival, type Specimen, weightsOfLayer } from './specimen.ts';

type Symbolic = tf.SymbolicTensor;

export function openStock(specimen: Specimen): Rival {
  const { graph, batch } = specimen;
  const model = buildModel(graph);
  setWeights(model, specimen);
  model.compile({
    optimizer: tf.train.momentum(LEARNING_RATE, MOMENTUM),
    loss: 'categoricalCrossentropy',
  });
  const images = tf.tensor(batch.images, [batch.size, 32, 32, 3]);
  const labels = tf.tensor(specimen.oneHot, [batch.size, graph.classes]);
  return {
    step: async () => Number(await model.trainOnBatch(images, labels)),
    memory: () => ({ bytes: deviceBytes(), tensors: tf.memory().numTensors }),
  };
}

function buildModel(graph: Graph): tf.LayersModel {
  const images = tf.input({ shape: [32, 32, 3] });
  const outputs = new Map<number, Symbolic>([[INPUT, images]]);
  graph.layers.forEach((layer, i) => outputs.set(i, apply(layer, outputs)));
  return tf.model({ inputs: images, outputs: outputs.get(graph.layers.length - 1)! });
}

function apply(layer: Layer, outputs: ReadonlyMap<number, Symbolic>): Symbolic {
  const input = outputs.get(layer.input)!;
  const through = (next: tf.layers.Layer, x: Symbolic | Symbolic[]) => next.apply(x) as Symbolic;
  const { name } = layer;
  switch (layer.kind) {
    case 'conv': {
      const { kernel, stride, outChannels } = layer;
      // tf.js's "same" with a stride of 2 pads on other sides than PyTorch does.
      const padded =
        stride === 1 || kernel === 1 ? input : through(tf.layers.zeroPadding2d({ padding: 1 }), input);
      const options = { filters: outChannels, kernelSize: kernel, strides: stride, useBias: false, name };
      return through(tf.layers.conv2d({ ...options, padding: padded === input ? 'same' : 'valid' }), padded);
    }
    case 'batchNorm': {
      const norm = tf.layers.batchNormalization({ epsilon: BATCH_NORM_EPSILON, momentum: 0.9, name });
      let y = through(norm, input);
      if (layer.residual !== null) y = through(tf.layers.add(), [y, outputs.get(layer.residual)!]);
      return layer.relu ? through(tf.layers.reLU(), y) : y;
    }
    case 'padShortcut':
      return through(new PadShortcut(layer.stride, layer.outChannels - layer.inChannels), input);
    case 'globalAveragePool':
      return through(tf.layers.globalAveragePooling2d({}), input);
    case 'dense':
      return through(tf.layers.dense({ units: layer.outChannels, activation: 'softmax', name }), input);
  }
}

/** Option A. tf.layers has nothing like it, and tf.js no gradient of a strided slice. */
class PadShortcut extends tf.layers.Layer {
  static readonly className = 'PadShortcut';

  constructor(
    private readonly stride: number,
    private readonly added: number,
  ) {
    super({});
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    const [batch = null, height, width, channels] = shape;
    return [batch, height! / this.stride, width! / this.stride, channels! + this.added];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
      const [batch, height, width, channels] = x.shape;
      const rows = height / this.stride;
      const columns = width / this.stride;
      const split = x.reshape([batch, rows, this.stride, columns, this.stride * channels]);
      const kept = split.slice([0, 0, 0, 0, 0], [batch, rows, 1, columns, channels]);
      const front = Math.floor(this.added / 2);
      const padding: [number, number][] = [
        [0, 0],
        [0, 0],
        [0, 0],
        [front, this.added - front],
      ];
      return tf.pad(kept.reshape([batch, rows, columns, channels]), padding);
    });
  }
}

function setWeights(model: tf.LayersModel, specimen: Specimen): void {
  specimen.graph.layers.forEach((layer, i) => {
    const weights = weightsOfLayer(specimen, i);
    if (weights.length === 0) return;
    const stocked = model.getLayer(layer.name);
    if (layer.kind !== 'batchNorm') {
      stocked.setWeights(weights.map(({ values, shape }) => tf.tensor(values, [...shape])));
      return;
    }
    const [scale, shift] = tf.split(tf.tensor(weights[0]!.values), 2) as [tf.Tensor, tf.Tensor];
    stocked.setWeights([scale, shift, tf.zerosLike(shift), tf.onesLike(scale)]);
  });
}
