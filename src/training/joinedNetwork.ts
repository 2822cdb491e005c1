/** A net in evaluation alone, each batch norm together with the convolution before it where the device has a kernel for both. */
import type { Part, TensorLike, TrainingOps } from '../kernels/ops.ts';
import { INPUT, type Graph, type LayerIndex } from '../model/graph.ts';
import type { Layout } from '../model/parameters.ts';
import { joinedInferencePass, type JoinedStep } from '../model/passes.ts';
import { evaluateLayer } from './evaluateLayer.ts';
import { Network } from './network.ts';

type Outputs<T> = Map<LayerIndex, T>;

/** A step with the parts of the flat tensors that it reads: a convolution's filter lies before its batch norm's numbers. */
interface Planned extends JoinedStep {
  readonly weights: readonly Part[];
  readonly statistics: readonly Part[];
}

export class JoinedNetwork<T extends TensorLike> {
  readonly #steps: readonly Planned[];
  readonly #whole: Network<T>;

  constructor(
    private readonly ops: TrainingOps<T>,
    readonly graph: Graph,
    readonly layout: Layout,
  ) {
    this.#steps = joinedInferencePass(graph).map((step) => ({
      ...step,
      weights: layout.trainable.filter(({ layer }) => layer === step.layer || layer === step.joined?.index),
      statistics: layout.statistics.filter(({ layer }) => layer === step.layer),
    }));
    this.#whole = new Network(ops, graph, layout);
  }

  /**
   * As Network's, to a ten-thousandth of the largest logit, in little more than half of the time; where there is no such kernel, as that.
   * Where it throws, no tensor is left.
   */
  logits(parameters: T, statistics: T, images: T): T {
    const { ops } = this;
    if (!ops.conv2dBatchNormInference) return this.#whole.logits(parameters, statistics, images);
    const outputs: Outputs<T> = new Map([[INPUT, images]]);
    try {
      for (const step of this.#steps) {
        outputs.set(step.layer, this.#computed(step, parameters, statistics, outputs));
        for (const freed of step.frees) {
          ops.dispose(outputs.get(freed)!);
          outputs.delete(freed);
        }
      }
    } catch (error) {
      outputs.delete(INPUT);
      for (const output of outputs.values()) ops.dispose(output);
      throw error;
    }
    return outputs.get(this.graph.layers.length - 1)!;
  }

  #computed(step: Planned, parameters: T, statistics: T, outputs: Outputs<T>): T {
    const { ops, graph } = this;
    return this.#viewing(parameters, step.weights, (weights) =>
      this.#viewing(statistics, step.statistics, ([moments]) => {
        if (!step.joined) return evaluateLayer(ops, graph.layers[step.layer]!, outputs, weights, moments);
        const { conv, norm } = step.joined;
        const [filter, affine] = weights;
        const residual = norm.residual === null ? null : outputs.get(norm.residual)!;
        const x = outputs.get(conv.input)!;
        return ops.conv2dBatchNormInference!(x, filter!, conv.stride, affine!, moments!, residual, norm.relu);
      }),
    );
  }

  /** What `compute` makes of parts of a flat tensor, which are gone afterwards. */
  #viewing(flat: T, parts: readonly Part[], compute: (views: readonly T[]) => T): T {
    const views: T[] = [];
    try {
      for (const part of parts) views.push(this.ops.view(flat, part));
      return compute(views);
    } finally {
      for (const view of views) this.ops.dispose(view);
    }
  }
}
