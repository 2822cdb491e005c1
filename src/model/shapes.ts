/** Sizes that follow from a graph alone: shapes, parameters, multiply-adds, memory. */
import type { OptimizerConfig } from './config.ts';
import type { Graph, Layer, LayerIndex } from './graph.ts';
import { INPUT } from './graph.ts';

/** Height, width, channels of one image's map; a vector has height and width 1. */
export interface MapShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface LayerSize {
  readonly output: MapShape;
  /** Trainable numbers. */
  readonly parameters: number;
  /** Multiply-adds for one image, forward: convolutions and the dense layer, as the paper counts FLOPs. */
  readonly multiplyAdds: number;
}

export interface GraphSize {
  readonly layers: readonly LayerSize[];
  readonly parameters: number;
  /** Forward multiply-adds for one image. A training step costs about three times as many. */
  readonly multiplyAdds: number;
  /** Float32 numbers that one image's activations take until the backward pass has used them. */
  readonly activations: number;
  /** Float32 numbers of the largest layer's output for one image. */
  readonly largestMap: number;
  /** Float32 numbers of one image: the first convolution's filter gradient needs them at the very end. */
  readonly input: number;
}

/** Pixels that a stride leaves: ceil(size / stride), as padding of (kernel - 1) / 2 gives. */
export const strided = (size: number, stride: number): number => Math.ceil(size / stride);

export function measureGraph(graph: Graph): GraphSize {
  const layers: LayerSize[] = [];
  const shapeOf = (index: LayerIndex): MapShape => (index === INPUT ? graph.input : layers[index]!.output);
  for (const layer of graph.layers) layers.push(measureLayer(layer, shapeOf(layer.input)));

  const sum = (of: (size: LayerSize) => number) => layers.reduce((total, size) => total + of(size), 0);
  return {
    layers,
    parameters: sum((s) => s.parameters),
    multiplyAdds: sum((s) => s.multiplyAdds),
    largestMap: Math.max(numbersOf(graph.input), ...layers.map((layer) => numbersOf(layer.output))),
    activations: sum((s) => numbersOf(s.output)),
    input: numbersOf(graph.input),
  };
}

const numbersOf = ({ height, width, channels }: MapShape): number => height * width * channels;

function measureLayer(layer: Layer, input: MapShape): LayerSize {
  switch (layer.kind) {
    case 'conv': {
      const output = resized(input, layer.stride, layer.outChannels);
      const parameters = layer.kernel * layer.kernel * layer.inChannels * layer.outChannels;
      return { output, parameters, multiplyAdds: parameters * output.height * output.width };
    }
    case 'batchNorm':
      return { output: input, parameters: 2 * layer.channels, multiplyAdds: 0 };
    case 'padShortcut':
      return { output: resized(input, layer.stride, layer.outChannels), parameters: 0, multiplyAdds: 0 };
    case 'globalAveragePool':
      return { output: { height: 1, width: 1, channels: layer.channels }, parameters: 0, multiplyAdds: 0 };
    case 'dense': {
      const weights = layer.inChannels * layer.outChannels;
      const output = { height: 1, width: 1, channels: layer.outChannels };
      return { output, parameters: weights + layer.outChannels, multiplyAdds: weights };
    }
  }
}

function resized(input: MapShape, stride: number, channels: number): MapShape {
  return { height: strided(input.height, stride), width: strided(input.width, stride), channels };
}

/** Flat tensors that an optimiser keeps besides the parameters: velocity or moments. */
export const optimizerStates: Readonly<Record<OptimizerConfig['type'], number>> = {
  sgd: 1,
  adam: 2,
  rmsprop: 1,
};

/**
 * Bytes that training needs at its peak, of float32: parameters, their gradients and the optimiser's state, with the images and `held`
 * numbers of each one's activations (all of them, if nothing is recomputed); or, once these are gone, with the gradients of all layers
 * in one tensor. Scratch space of the kernels comes on top.
 */
export function trainingBytes(
  size: GraphSize,
  batchSize: number,
  optimizerStates: number,
  held = size.activations,
): number {
  const images = size.input * batchSize;
  return 4 * (size.parameters * (2 + optimizerStates) + images + Math.max(held * batchSize, size.parameters));
}
