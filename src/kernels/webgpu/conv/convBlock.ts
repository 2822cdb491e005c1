/**
 * What the three tiled convolutions have in common. A workgroup handles a block of 8 x 8 pixels: what it reads of the maps
 * and of the filters goes through workgroup memory, a few vectors of channels at a time. For real GPUs; where barriers are
 * ruinous, see the register kernels.
 */
import type { ConvShape } from './convShape.ts';

/** Pixels on a block's side. */
export const BLOCK = 8;

/** The part of the input that a block of output pixels needs. */
export interface Patch {
  /** Pixels of the input from one of the patch to the next: a 1x1 filter needs only every stride-th. */
  readonly step: number;
  /** Pixels of the patch from one output pixel's window to the next. */
  readonly reach: number;
  /** Pixels on a side. */
  readonly side: number;
}

export function inputPatch({ kernel, stride }: ConvShape): Patch {
  const reach = kernel === 1 ? 1 : stride;
  return { step: stride / reach, reach, side: (BLOCK - 1) * reach + kernel };
}

/** The largest of 4, 2 and 1 vectors that `total` divides into, but at most `limit`. */
export function blockVectors(total: number, limit = 4): number {
  return [4, 2, 1].find((vectors) => vectors <= limit && total % vectors === 0)!;
}

/** Whether the tiled kernels can compute this convolution: its channels come in fours. */
export function canTile({ inChannels, outChannels, stride }: ConvShape): boolean {
  // With stride 2, the input gradient's invocations handle pixels in pairs, as many as the block has vectors.
  return inChannels % (4 * stride) === 0 && outChannels % 4 === 0;
}

/** Blocks that cover a map. */
export interface Blocks {
  readonly rows: number;
  readonly columns: number;
}

export function blocksOf(height: number, width: number): Blocks {
  return { rows: Math.ceil(height / BLOCK), columns: Math.ceil(width / BLOCK) };
}

/** WGSL: `row` and `column` of the first pixel, and `image`, of the block with the number `block`. */
export function blockOrigin({ rows, columns }: Blocks): string {
  return `
  let image = block / ${rows * columns};
  let firstRow = block / ${columns} % ${rows} * ${BLOCK};
  let firstColumn = block % ${columns} * ${BLOCK};`;
}
