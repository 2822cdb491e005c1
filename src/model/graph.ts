/**
 * A configuration becomes a list of layers in the order in which they are computed. Nothing here computes: the
 * same list is read by the network (src/training), by the size sheet (shapes.ts) and by the drawing on the page.
 *
 * Layer names are PyTorch's (`layer1.0.conv1`), so that weights go to and fro.
 */
import { CHANNELS, classNames, IMAGE_SIDE } from './dataset.ts';
import type { ModelConfig } from './config.ts';
import { blocksPerStage, bottleneckExpansion, isResidual, unitOf } from './depths.ts';

/** The index of a layer in {@link Graph.layers}; {@link INPUT} is the batch of images. */
export type LayerIndex = number;
export const INPUT: LayerIndex = -1;

interface LayerBase {
  readonly name: string;
  readonly input: LayerIndex;
  /** Where the layer stands: 0 before the first stage, then 1 to 3. */
  readonly stage: number;
  /** The block inside the stage, from 0; -1 outside of blocks. */
  readonly block: number;
}

/** A convolution without bias, padded by (kernel - 1) / 2 on every side. */
export interface ConvLayer extends LayerBase {
  readonly kind: 'conv';
  readonly kernel: 1 | 3;
  readonly stride: 1 | 2;
  readonly inChannels: number;
  readonly outChannels: number;
}

/** Batch norm, then the residual addition if there is one, then ReLU if there is one. */
export interface BatchNormLayer extends LayerBase {
  readonly kind: 'batchNorm';
  readonly channels: number;
  /** The layer whose output is added (the shortcut), or null. */
  readonly residual: LayerIndex | null;
  readonly relu: boolean;
}

/** Option A: `x[:, ::stride, ::stride, :]`, new channels zero, half in front and half behind. No parameters. */
export interface PadShortcutLayer extends LayerBase {
  readonly kind: 'padShortcut';
  readonly stride: 1 | 2;
  readonly inChannels: number;
  readonly outChannels: number;
}

export interface PoolLayer extends LayerBase {
  readonly kind: 'globalAveragePool';
  readonly channels: number;
}

export interface DenseLayer extends LayerBase {
  readonly kind: 'dense';
  readonly inChannels: number;
  readonly outChannels: number;
}

export type Layer = ConvLayer | BatchNormLayer | PadShortcutLayer | PoolLayer | DenseLayer;

export interface Graph {
  /** In the order of computation; the last gives the logits. */
  readonly layers: readonly Layer[];
  readonly input: { readonly height: number; readonly width: number; readonly channels: number };
  readonly classes: number;
}

/** The graph of a net of the CIFAR family (He et al. 2015, section 4.2). Throws RangeError for an impossible depth. */
export function buildGraph(model: ModelConfig): Graph {
  const blocks = blocksPerStage(model.block, model.depth);
  const builder = new GraphBuilder();

  builder.place(0, -1);
  let x = builder.convNormRelu('conv1', 'bn1', INPUT, 3, 1, 3, model.width);
  let channels = model.width;
  for (let stage = 1; stage <= 3; stage++) {
    const filters = model.width << (stage - 1);
    const outChannels = unitOf(model.block) === 'bottleneck' ? filters * bottleneckExpansion : filters;
    for (let block = 0; block < blocks; block++) {
      builder.place(stage, block);
      const stride = stage > 1 && block === 0 ? 2 : 1;
      x = builder.block(model, x, stride, channels, filters, outChannels);
      channels = outChannels;
    }
  }
  builder.place(0, -1);
  x = builder.add({ kind: 'globalAveragePool', name: 'pool', input: x, channels });
  builder.add({ kind: 'dense', name: 'linear', input: x, inChannels: channels, outChannels: 10 });
  return {
    layers: builder.layers,
    input: { height: IMAGE_SIDE, width: IMAGE_SIDE, channels: CHANNELS },
    classes: classNames.length,
  };
}

type Unplaced<L> = L extends Layer ? Omit<L, 'stage' | 'block'> : never;

class GraphBuilder {
  readonly layers: Layer[] = [];
  private position = { stage: 0, block: -1 };

  place(stage: number, block: number): void {
    this.position = { stage, block };
  }

  add(layer: Unplaced<Layer>): LayerIndex {
    this.layers.push({ ...layer, ...this.position });
    return this.layers.length - 1;
  }

  convNormRelu(
    conv: string,
    norm: string,
    input: LayerIndex,
    kernel: 1 | 3,
    stride: 1 | 2,
    inChannels: number,
    outChannels: number,
    { residual = null, relu = true }: { residual?: LayerIndex | null; relu?: boolean } = {},
  ): LayerIndex {
    const z = this.add({ kind: 'conv', name: conv, input, kernel, stride, inChannels, outChannels });
    return this.add({ kind: 'batchNorm', name: norm, input: z, channels: outChannels, residual, relu });
  }

  /** Two 3x3 layers, or 1x1, 3x3, 1x1; the last ReLU comes after the addition (He et al. 2015, section 3.3). */
  block(
    model: ModelConfig,
    input: LayerIndex,
    stride: 1 | 2,
    inChannels: number,
    filters: number,
    outChannels: number,
  ): LayerIndex {
    const prefix = `layer${this.position.stage}.${this.position.block}`;
    const layer = (i: number) => [`${prefix}.conv${i}`, `${prefix}.bn${i}`] as const;
    const shortcut = () =>
      isResidual(model.block) ? this.shortcut(model, prefix, input, stride, inChannels, outChannels) : null;

    if (unitOf(model.block) === 'bottleneck') {
      const reduced = this.convNormRelu(...layer(1), input, 1, stride, inChannels, filters);
      const middle = this.convNormRelu(...layer(2), reduced, 3, 1, filters, filters);
      return this.convNormRelu(...layer(3), middle, 1, 1, filters, outChannels, { residual: shortcut() });
    }
    const first = this.convNormRelu(...layer(1), input, 3, stride, inChannels, filters);
    return this.convNormRelu(...layer(2), first, 3, 1, filters, outChannels, { residual: shortcut() });
  }

  /** Options A, B and C of He et al. 2015, section 4.1. Identity needs no layer: it is the block's input itself. */
  private shortcut(
    model: ModelConfig,
    prefix: string,
    input: LayerIndex,
    stride: 1 | 2,
    inChannels: number,
    outChannels: number,
  ): LayerIndex {
    const changes = stride !== 1 || inChannels !== outChannels;
    if (model.shortcut === 'C' || (model.shortcut === 'B' && changes)) {
      const names = [`${prefix}.shortcut.0`, `${prefix}.shortcut.1`] as const;
      return this.convNormRelu(...names, input, 1, stride, inChannels, outChannels, { relu: false });
    }
    if (!changes) return input;
    const name = `${prefix}.shortcut`;
    return this.add({ kind: 'padShortcut', name, input, stride, inChannels, outChannels });
  }
}
