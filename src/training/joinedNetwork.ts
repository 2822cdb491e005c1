/** A net in evaluation alone, each batch norm together with the convolution before it where the device has a kernel for both. */
import type { JoinedConvolution, Part, TensorLike, TrainingOps } from '../kernels/ops.ts';
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

/** A net with its numbers, for images again and again; to be disposed before the numbers are. */
export interface NetWithNumbers<T> {
  /** Logits `[n, classes]`; where it throws, no tensor is left. */
  logits(images: T): T;
  dispose(): void;
}

/** A step with its numbers on the device. */
interface Ready<T> {
  readonly compute: (outputs: Outputs<T>) => T;
  readonly output: LayerIndex;
  readonly frees: readonly LayerIndex[];
}

/** Images of a pass where the kernels of both are there: at 32 and more the maps of a stage leave the processor's caches. */
const BATCH = 16;

export class JoinedNetwork<T extends TensorLike> {
  readonly #steps: readonly Planned[];
  readonly #whole: Network<T>;
  /** Images of a pass that is fastest; null where the more the better. */
  readonly batch: number | null;

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
    this.batch = ops.joinConvolution ? BATCH : null;
  }

  /**
   * The net with these flat numbers: logits as Network's, to a ten-thousandth of the largest, in half of the time; where there is no such
   * kernel, as that.
   */
  withNumbers(parameters: T, statistics: T): NetWithNumbers<T> {
    const { ops } = this;
    if (!ops.joinConvolution) {
      return {
        logits: (images) => this.#whole.logits(parameters, statistics, images),
        dispose: () => undefined,
      };
    }
    const held: (() => void)[] = [];
    const dispose = () => {
      // A joined convolution before what it reads.
      for (const free of held.reverse()) free();
    };
    try {
      const view = (flat: T, part: Part) => {
        const tensor = ops.view(flat, part);
        held.push(() => ops.dispose(tensor));
        return tensor;
      };
      const hold = (joined: JoinedConvolution<T>) => {
        held.push(() => joined.dispose());
        return joined;
      };
      const steps = this.#steps.map((step) => {
        const weights = step.weights.map((part) => view(parameters, part));
        const [moments] = step.statistics.map((part) => view(statistics, part));
        return this.#ready(step, weights, moments, hold);
      });
      return { logits: (images) => this.#through(steps, images), dispose };
    } catch (error) {
      dispose();
      throw error;
    }
  }

  #ready(
    { layer, joined, frees }: Planned,
    weights: readonly T[],
    moments: T | undefined,
    hold: (joined: JoinedConvolution<T>) => JoinedConvolution<T>,
  ): Ready<T> {
    const { ops, graph } = this;
    const ready = (compute: (outputs: Outputs<T>) => T) => ({ compute, output: layer, frees });
    if (!joined) {
      return ready((outputs) => evaluateLayer(ops, graph.layers[layer]!, outputs, weights, moments));
    }
    const { conv, norm } = joined;
    const [filter, affine] = weights;
    const convolution = hold(ops.joinConvolution!(filter!, conv.stride, affine!, moments!));
    return ready((outputs) => {
      const residual = norm.residual === null ? null : outputs.get(norm.residual)!;
      return convolution.apply(outputs.get(conv.input)!, residual, norm.relu);
    });
  }

  #through(steps: readonly Ready<T>[], images: T): T {
    const { ops } = this;
    const outputs: Outputs<T> = new Map([[INPUT, images]]);
    try {
      for (const { compute, output, frees } of steps) {
        outputs.set(output, compute(outputs));
        for (const freed of frees) {
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
}
