/** 3x3 convolutions of stride 1 by Winograd's minimal filtering: half of the multiplications, see assembly/winograd.ts. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { FilterShape, Stride } from '../../ops.ts';
import type { Heap } from './heap.ts';
import { FLOAT, LINE, panelsBytes, upTo } from './layout.ts';
import type { Crew } from '../threads/crew.ts';

const POSITIONS = 16;
/** Numbers of a position that are transformed at a time: measured best on 2 MB of second cache, and near it on less. */
const NUMBERS_AT_ONCE = 2048;
/** Below this many channels the transforms cost what they spare. */
const LEAST_INPUTS = 16;

/** Whether a map and a filter can be convolved so, and gain by it. */
export function gainsByWinograd(
  x: readonly number[],
  [kernel, , inputs, outputs]: FilterShape,
  stride: Stride,
) {
  return fits(x, kernel, stride) && inputs >= LEAST_INPUTS && inputs % 4 === 0 && outputs % 4 === 0;
}

/** The same for the filter gradient. */
export function filterGradientGainsByWinograd(
  x: readonly number[],
  [kernel, , inputs, outputs]: FilterShape,
  stride: Stride,
) {
  return fits(x, kernel, stride) && inputs % 4 === 0 && outputs % 8 === 0;
}

function fits([, height, width]: readonly number[], kernel: number, stride: Stride): boolean {
  return kernel === 3 && stride === 1 && height! % 2 === 0 && width! % 2 === 0;
}

/**
 * x `[N, H, W, from]` with filter `[3, 3, in, out]` -> `[N, H, W, to]`: from in to out channels, or, `backward`, the input gradient from
 * out to in.
 */
export function winogradConvolve(
  heap: Heap,
  crew: Crew,
  x: Tensor,
  filter: Tensor,
  backward: boolean,
): Tensor {
  const [batch, height, width, from] = x.shape as [number, number, number, number];
  const [, , inputs, outputs] = filter.shape as [number, number, number, number];
  const to = backward ? inputs : outputs;
  const y = heap.tensor([batch, height, width, to]);
  const { rows, bytes } = chunkOf(width, from, to);
  const transformedBytes = FLOAT * POSITIONS * inputs * outputs;
  const transformed = heap.scratch(
    transformedBytes + POSITIONS * panelsBytes(1, from, to) + crew.parts * bytes,
  );
  const panels = transformed + transformedBytes;
  const scratch = panels + POSITIONS * panelsBytes(1, from, to);
  crew.kernels.packWinograd(heap.pointer(filter), transformed, panels, inputs, outputs, backward ? 1 : 0);
  crew.run(
    'winogradConvolve',
    heap.pointer(x),
    panels,
    heap.pointer(y),
    scratch,
    bytes,
    batch,
    height,
    width,
    from,
    to,
    rows,
  );
  return y;
}

/** See TrainingOps.conv2dFilterGradient. */
export function winogradFilterGradient(heap: Heap, crew: Crew, x: Tensor, dy: Tensor): Tensor {
  const [batch, height, width, inputs] = x.shape as [number, number, number, number];
  const outputs = dy.shape.at(-1)!;
  const dFilter = heap.tensor([3, 3, inputs, outputs]);
  const { rows, bytes } = chunkOf(width, inputs, outputs);
  const partial = upTo(LINE, FLOAT * POSITIONS * inputs * outputs);
  const partials = heap.scratch(crew.parts * (partial + bytes));
  crew.run(
    'winogradFilterGradient',
    heap.pointer(x),
    heap.pointer(dy),
    partials,
    partial,
    partials + crew.parts * partial,
    bytes,
    batch,
    height,
    width,
    inputs,
    outputs,
    rows,
  );
  const out = heap.pointer(dFilter);
  crew.kernels.finishWinogradGradient(partials, partial, out, inputs, outputs, crew.parts);
  return dFilter;
}

/** How many rows of tiles are done at a time, and the bytes that each part needs for them. */
function chunkOf(width: number, from: number, to: number): { rows: number; bytes: number } {
  const columns = width / 2;
  const rows = Math.max(1, Math.round(NUMBERS_AT_ONCE / (columns * Math.max(from, to))));
  const positionBytes = (channels: number) => FLOAT * rows * columns * channels + LINE;
  const lines = FLOAT * 4 * (width + 2) * from;
  // Windows are computed by fours: up to three beyond the last are read.
  const overhang = FLOAT * 3 * from;
  const bytes = LINE + lines + POSITIONS * (positionBytes(from) + positionBytes(to)) + overhang;
  return { rows, bytes: upTo(LINE, bytes) };
}
