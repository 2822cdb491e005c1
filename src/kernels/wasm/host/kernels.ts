/** The kernels of assembly/ and their arguments, which are explained there. */

/** A byte offset in the heap. */
export type Pointer = number;

/** A convolution or a shortcut in words on the heap: see Heap.shape. */
type ShapePointer = Pointer;
type Rows = [rows: number, channels: number];
type Pool = [batch: number, pixels: number, channels: number];

/** Kernels that do one share of the work: besides these arguments, all whole numbers, they take `part, parts`. */
export interface ParallelArguments {
  batchMoments: [x: Pointer, scratch: Pointer, ...Rows];
  normalise: [x: Pointer, residual: Pointer, y: Pointer, constants: Pointer, ...Rows, relu: 0 | 1];
  batchNormGradientSums: [
    dy: Pointer,
    y: Pointer,
    x: Pointer,
    moments: Pointer,
    kept: Pointer,
    scratch: Pointer,
    ...Rows,
  ];
  batchNormInputGradient: [dy: Pointer, y: Pointer, x: Pointer, dx: Pointer, scratch: Pointer, ...Rows];
  batchNormInferenceGradient: [
    dy: Pointer,
    y: Pointer,
    kept: Pointer,
    dx: Pointer,
    constants: Pointer,
    ...Rows,
  ];
  convolve: [x: Pointer, scratch: Pointer, y: Pointer, shape: ShapePointer];
  inputGradient: [dy: Pointer, scratch: Pointer, dx: Pointer, shape: ShapePointer];
  filterGradient: [x: Pointer, dy: Pointer, scratch: Pointer, shape: ShapePointer];
  packInference: [filter: Pointer, packed: Pointer, shape: ShapePointer];
  convolveInference: [
    x: Pointer,
    packed: Pointer,
    scratch: Pointer,
    residual: Pointer,
    y: Pointer,
    shape: ShapePointer,
    relu: 0 | 1,
  ];
  winogradConvolve: [x: Pointer, scratch: Pointer, y: Pointer, shape: ShapePointer, backward: 0 | 1];
  winogradFilterGradient: [x: Pointer, dy: Pointer, scratch: Pointer, shape: ShapePointer];
  padShortcut: [x: Pointer, y: Pointer, shape: ShapePointer];
  padShortcutGradient: [dy: Pointer, dx: Pointer, shape: ShapePointer];
  averagePool: [x: Pointer, y: Pointer, ...Pool];
  averagePoolGradient: [dy: Pointer, dx: Pointer, ...Pool];
  add: [a: Pointer, b: Pointer, y: Pointer, length: number];
}

/** Kernels that are not worth sharing. */
export interface SerialArguments {
  finishMoments: [scratch: Pointer, moments: Pointer, ...Rows, parts: number];
  normaliseConstants: [
    affine: Pointer,
    moments: Pointer,
    constants: Pointer,
    channels: number,
    epsilon: number,
  ];
  finishBatchNormGradient: [
    scratch: Pointer,
    affine: Pointer,
    moments: Pointer,
    dAffine: Pointer,
    ...Rows,
    epsilon: number,
    parts: number,
  ];
  packForward: [filter: Pointer, scratch: Pointer, shape: ShapePointer];
  packBackward: [filter: Pointer, scratch: Pointer, shape: ShapePointer];
  sumPartials: [scratch: Pointer, filter: Pointer, shape: ShapePointer, parts: number];
  packWinograd: [filter: Pointer, scratch: Pointer, shape: ShapePointer, backward: 0 | 1];
  foldInference: [affine: Pointer, moments: Pointer, packed: Pointer, shape: ShapePointer, epsilon: number];
  finishWinogradGradient: [scratch: Pointer, filter: Pointer, shape: ShapePointer, parts: number];
  multiply: [a: Pointer, b: Pointer, y: Pointer, length: number];
  average: [a: Pointer, b: Pointer, keep: number, share: number, length: number];
  sgd: [
    weights: Pointer,
    velocity: Pointer,
    gradient: Pointer,
    mask: Pointer,
    length: number,
    rate: number,
    decay: number,
    momentum: number,
  ];
  adam: [
    weights: Pointer,
    first: Pointer,
    second: Pointer,
    gradient: Pointer,
    mask: Pointer,
    length: number,
    rate: number,
    decay: number,
    beta1: number,
    beta2: number,
    rootFactor: number,
    epsilon: number,
  ];
  rmsprop: [
    weights: Pointer,
    second: Pointer,
    gradient: Pointer,
    mask: Pointer,
    length: number,
    rate: number,
    decay: number,
    alpha: number,
    epsilon: number,
  ];
}

/** How many bytes of scratch kernels take, or make. */
interface ScratchArguments {
  batchMomentsScratch: [channels: number, parts: number];
  normaliseScratch: [channels: number];
  batchNormGradientScratch: [channels: number, parts: number];
  convolveScratch: [shape: ShapePointer, parts: number];
  inputGradientScratch: [shape: ShapePointer, parts: number];
  filterGradientScratch: [shape: ShapePointer, parts: number];
  winogradConvolveScratch: [shape: ShapePointer, backward: 0 | 1, parts: number];
  inferencePacked: [shape: ShapePointer, parts: number];
  inferenceScratch: [shape: ShapePointer, parts: number];
  winogradFilterGradientScratch: [shape: ShapePointer, parts: number];
}

export type ParallelName = keyof ParallelArguments;
type SerialName = keyof SerialArguments;

export type Kernels = {
  readonly [Name in ParallelName]: (
    ...args: [...ParallelArguments[Name], part: number, parts: number]
  ) => void;
} & {
  readonly [Name in SerialName]: (...args: SerialArguments[Name]) => void;
} & {
  readonly [Name in keyof ScratchArguments]: (...args: ScratchArguments[Name]) => number;
};
