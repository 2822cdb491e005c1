import type { Tensor } from '@tensorflow/tfjs-core';
import type { FilterShape, Shape4, Stride } from '../../ops.ts';
import type { Crew } from '../threads/crew.ts';
import {
  filterGradientGainsByWinograd,
  gainsByWinograd,
  winogradConvolve,
  winogradFilterGradient,
} from './winograd.ts';
import type { Heap } from './heap.ts';
import { FLOAT, LINE, panelsBytes, upTo } from './layout.ts';

/** `correlate` spills a panel's vectors before a part's image ... */
const SPILL = LINE;
/** ... and reads up to three windows, of stride 2, beyond its last. */
const OVERHANG_PIXELS = 8;

export function conv2d(heap: Heap, crew: Crew, x: Tensor, filter: Tensor, stride: Stride): Tensor {
  const [batch, height, width, inputs] = x.shape as [number, number, number, number];
  const filterShape = filter.shape as [number, number, number, number];
  if (gainsByWinograd(x.shape, filterShape, stride)) return winogradConvolve(heap, crew, x, filter, false);
  const [kernel, , , outputs] = filterShape;
  const y = heap.tensor([batch, Math.ceil(height / stride), Math.ceil(width / stride), outputs]);
  const image = imageBytes(height + kernel - 1, width + kernel - 1, inputs);
  const panels = heap.scratch(panelsBytes(kernel, inputs, outputs) + crew.parts * image);
  const scratch = panels + panelsBytes(kernel, inputs, outputs);
  crew.kernels.packForward(heap.pointer(filter), panels, kernel, inputs, outputs);
  crew.run(
    'convolve',
    heap.pointer(x),
    panels,
    heap.pointer(y),
    scratch,
    image,
    batch,
    height,
    width,
    inputs,
    outputs,
    kernel,
    stride,
  );
  return y;
}

export function conv2dInputGradient(
  heap: Heap,
  crew: Crew,
  dy: Tensor,
  filter: Tensor,
  stride: Stride,
  inputShape: Shape4,
): Tensor {
  const [batch, height, width, inputs] = inputShape;
  const [, rows, columns] = dy.shape as [number, number, number, number];
  const [kernel, , , outputs] = filter.shape as [number, number, number, number];
  // The gradient of a convolution of stride 1 is one too, from the filter's outputs to its inputs.
  if (gainsByWinograd(dy.shape, [kernel, kernel, outputs, inputs], stride)) {
    return winogradConvolve(heap, crew, dy, filter, true);
  }
  const dx = heap.tensor(inputShape);
  const border = stride === 1 ? kernel - 1 : 1;
  const image = imageBytes(rows + border, columns + border, outputs);
  const panels = heap.scratch(panelsBytes(kernel, outputs, inputs) + crew.parts * image);
  const scratch = panels + panelsBytes(kernel, outputs, inputs);
  const pointers = [heap.pointer(dy), panels, heap.pointer(dx), scratch, image] as const;
  crew.kernels.packBackward(heap.pointer(filter), panels, kernel, inputs, outputs, stride);
  if (stride === 1) crew.run('convolve', ...pointers, batch, height, width, outputs, inputs, kernel, 1);
  else crew.run('inputGradientOfStride2', ...pointers, batch, height, width, inputs, outputs, kernel);
  return dx;
}

export function conv2dFilterGradient(
  heap: Heap,
  crew: Crew,
  x: Tensor,
  dy: Tensor,
  stride: Stride,
  filterShape: FilterShape,
): Tensor {
  if (filterGradientGainsByWinograd(x.shape, filterShape, stride)) {
    return winogradFilterGradient(heap, crew, x, dy);
  }
  const [batch, height, width] = x.shape as [number, number, number, number];
  const [, rows, columns] = dy.shape as [number, number, number, number];
  const [kernel, , inputs, outputs] = filterShape;
  const [wideInputs, wideOutputs] = [upTo(4, inputs), upTo(8, outputs)];
  const dFilter = heap.tensor(filterShape);
  const partial = upTo(LINE, FLOAT * kernel * kernel * wideInputs * wideOutputs);
  const wideX = FLOAT * height * width * wideInputs;
  const wideDy = FLOAT * rows * columns * wideOutputs;
  const isWide = inputs === wideInputs && outputs === wideOutputs;
  const wide = isWide ? 0 : upTo(LINE, wideX + wideDy);
  const partials = heap.scratch(crew.parts * (partial + wide));
  const scratch = partials + crew.parts * partial;
  crew.run(
    'filterGradient',
    heap.pointer(x),
    heap.pointer(dy),
    partials,
    partial,
    scratch,
    wide,
    batch,
    height,
    width,
    inputs,
    outputs,
    kernel,
    stride,
  );
  const taps = kernel * kernel;
  const out = heap.pointer(dFilter);
  crew.kernels.sumPartials(partials, partial, out, taps, inputs, outputs, crew.parts);
  return dFilter;
}

/** A part's scratch for an image with its border. */
function imageBytes(height: number, width: number, channels: number): number {
  return upTo(LINE, SPILL + FLOAT * (height * width + OVERHANG_PIXELS) * channels);
}
