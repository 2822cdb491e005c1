/** One layer of a net on its way forward. */
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { BatchNormLayer, Layer, LayerIndex } from '../model/graph.ts';

/** The output of a layer whose inputs' are among `outputs`; batch norm with `moments`, which other layers do not read. */
export function evaluateLayer<T extends TensorLike>(
  ops: TrainingOps<T>,
  layer: Layer,
  outputs: ReadonlyMap<LayerIndex, T>,
  weights: readonly T[],
  moments: T | undefined,
): T {
  const input = outputs.get(layer.input)!;
  if (layer.kind !== 'batchNorm') return applyLayer(ops, layer, input, weights);
  const residual = layer.residual === null ? null : outputs.get(layer.residual)!;
  return ops.batchNormInference(input, weights[0]!, moments!, residual, layer.relu);
}

/** The output of a layer that is the same in training and in evaluation. */
export function applyLayer<T extends TensorLike>(
  ops: TrainingOps<T>,
  layer: Exclude<Layer, BatchNormLayer>,
  input: T,
  weights: readonly T[],
): T {
  switch (layer.kind) {
    case 'conv':
      return ops.conv2d(input, weights[0]!, layer.stride);
    case 'padShortcut':
      return ops.padShortcut(input, layer.stride, layer.outChannels);
    case 'globalAveragePool':
      return ops.globalAveragePool(input);
    case 'dense':
      return ops.dense(input, weights[0]!, weights[1]!);
  }
}
