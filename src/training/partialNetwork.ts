/**
 * A net that is computed from one layer's output to another's, so that what several nets have in common is computed once. Forward only;
 * Network is for training.
 */
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import { INPUT, type BatchNormLayer, type Graph, type Layer, type LayerIndex } from '../model/graph.ts';
import type { Layout, Slot } from '../model/parameters.ts';
import { stretchPass } from '../model/passes.ts';
import { applyLayer, evaluateLayer } from './evaluateLayer.ts';

/** Which part of a net is computed, and how. */
export interface Stretch<T> {
  /** The layer whose output is given; without it images are. */
  readonly from?: LayerIndex;
  /** The layer whose output is wanted; without it the last one's, the logits. */
  readonly to?: LayerIndex;
  /** Makes what is added out of what a shortcut brings; a new tensor, which is disposed here. */
  readonly shortcut?: ((x: T) => T) | undefined;
}

/** What a pass in training mode gives. Both belong to the caller. */
export interface TrainingPassage<T> {
  readonly output: T;
  /** Flat, laid out as the statistics: mean and biased variance over this batch, 0 for batch norms elsewhere; null if there is none here. */
  readonly moments: T | null;
}

/** The outputs that are there, and a layer's weights, which are gone afterwards. */
type Compute<T> = (i: LayerIndex, outputs: ReadonlyMap<LayerIndex, T>, weights: readonly T[]) => T;

export class PartialNetwork<T extends TensorLike> {
  private readonly slotsOfLayer: readonly (readonly Slot[])[];
  private readonly statisticsOfLayer: readonly (Slot | undefined)[];

  constructor(
    private readonly ops: TrainingOps<T>,
    readonly graph: Graph,
    readonly layout: Layout,
  ) {
    this.slotsOfLayer = graph.layers.map((_, i) => layout.trainable.filter((slot) => slot.layer === i));
    this.statisticsOfLayer = graph.layers.map((_, i) => layout.statistics.find((slot) => slot.layer === i));
  }

  /**
   * The wanted output, with running statistics as in evaluation; it belongs to the caller, as what was given does. Throws RangeError if
   * it cannot be computed from that.
   */
  evaluate(parameters: T, statistics: T, given: T, stretch: Stretch<T> = {}): T {
    const { ops } = this;
    return this.forward(parameters, given, stretch, (i, outputs, weights) => {
      const slot = this.statisticsOfLayer[i];
      const moments = slot && ops.view(statistics, slot);
      try {
        return evaluateLayer(ops, this.graph.layers[i]!, outputs, weights, moments);
      } finally {
        if (moments) ops.dispose(moments);
      }
    });
  }

  /** The same with each batch norm's statistics over this batch, as in training. */
  train(parameters: T, given: T, stretch: Stretch<T> = {}): TrainingPassage<T> {
    const { ops, layout } = this;
    const ofLayer = new Map<LayerIndex, T>();
    try {
      const output = this.forward(parameters, given, stretch, (i, outputs, weights) => {
        const layer = this.graph.layers[i]!;
        const input = outputs.get(layer.input)!;
        if (layer.kind !== 'batchNorm') return applyLayer(ops, layer, input, weights);
        const residual = layer.residual === null ? null : outputs.get(layer.residual)!;
        const { y, moments } = ops.batchNorm(input, weights[0]!, residual, layer.relu);
        ofLayer.set(i, moments);
        return y;
      });
      const slots = layout.statistics.filter(({ layer }) => ofLayer.has(layer));
      if (slots.length === 0) return { output, moments: null };
      try {
        const tensors = slots.map(({ layer }) => ofLayer.get(layer)!);
        return { output, moments: ops.pack(tensors, slots, layout.statisticsLength) };
      } catch (error) {
        ops.dispose(output);
        throw error;
      }
    } finally {
      for (const moments of ofLayer.values()) ops.dispose(moments);
    }
  }

  private forward(
    parameters: T,
    given: T,
    { from = INPUT, to = this.graph.layers.length - 1, shortcut }: Stretch<T>,
    compute: Compute<T>,
  ): T {
    const { ops } = this;
    const outputs = new Map<LayerIndex, T>([[from, given]]);
    try {
      for (const { layer: i, frees } of stretchPass(this.graph, from, to)) {
        const layer = this.graph.layers[i]!;
        const held = this.slotsOfLayer[i]!.map((slot) => ops.view(parameters, slot));
        const weights = [...held];
        try {
          let read: ReadonlyMap<LayerIndex, T> = outputs;
          if (shortcut && addsResidual(layer)) {
            const brought = shortcut(outputs.get(layer.residual)!);
            held.push(brought);
            read = new Map(outputs).set(layer.residual, brought);
          }
          outputs.set(i, compute(i, read, weights));
        } finally {
          for (const tensor of held) ops.dispose(tensor);
        }
        for (const layerDone of frees) {
          ops.dispose(outputs.get(layerDone)!);
          outputs.delete(layerDone);
        }
      }
    } catch (error) {
      // Where memory is short, a look inside may not take what training needs.
      outputs.delete(from);
      for (const tensor of outputs.values()) ops.dispose(tensor);
      throw error;
    }
    return outputs.get(to)!;
  }
}

const addsResidual = (layer: Layer): layer is BatchNormLayer & { readonly residual: LayerIndex } =>
  layer.kind === 'batchNorm' && layer.residual !== null;
