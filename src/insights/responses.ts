/** How strongly the layers of a net respond (He et al. 2015, figure 7), read out of its batch norms. */
import type { Graph, LayerIndex } from '../model/graph.ts';
import type { Layout } from '../model/parameters.ts';

/** The batch norm behind each 3x3 convolution, in layer order: its output, before ReLU or addition, is what figure 7 measures. */
export const measuredNorms = ({ layers }: Graph): readonly LayerIndex[] =>
  layers.flatMap((layer, i) => {
    if (layer.kind !== 'batchNorm') return [];
    const before = layers[layer.input];
    return before?.kind === 'conv' && before.kernel === 3 ? [i] : [];
  });

/**
 * Standard deviation of a batch norm's output over a training batch, from its scale and shift alone: channel c has deviation |scale_c| and
 * mean shift_c, so over the layer the variance is mean(scale^2) + var(shift), biased. `parameters` is flat (model/parameters.ts). Throws
 * RangeError if the layer is no batch norm.
 */
export function responseDeviation(layout: Layout, parameters: Float32Array, layer: LayerIndex): number {
  const slot = layout.trainable.find((one) => one.layer === layer && one.role === 'affine');
  if (!slot) throw new RangeError(`layer ${layer} is no batch norm`);
  const channels = slot.size / 2;
  let [squares, sum, sumSquares] = [0, 0, 0];
  for (let c = 0; c < channels; c++) {
    const scale = parameters[slot.offset + c]!;
    const shift = parameters[slot.offset + channels + c]!;
    squares += scale * scale;
    sum += shift;
    sumSquares += shift * shift;
  }
  const mean = sum / channels;
  return Math.sqrt(squares / channels + sumSquares / channels - mean * mean);
}
