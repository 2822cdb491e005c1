/**
 * What the three tiled convolutions have in common. A workgroup handles a block of 8 x 8 pixels: what it reads of the maps
 * and of the filters goes through workgroup memory, a few vectors of channels at a time. For real GPUs; where barriers are
 * ruinous, see the register kernels.
 */
import type { ConvShape } from './convShape.ts';
import { type Kernel, grid } from '../wgsl/kernel.ts';
import { type Storage, load, store } from '../wgsl/storage.ts';
import { repeat } from '../wgsl/wgsl.ts';

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
  /** Vectors of channels at a time. */
  readonly depth: number;
  /** Vectors that it is: `[side, side, depth]`. */
  readonly size: number;
}

export function inputPatch({ kernel, stride, inChannels }: ConvShape): Patch {
  const reach = kernel === 1 ? 1 : stride;
  const side = (BLOCK - 1) * reach + kernel;
  // Stride 2 makes patches four times as big: fewer channels at a time, to stay within 16 KiB.
  const depth = blockVectors(inChannels / 4, reach === 1 ? 4 : 2);
  return { step: stride / reach, reach, side, depth, size: side * side * depth };
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

/** The map that a workgroup computes a block of. */
export interface BlockMap {
  /** The array that it is bound to, and how it is stored. */
  readonly name: string;
  readonly storage: Storage;
  readonly height: number;
  readonly width: number;
  /** Vectors of channels. */
  readonly depth: number;
  /** WGSL: what to call an invocation's vector of channels in the block, and its first pixel's row and column in the map. */
  readonly vector: string;
  readonly row: string;
  readonly column: string;
}

/** Vectors of channels in a block, and as many pixels an invocation has: together 64 pixels x vectors. */
export const vectorsInBlock = ({ depth }: BlockMap): number => blockVectors(depth);

/** Workgroups for {@link blockTile}. */
export function blockGrid(map: BlockMap, batch: number): Kernel['workgroups'] {
  const { rows, columns } = blocksOf(map.height, map.width);
  return grid((batch * rows * columns * map.depth) / vectorsInBlock(map));
}

/**
 * WGSL: a workgroup's block (see {@link blockOrigin}) and its first vector of channels, `firstVector`; in it an invocation's `row`, the
 * `column` of its first pixel and the map's name for its vector; and a sum for each of its pixels, `sum0` and so on.
 */
export function blockTile(map: BlockMap): string {
  const { name, height, width, depth, vector } = map;
  const blocks = blocksOf(height, width);
  const vectors = vectorsInBlock(map);
  const pixels = vectors;
  return `let images = i32(arrayLength(&${name})) / ${height * width * depth};
  if (group >= images * ${(blocks.rows * blocks.columns * depth) / vectors}) { return; }
  let firstVector = group % ${depth / vectors} * ${vectors};
  let block = group / ${depth / vectors};
  ${blockOrigin(blocks)}
  let ${vector} = local % ${vectors};
  let column = local / ${vectors} % ${BLOCK / pixels} * ${pixels};
  let row = local / ${(vectors * BLOCK) / pixels};
  ${repeat(pixels, (i) => `var sum${i} = vec4f();`)}`;
}

/** WGSL: stores the sums of a {@link blockTile}, those of pixels that are in the map. */
export function storeBlock(map: BlockMap): string {
  const { name, storage, height, width, depth, vector, row, column } = map;
  const storeSum = (i: number) => store(storage, name, `to + ${i * depth}`, `sum${i}`);
  return `let ${row} = firstRow + row;
  let ${column} = firstColumn + column;
  if (${row} >= ${height}) { return; }
  let to = ((image * ${height} + ${row}) * ${width} + ${column}) * ${depth} + firstVector + ${vector};
  ${repeat(vectorsInBlock(map), (i) => `if (${column} + ${i} < ${width}) { ${storeSum(i)} }`)}`;
}

/**
 * WGSL: loads the block's {@link inputPatch} from its vector `firstChannel` on, zero outside of the map, by all `invocations` of the
 * workgroup; `put` is the statement that keeps `value`, the patch's number `i`.
 */
export function loadInputPatch(shape: ConvShape, invocations: number, put: string): string {
  const { height, width, inChannels, stride, pad } = shape;
  const { step, side, depth, size } = inputPatch(shape);
  const at = `((image * ${height} + inRow) * ${width} + inColumn) * ${inChannels / 4} + firstChannel + i % ${depth}`;
  return `for (var i = local; i < ${size}; i += ${invocations}) {
      let inRow = firstRow * ${stride} - ${pad} + i / ${side * depth} * ${step};
      let inColumn = firstColumn * ${stride} - ${pad} + i / ${depth} % ${side} * ${step};
      var value = vec4f();
      if (inRow >= 0 && inRow < ${height} && inColumn >= 0 && inColumn < ${width}) {
        value = ${load(shape.x, 4, 'x', at)};
      }
      ${put}
    }`;
}
