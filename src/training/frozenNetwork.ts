/**
 * A net as it is evaluated, batch norm with given moments, that keeps its outputs and goes back through them: the gradients of what is in a
 * net, for looking into it. Network is for training and has those of the parameters.
 */
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { BatchNormLayer, Graph, Layer, LayerIndex } from '../model/graph.ts';
import { INPUT } from '../model/graph.ts';
import type { Layout, Slot } from '../model/parameters.ts';
import { evaluateLayer } from './evaluateLayer.ts';
import { shape4 } from './network.ts';

/** Ways on which a residual addition hands its gradient on. In the sum over both of every block, each path through the net comes once. */
export type Route = 'branch' | 'shortcut' | 'both';

export interface BackwardOptions {
  /** The layers of whose outputs gradients are wanted; INPUT: of the images, which is also the default. All others are freed on the way. */
  readonly wanted?: ReadonlySet<LayerIndex>;
  /** By batch norm with a residual; 'both' for those that are not in it. */
  readonly routes?: ReadonlyMap<LayerIndex, Route>;
  /** Goes back no further than to this layer's output; by default to the first that is wanted. */
  readonly until?: LayerIndex;
}

const OF_IMAGES: ReadonlySet<LayerIndex> = new Set([INPUT]);
const ALL_BOTH: ReadonlyMap<LayerIndex, Route> = new Map();

/** Calls `use` with a layer's weights and, of batch norm, moments, which are gone afterwards. */
type WithTensors<T> = <R>(i: LayerIndex, use: (weights: readonly T[], moments: T | undefined) => R) => R;

export class FrozenNetwork<T extends TensorLike> {
  private readonly slotsOfLayer: readonly (readonly Slot[])[];
  private readonly statisticsOfLayer: readonly (Slot | undefined)[];

  constructor(
    private readonly ops: TrainingOps<T>,
    readonly graph: Graph,
    layout: Layout,
  ) {
    this.slotsOfLayer = graph.layers.map((_, i) => layout.trainable.filter((slot) => slot.layer === i));
    this.statisticsOfLayer = graph.layers.map((_, i) => layout.statistics.find((slot) => slot.layer === i));
  }

  /** images `[N, 32, 32, 3]`, forward. All three tensors stay the caller's, and must stay as they are until the pass is disposed. */
  forward(parameters: T, statistics: T, images: T): FrozenPass<T> {
    const { ops } = this;
    const { layers } = this.graph;
    const withTensors: WithTensors<T> = (i, use) => {
      const weights = this.slotsOfLayer[i]!.map((slot) => ops.view(parameters, slot));
      const slot = this.statisticsOfLayer[i];
      const moments = slot && ops.view(statistics, slot);
      try {
        return use(weights, moments);
      } finally {
        for (const tensor of weights) ops.dispose(tensor);
        if (moments) ops.dispose(moments);
      }
    };
    const outputs = new Map<LayerIndex, T>([[INPUT, images]]);
    const pass = new FrozenPass(ops, layers, outputs, withTensors);
    try {
      layers.forEach((layer, i) => {
        const evaluate = (weights: readonly T[], moments: T | undefined) =>
          evaluateLayer(ops, layer, outputs, weights, moments);
        outputs.set(i, withTensors(i, evaluate));
      });
    } catch (error) {
      // Where memory is short, a look inside may not take what training needs.
      pass.dispose();
      throw error;
    }
    return pass;
  }
}

/** All outputs of a net for some images. They live until the pass is disposed; what `backward` gives belongs to the caller. */
export class FrozenPass<T extends TensorLike> {
  /** Made by FrozenNetwork.forward. */
  constructor(
    private readonly ops: TrainingOps<T>,
    private readonly layers: readonly Layer[],
    private readonly outputs: Map<LayerIndex, T>,
    private readonly withTensors: WithTensors<T>,
  ) {}

  /** `[N, classes]` */
  get logits(): T {
    return this.output(this.layers.length - 1);
  }

  /** A layer's output; INPUT: the images. Throws RangeError if there is no such layer, or the pass is disposed. */
  output(layer: LayerIndex): T {
    const output = this.outputs.get(layer);
    if (output === undefined) throw new RangeError(`There is no output of a layer ${layer} in this pass.`);
    return output;
  }

  /**
   * dLogits `[N, classes]` -> the gradients of the wanted outputs, of their shapes; zeros where no route leads to. As often as one
   * likes. Throws RangeError for a layer that there is not, that lies before `until`, or that has no residual to route by.
   */
  backward(
    dLogits: T,
    { wanted = OF_IMAGES, routes = ALL_BOTH, until }: BackwardOptions = {},
  ): ReadonlyMap<LayerIndex, T> {
    const end = until ?? Math.min(...wanted);
    this.check(wanted, routes, end);
    const last = this.layers.length - 1;
    // A copy, which is added to and freed as all the others are.
    const arriving = new Map([[last, this.ops.add(this.zerosLike(dLogits), dLogits)]]);
    try {
      for (let i = last; i > end; i--) {
        const dy = arriving.get(i);
        if (dy === undefined) continue;
        for (const [to, gradient] of this.handOn(i, dy, end, routes.get(i) ?? 'both')) {
          const before = arriving.get(to);
          arriving.set(to, before ? this.ops.add(before, gradient) : gradient);
          if (before) this.ops.dispose(gradient);
        }
        if (!wanted.has(i)) this.release(arriving, [i]);
      }
      for (const i of wanted) if (!arriving.has(i)) arriving.set(i, this.zerosLike(this.output(i)));
    } catch (error) {
      this.release(arriving, arriving.keys());
      throw error;
    }
    this.release(
      arriving,
      [...arriving.keys()].filter((i) => !wanted.has(i)),
    );
    return arriving;
  }

  dispose(): void {
    this.outputs.delete(INPUT);
    this.release(this.outputs, this.outputs.keys());
  }

  /** The gradients that go from layer i's output to those of its inputs, as far as to `end`. */
  private handOn(i: LayerIndex, dy: T, end: LayerIndex, route: Route): readonly [LayerIndex, T][] {
    const layer = this.layers[i]!;
    return this.withTensors(i, (weights, moments) => {
      if (layer.kind === 'batchNorm') {
        return this.throughBatchNorm(layer, i, dy, weights[0]!, moments!, end, route);
      }
      return layer.input < end ? [] : [[layer.input, this.inputGradient(layer, dy, weights)]];
    });
  }

  private throughBatchNorm(
    { input, residual, relu }: BatchNormLayer,
    i: LayerIndex,
    dy: T,
    affine: T,
    moments: T,
    end: LayerIndex,
    route: Route,
  ): [LayerIndex, T][] {
    const toInput = input >= end && route !== 'shortcut';
    const toResidual = residual !== null && residual >= end && route !== 'branch';
    if (!toInput && !toResidual) return [];
    const y = this.output(i);
    const { dx, dResidual } = this.ops.batchNormInferenceGradient(dy, y, affine, moments, toResidual, relu);
    const found: [LayerIndex, T][] = toResidual && dResidual ? [[residual, dResidual]] : [];
    if (toInput) found.push([input, dx]);
    else this.ops.dispose(dx);
    return found;
  }

  private inputGradient(layer: Exclude<Layer, BatchNormLayer>, dy: T, weights: readonly T[]): T {
    const { ops } = this;
    const x = this.output(layer.input);
    switch (layer.kind) {
      case 'conv':
        return ops.conv2dInputGradient(dy, weights[0]!, layer.stride, shape4(x));
      case 'padShortcut':
        return ops.padShortcutGradient(dy, layer.stride, shape4(x));
      case 'globalAveragePool':
        return ops.globalAveragePoolGradient(dy, shape4(x));
      case 'dense': {
        const { dx, dMatrix, dBias } = ops.denseGradient(dy, x, weights[0]!);
        ops.dispose(dMatrix);
        ops.dispose(dBias);
        return dx;
      }
    }
  }

  private check(
    wanted: ReadonlySet<LayerIndex>,
    routes: ReadonlyMap<LayerIndex, Route>,
    end: LayerIndex,
  ): void {
    for (const i of wanted) {
      this.output(i);
      if (i < end) throw new RangeError(`The gradient of layer ${i} is wanted, which lies before ${end}.`);
    }
    for (const i of routes.keys()) {
      const layer = this.layers[i];
      if (layer?.kind !== 'batchNorm' || layer.residual === null) {
        throw new RangeError(`Layer ${i} adds no residual: it has one route only.`);
      }
    }
  }

  private zerosLike({ shape }: T): T {
    const size = shape.reduce((product, length) => product * length, 1);
    return this.ops.upload(new Float32Array(size), shape);
  }

  private release(tensors: Map<LayerIndex, T>, layers: Iterable<LayerIndex>): void {
    for (const i of layers) {
      this.ops.dispose(tensors.get(i)!);
      tensors.delete(i);
    }
  }
}
