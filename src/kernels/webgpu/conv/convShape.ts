/** What the three kernels of a convolution have in common. */
import type { FilterShape, Shape4, Stride } from '../../ops.ts';
import { type Storage, storageLabel } from '../wgsl/storage.ts';
import { widthOf } from '../wgsl/wgsl.ts';

/** A convolution's sizes but for the batch, which the kernels read off their buffers. */
export interface ConvShape {
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride: Stride;
  /** Zeros on every side. */
  readonly pad: number;
  /** How the maps are stored that the kernel reads or writes. Gradients are f32. */
  readonly x: Storage;
  readonly y: Storage;
}

/** `stored`: the maps that are not in f32. */
export function convShape(
  input: Shape4,
  filter: FilterShape,
  stride: Stride,
  stored: { readonly x?: Storage; readonly y?: Storage } = {},
): ConvShape {
  const [, height, width, inChannels] = input;
  const [kernel, , , outChannels] = filter;
  return {
    height,
    width,
    inChannels,
    outHeight: Math.ceil(height / stride),
    outWidth: Math.ceil(width / stride),
    outChannels,
    kernel,
    stride,
    pad: (kernel - 1) / 2,
    x: stored.x ?? 'f32',
    y: stored.y ?? 'f32',
  };
}

/** The shape in a kernel's label; where its sizes are in a uniform (sizes.ts), only what its source depends on. */
export function labelOf(shape: ConvShape, inUniform = false): string {
  const { height, width, inChannels, outChannels, kernel, stride } = shape;
  const stored = storageLabel('x', shape.x) + storageLabel('y', shape.y);
  const sizes = inUniform
    ? `of any size, by ${widthOf(inChannels)}->${widthOf(outChannels)}`
    : `${height}x${width} ${inChannels}->${outChannels}`;
  return `${kernel}x${kernel} stride ${stride} ${sizes}${stored}`;
}

/** What a convolution's kernels know by name: maps' sizes in pixels and in vectors of channels. */
export function convSizes(shape: ConvShape) {
  const { height, width, inChannels, outHeight, outWidth, outChannels } = shape;
  return {
    height,
    width,
    inVectors: inChannels / widthOf(inChannels),
    outHeight,
    outWidth,
    outVectors: outChannels / widthOf(outChannels),
  };
}
