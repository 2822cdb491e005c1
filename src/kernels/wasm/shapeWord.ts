/**
 * What the kernels of convolutions and shortcuts are told besides their tensors: a block of 32-bit words in this order, always of the
 * forward operation. The host writes it and assembly/ reads it; both compilers read this file, so it holds nothing that only one knows.
 */
export enum ShapeWord {
  batch,
  height,
  width,
  inputs,
  outputs,
  kernel,
  stride,
}
