/**
 * A net that can be computed: the graph's layers one after another, and back again. The backward pass is written out
 * (no tape), so every activation is freed as soon as it has been used for the last time (model/passes.ts).
 */
import type { BatchNormLayer, ConvLayer, DenseLayer, Graph, LayerIndex } from '../model/graph.ts';
import { INPUT } from '../model/graph.ts';
import type { Layout, Slot } from '../model/parameters.ts';
import { inferencePass, ONE_SEGMENT, trainingPass, type PassStep, type Segments } from '../model/passes.ts';
import type { FilterShape, Shape4, TensorLike, TrainingOps } from '../kernels/ops.ts';
import { applyLayer, evaluateLayer } from './evaluateLayer.ts';

/** What one pass forward and back gives. The tensors belong to the caller. */
export interface Gradients<T> {
  /** `[2]`: mean cross-entropy and error, see TrainingOps.softmaxCrossEntropy. */
  readonly metrics: T;
  /** Flat, laid out as the parameters. */
  readonly gradient: T;
  /** Flat, laid out as the statistics: each batch norm's mean and biased variance over this batch. */
  readonly moments: T;
}

export class Network<T extends TensorLike> {
  private readonly inference: readonly PassStep[];
  private readonly training: readonly PassStep[];
  private readonly slotsOfLayer: readonly (readonly Slot[])[];
  private readonly statisticsOfLayer: readonly (Slot | undefined)[];

  /** `segments`: see trainingPass. With several of them a step holds less and takes longer, and gives the same numbers. */
  constructor(
    private readonly ops: TrainingOps<T>,
    readonly graph: Graph,
    readonly layout: Layout,
    segments: Segments = ONE_SEGMENT,
  ) {
    this.inference = inferencePass(graph);
    this.training = trainingPass(graph, segments);
    this.slotsOfLayer = graph.layers.map((_, i) => layout.trainable.filter((slot) => slot.layer === i));
    this.statisticsOfLayer = graph.layers.map((_, i) => layout.statistics.find((slot) => slot.layer === i));
  }

  /**
   * images `[N, 32, 32, 3]` -> logits `[N, classes]`, batch norm with the given running statistics. `tap` is shown each layer's output,
   * which it must neither keep nor dispose.
   */
  logits(parameters: T, statistics: T, images: T, tap?: (layer: LayerIndex, output: T) => void): T {
    const outputs = new Map<LayerIndex, T>([[INPUT, images]]);
    try {
      for (const { layer: i, frees } of this.inference) {
        outputs.set(i, this.evaluate(i, parameters, statistics, outputs));
        tap?.(i, outputs.get(i)!);
        this.release(outputs, frees);
      }
    } catch (error) {
      outputs.delete(INPUT);
      this.disposeAll([...outputs.values()]);
      throw error;
    }
    return outputs.get(this.graph.layers.length - 1)!;
  }

  private evaluate(i: LayerIndex, parameters: T, statistics: T, outputs: ReadonlyMap<LayerIndex, T>): T {
    const weights = this.weightsOf(parameters, i);
    const slot = this.statisticsOfLayer[i];
    const moments = slot && this.ops.view(statistics, slot);
    try {
      return evaluateLayer(this.ops, this.graph.layers[i]!, outputs, weights, moments);
    } finally {
      if (moments) this.ops.dispose(moments);
      this.disposeAll(weights);
    }
  }

  /** One batch forward and back: images `[N, 32, 32, 3]`, N labels, label smoothing. */
  gradients(parameters: T, images: T, labels: Uint8Array, smoothing: number): Gradients<T> {
    const { ops, layout } = this;
    const pass: Pass<T> = {
      outputs: new Map([[INPUT, images]]),
      shapes: new Map([[INPUT, shape4(images)]]),
      moments: new Map(),
      arriving: new Map(),
      ofSlot: new Map(),
    };
    let metrics: T | undefined;
    for (const { kind, layer: i, frees } of this.training) {
      if (kind === 'loss') {
        const loss = ops.softmaxCrossEntropy(pass.outputs.get(i)!, labels, smoothing);
        metrics = loss.metrics;
        pass.arriving.set(i, loss.dLogits);
      } else {
        const weights = this.weightsOf(parameters, i);
        this[kind](i, weights, pass);
        this.disposeAll(weights);
      }
      this.release(pass.outputs, frees);
    }

    const { moments, ofSlot } = pass;
    const gradient = this.packed(layout.trainable, (slot) => ofSlot.get(slot)!, layout.trainableLength);
    const allMoments = this.packed(
      layout.statistics,
      (slot) => moments.get(slot.layer)!,
      layout.statisticsLength,
    );
    return { metrics: metrics!, gradient, moments: allMoments };
  }

  /** A pass forward in training mode: each batch norm's mean and biased variance over these images, flat, as `gradients` gives them. */
  moments(parameters: T, images: T): T {
    const pass: ForwardPass<T> = {
      outputs: new Map([[INPUT, images]]),
      shapes: new Map(),
      moments: new Map(),
    };
    for (const { layer: i, frees } of this.inference) {
      const weights = this.weightsOf(parameters, i);
      this.forward(i, weights, pass);
      this.disposeAll(weights);
      this.release(pass.outputs, frees);
    }
    this.release(pass.outputs, [this.graph.layers.length - 1]);
    const { statistics, statisticsLength } = this.layout;
    return this.packed(statistics, (slot) => pass.moments.get(slot.layer)!, statisticsLength);
  }

  private forward(i: LayerIndex, weights: readonly T[], { outputs, shapes, moments }: ForwardPass<T>): void {
    const layer = this.graph.layers[i]!;
    let output: T;
    if (layer.kind === 'batchNorm') {
      const residual = layer.residual === null ? null : outputs.get(layer.residual)!;
      const result = this.ops.batchNorm(outputs.get(layer.input)!, weights[0]!, residual, layer.relu);
      moments.set(i, result.moments);
      output = result.y;
    } else {
      output = applyLayer(this.ops, layer, outputs.get(layer.input)!, weights);
    }
    outputs.set(i, output);
    shapes.set(i, shape4(output));
  }

  /** What `forward` gave, to the last bit. The moments are those of then: running statistics see each batch once. */
  private again(i: LayerIndex, weights: readonly T[], { outputs, moments }: Pass<T>): void {
    outputs.set(i, evaluateLayer(this.ops, this.graph.layers[i]!, outputs, weights, moments.get(i)));
  }

  /** Hands the gradient of layer i's output on to its inputs and keeps that of its parameters. */
  private backward(i: LayerIndex, weights: readonly T[], all: Pass<T>): void {
    const { ops } = this;
    const layer = this.graph.layers[i]!;
    const dy = all.arriving.get(i)!;
    all.arriving.delete(i);
    const pass: BackwardPass<T> = { ...all, dy, weights };
    const inputShape = pass.shapes.get(layer.input)!;
    switch (layer.kind) {
      case 'conv':
        this.convBackward(layer, i, inputShape, pass);
        break;
      case 'batchNorm':
        this.batchNormBackward(layer, i, pass);
        break;
      case 'padShortcut':
        this.arrive(pass, layer.input, ops.padShortcutGradient(pass.dy, layer.stride, inputShape));
        break;
      case 'globalAveragePool':
        this.arrive(pass, layer.input, ops.globalAveragePoolGradient(pass.dy, inputShape));
        break;
      case 'dense':
        this.denseBackward(layer, i, pass);
        break;
    }
    ops.dispose(dy);
  }

  private convBackward(layer: ConvLayer, i: LayerIndex, inputShape: Shape4, pass: BackwardPass<T>): void {
    const [slot] = this.slotsOfLayer[i]!;
    const x = pass.outputs.get(layer.input)!;
    const shape = slot!.shape as FilterShape;
    pass.ofSlot.set(slot!, this.ops.conv2dFilterGradient(x, pass.dy, layer.stride, shape));
    if (layer.input === INPUT) return;
    const dx = this.ops.conv2dInputGradient(pass.dy, pass.weights[0]!, layer.stride, inputShape);
    this.arrive(pass, layer.input, dx);
  }

  private batchNormBackward(layer: BatchNormLayer, i: LayerIndex, pass: BackwardPass<T>): void {
    const x = pass.outputs.get(layer.input)!;
    const y = layer.relu ? pass.outputs.get(i)! : x; // not read without ReLU, and long freed
    const hasResidual = layer.residual !== null;
    const { dx, dAffine, dResidual } = this.ops.batchNormGradient(
      pass.dy,
      y,
      x,
      pass.weights[0]!,
      pass.moments.get(i)!,
      hasResidual,
      layer.relu,
    );
    pass.ofSlot.set(this.slotsOfLayer[i]![0]!, dAffine);
    this.arrive(pass, layer.input, dx);
    if (layer.residual !== null && dResidual !== null) this.arrive(pass, layer.residual, dResidual);
  }

  private denseBackward(layer: DenseLayer, i: LayerIndex, pass: BackwardPass<T>): void {
    const x = pass.outputs.get(layer.input)!;
    const { dx, dMatrix, dBias } = this.ops.denseGradient(pass.dy, x, pass.weights[0]!);
    const [matrix, bias] = this.slotsOfLayer[i]!;
    pass.ofSlot.set(matrix!, dMatrix);
    pass.ofSlot.set(bias!, dBias);
    this.arrive(pass, layer.input, dx);
  }

  /** Adds a gradient to what has arrived at a layer's output so far: a shortcut makes two arrive. */
  private arrive({ arriving }: Pass<T>, at: LayerIndex, gradient: T): void {
    const before = arriving.get(at);
    if (before === undefined) {
      arriving.set(at, gradient);
      return;
    }
    arriving.set(at, this.ops.add(before, gradient));
    this.ops.dispose(gradient);
  }

  private weightsOf(parameters: T, i: LayerIndex): T[] {
    return this.slotsOfLayer[i]!.map((slot) => this.ops.view(parameters, slot));
  }

  private packed(slots: readonly Slot[], tensorOf: (slot: Slot) => T, length: number): T {
    const tensors = slots.map(tensorOf);
    const flat = this.ops.pack(tensors, slots, length);
    this.disposeAll(tensors);
    return flat;
  }

  private release(outputs: Map<LayerIndex, T>, indices: readonly LayerIndex[]): void {
    for (const index of indices) {
      this.ops.dispose(outputs.get(index)!);
      outputs.delete(index);
    }
  }

  private disposeAll(tensors: readonly T[]): void {
    for (const tensor of tensors) this.ops.dispose(tensor);
  }
}

/** What a pass forward has made so far and still needs. */
interface ForwardPass<T> {
  readonly outputs: Map<LayerIndex, T>;
  readonly shapes: Map<LayerIndex, Shape4>;
  readonly moments: Map<LayerIndex, T>;
}

/** The same of a pass forward and back. */
interface Pass<T> extends ForwardPass<T> {
  readonly arriving: Map<LayerIndex, T>;
  readonly ofSlot: Map<Slot, T>;
}

interface BackwardPass<T> extends Pass<T> {
  readonly dy: T;
  readonly weights: readonly T[];
}

/** Shape of a map; vectors count as maps of one pixel, and nobody asks for theirs. */
export function shape4({ shape }: TensorLike): Shape4 {
  const [batch = 1, height = 1, width = 1, channels = 1] = shape;
  return [batch, height, width, channels];
}
