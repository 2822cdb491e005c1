/** Which depths there are (He et al. 2015, section 4.2): 6n+2 with two layers in a block, 9n+2 with three. */
export type Block = 'plain' | 'basic' | 'bottleneck';

/** The layers of a block: two of 3x3 (He et al. 2015, figure 5 left), or 1x1, 3x3, 1x1 (right). */
export type BlockUnit = 'basic' | 'bottleneck';

/** One word of configurations and links says two things: the block's layers, and whether a shortcut goes round them. */
const blocks: Readonly<Record<Block, { readonly unit: BlockUnit; readonly residual: boolean }>> = {
  plain: { unit: 'basic', residual: false },
  basic: { unit: 'basic', residual: true },
  bottleneck: { unit: 'bottleneck', residual: true },
};

export const unitOf = (block: Block): BlockUnit => blocks[block].unit;
export const isResidual = (block: Block): boolean => blocks[block].residual;

/** 3x3 (or 1x1) layers in a block; a net has 3 stages of n blocks, a first convolution and a last dense layer. */
export const layersPerBlock: Readonly<Record<BlockUnit, number>> = { basic: 2, bottleneck: 3 };

/** The channels that leave a bottleneck block, as a multiple of its 3x3 layer's (He et al. 2015, section 4.1). */
export const bottleneckExpansion = 4;

/** The deepest net that can be asked for: ResNet-1202, the deepest of the paper. */
export const maximalDepth = 1202;

/** Blocks in each of the three stages: n in 6n+2 or 9n+2. Throws RangeError for a depth that does not exist. */
export function blocksPerStage(block: Block, depth: number): number {
  const fault = depthFault(block, depth);
  if (fault) throw new RangeError(fault);
  return (depth - 2) / (3 * layersPerBlock[unitOf(block)]);
}

/** The nearest depths at or around `depth` that the family has, in ascending order: one or two of them. */
export function nearestDepths(block: Block, depth: number): readonly number[] {
  const period = 3 * layersPerBlock[unitOf(block)];
  const largest = 2 + period * Math.floor((maximalDepth - 2) / period);
  const below = 2 + period * Math.max(1, Math.floor((depth - 2) / period));
  const bounded = Math.min(Math.max(below, 2 + period), largest);
  if (depth <= bounded || bounded === largest) return [bounded];
  return [bounded, bounded + period];
}

/**
 * The depths of the paper's nets for ImageNet (He et al. 2015, table 1), by which articles and libraries know ResNets. Some exist here,
 * too, as other nets: 50 and 152 are of 6n+2 layers, 101 of 9n+2.
 */
const imageNetDepths: readonly number[] = [18, 34, 50, 101, 152];

/** Whether a net of this depth is known by name, and is another one than any here. */
export const isImageNetDepth = (depth: number): boolean => imageNetDepths.includes(depth);

/** Why a net of this depth does not exist, with the nearest that do; undefined if it exists. */
export function depthFault(block: Block, depth: number): string | undefined {
  const period = 3 * layersPerBlock[unitOf(block)];
  const nearest = nearestDepths(block, depth);
  if (nearest.length === 1 && nearest[0] === depth) return undefined;
  if (nearest[0] === depth) return undefined;
  const kind = unitOf(block) === 'bottleneck' ? 'bottleneck' : `${block} CIFAR`;
  const known = isImageNetDepth(depth)
    ? `ResNet-${depth} is of the paper's ImageNet family (section 4.1: a 7x7 stem, four stages); here `
    : '';
  return `depth ${depth} does not exist: ${known}${kind} nets have ${period}n + 2 layers; nearest: ${nearest.join(' or ')}`;
}
