/**
 * The solution by construction of He et al. 2015, section 1, executed: a deeper plain net whose added layers are identities computes what the
 * shallower one computes. Identity layers as in Net2Net (Chen et al. 2016): a filter that is one at its centre from each channel to itself,
 * and a batch norm whose scale and shift undo its statistics; ReLU leaves what is not negative as it is.
 */
import type { ModelConfig } from '../model/config.ts';
import { blocksPerStage, isResidual } from '../model/depths.ts';
import { buildGraph, type Graph, type LayerIndex } from '../model/graph.ts';
import { initialParameters, layoutOf, type Layout, type Slot } from '../model/parameters.ts';
import { createRandom } from '../model/random.ts';

/** Everything that a net has learnt, flat: see model/parameters.ts. */
export interface NetNumbers {
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
}

/** What arrives at the layers that a stage gets: each channel's mean and variance over images and places. */
export interface Arriving {
  readonly mean: ArrayLike<number>;
  readonly variance: ArrayLike<number>;
}

/** PyTorch's, which the kernels use (kernels/ops.ts). */
const EPSILON = 1e-5;

/** The net of `depth` into which `model` grows. Throws RangeError for nets that cannot grow so: residual ones, and to no more layers. */
export function grownModel(model: ModelConfig, depth: number): ModelConfig {
  if (isResidual(model.block)) {
    throw new RangeError('A plain net grows so: in a residual one a block of zeros is an identity already.');
  }
  const grown = { ...model, depth };
  if (blocksPerStage(grown.block, depth) <= blocksPerStage(model.block, model.depth)) {
    throw new RangeError(`A net of ${model.depth} layers does not grow into one of ${depth}.`);
  }
  return grown;
}

/** The layer whose output is a stage's (1 to 3), which the layers that the stage gets pass on. */
export function stageEnd({ layers }: Graph, stage: number): LayerIndex {
  return layers.findLastIndex((layer) => layer.stage === stage);
}

/**
 * The numbers of the net of `depth` that computes what `model` computes with `numbers`: each stage gets its new layers behind those that it
 * has. `arriving`: of stages 1 to 3, in order; with it the added batch norms change nothing in training either, up to the noise of a
 * batch. Throws RangeError as {@link grownModel}.
 */
export function grow(
  model: ModelConfig,
  numbers: NetNumbers,
  depth: number,
  arriving: readonly Arriving[],
): NetNumbers {
  const [small, large] = [netOf(model), netOf(grownModel(model, depth))];
  const parameters = new Float32Array(large.layout.trainableLength);
  const statistics = new Float32Array(large.layout.statisticsLength);
  const known = new Map(
    [...small.layout.trainable, ...small.layout.statistics].map((slot) => [keyOf(small.graph, slot), slot]),
  );
  for (const slot of [...large.layout.trainable, ...large.layout.statistics]) {
    const isStatistics = slot.role === 'statistics';
    const into = isStatistics ? statistics : parameters;
    const from = known.get(keyOf(large.graph, slot));
    const arrives = arriving[(large.graph.layers[slot.layer]?.stage ?? 0) - 1];
    if (from) {
      const of = isStatistics ? numbers.statistics : numbers.parameters;
      into.set(of.subarray(from.offset, from.offset + from.size), slot.offset);
    } else if (arrives) setIdentity(into, slot, arrives);
    else throw new RangeError('It is not known what arrives at every stage.');
  }
  return { parameters, statistics };
}

/**
 * Initial parameters of a net in which every 3x3 layer between equal numbers of channels is an identity at first (Zagoruyko and Komodakis
 * 2017, "DiracNets", as an initialisation); the others are drawn as ever from the seed.
 */
export function diracParameters(model: ModelConfig, seed: number): Float32Array {
  const { graph, layout } = netOf(model);
  const parameters = initialParameters(graph, layout, createRandom(seed).fork('weights'));
  for (const slot of layout.trainable) {
    const layer = graph.layers[slot.layer];
    if (layer?.kind !== 'conv' || layer.kernel !== 3 || layer.inChannels !== layer.outChannels) continue;
    setDirac(parameters, slot);
  }
  return parameters;
}

function netOf(model: ModelConfig): { readonly graph: Graph; readonly layout: Layout } {
  const graph = buildGraph(model);
  return { graph, layout: layoutOf(graph) };
}

const keyOf = ({ layers }: Graph, { layer, role }: Slot): string => `${layers[layer]?.name} ${role}`;

function setIdentity(into: Float32Array, slot: Slot, { mean, variance }: Arriving): void {
  const channels = slot.size / 2;
  switch (slot.role) {
    case 'filter':
      setDirac(into, slot);
      return;
    case 'affine':
      for (let c = 0; c < channels; c++) {
        into[slot.offset + c] = deviationOf(variance[c]!);
        into[slot.offset + channels + c] = short(mean[c]!);
      }
      return;
    case 'statistics':
      for (let c = 0; c < channels; c++) {
        into[slot.offset + c] = short(mean[c]!);
        into[slot.offset + channels + c] = deviationOf(variance[c]!) ** 2 - EPSILON;
      }
      return;
    case 'matrix':
    case 'bias':
      throw new RangeError('Only layers of stages are added.');
  }
}

/** To so many bits that its square is a float32, too: what is scaled by it and by its inverse then stays the same to the last bit. */
function short(value: number): number {
  if (value === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
  return Math.round(value / unit) * unit;
}

/** What batch norm divides by, where it has this variance. */
const deviationOf = (variance: number): number => short(Math.sqrt(variance + EPSILON));

function setDirac(into: Float32Array, { offset, size, shape }: Slot): void {
  const [kernel = 0, , ins = 0, outs = 0] = shape;
  into.fill(0, offset, offset + size);
  const centre = ((kernel * kernel - 1) / 2) * ins * outs;
  for (let c = 0; c < ins; c++) into[offset + centre + c * outs + c] = 1;
}
