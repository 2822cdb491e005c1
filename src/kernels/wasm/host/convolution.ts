import type { Tensor } from '@tensorflow/tfjs-core';
import type { FilterShape, Shape4, Stride } from '../../ops.ts';
import type { ThreadPool } from '../threads/threadPool.ts';
import type { Heap } from './heap.ts';
import { type ConvolutionShape, convolutionShape } from './shape.ts';
import { filterGradientGainsByWinograd, inputGradientGainsByWinograd, gainsByWinograd } from './winograd.ts';

export function conv2d(heap: Heap, pool: ThreadPool, x: Tensor, filter: Tensor, stride: Stride): Tensor {
  const described = convolutionShape(x.shape as Shape4, filter.shape as FilterShape, stride);
  const { batch, height, width, outputs } = described;
  const y = heap.tensor([batch, Math.ceil(height / stride), Math.ceil(width / stride), outputs]);
  if (gainsByWinograd(described)) winogradConvolve(heap, pool, x, filter, y, described, 0);
  else {
    const shape = heap.shape(described);
    const scratch = heap.scratch(pool.kernels.convolveScratch(shape, pool.parts));
    pool.kernels.packForward(heap.pointer(filter), scratch, shape);
    pool.run('convolve', heap.pointer(x), scratch, heap.pointer(y), shape);
  }
  return y;
}

export function conv2dInputGradient(
  heap: Heap,
  pool: ThreadPool,
  dy: Tensor,
  filter: Tensor,
  stride: Stride,
  inputShape: Shape4,
): Tensor {
  const described = convolutionShape(inputShape, filter.shape as FilterShape, stride);
  const dx = heap.tensor(inputShape);
  if (inputGradientGainsByWinograd(described)) winogradConvolve(heap, pool, dy, filter, dx, described, 1);
  else {
    const shape = heap.shape(described);
    const scratch = heap.scratch(pool.kernels.inputGradientScratch(shape, pool.parts));
    pool.kernels.packBackward(heap.pointer(filter), scratch, shape);
    pool.run('inputGradient', heap.pointer(dy), scratch, heap.pointer(dx), shape);
  }
  return dx;
}

export function conv2dFilterGradient(
  heap: Heap,
  pool: ThreadPool,
  x: Tensor,
  dy: Tensor,
  stride: Stride,
  filterShape: FilterShape,
): Tensor {
  const described = convolutionShape(x.shape as Shape4, filterShape, stride);
  const dFilter = heap.tensor(filterShape);
  const shape = heap.shape(described);
  const { kernels, parts } = pool;
  const [given, gradient, out] = [heap.pointer(x), heap.pointer(dy), heap.pointer(dFilter)];
  if (filterGradientGainsByWinograd(described)) {
    const scratch = heap.scratch(kernels.winogradFilterGradientScratch(shape, parts));
    pool.run('winogradFilterGradient', given, gradient, scratch, shape);
    kernels.finishWinogradGradient(scratch, out, shape, parts);
  } else {
    const scratch = heap.scratch(kernels.filterGradientScratch(shape, parts));
    pool.run('filterGradient', given, gradient, scratch, shape);
    kernels.sumPartials(scratch, out, shape, parts);
  }
  return dFilter;
}

/** x and y of the forward convolution, or, `backward`, the gradients of y and x. */
function winogradConvolve(
  heap: Heap,
  pool: ThreadPool,
  from: Tensor,
  filter: Tensor,
  to: Tensor,
  described: ConvolutionShape,
  backward: 0 | 1,
): void {
  const shape = heap.shape(described);
  const scratch = heap.scratch(pool.kernels.winogradConvolveScratch(shape, backward, pool.parts));
  pool.kernels.packWinograd(heap.pointer(filter), scratch, shape, backward);
  pool.run('winogradConvolve', heap.pointer(from), scratch, heap.pointer(to), shape, backward);
}
