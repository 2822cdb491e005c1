/** The kernels of assembly/ and their arguments, which are explained there. */

/** A byte offset in the heap. */
export type Pointer = number;

type Scratch = [scratch: Pointer, bytesOfEach: number];
type Partials = [partials: Pointer, bytesOfEach: number];
type Rows = [rows: number, channels: number];
type Convolution = [
  batch: number,
  height: number,
  width: number,
  inputs: number,
  outputs: number,
  kernel: number,
];
type Winograd = [
  batch: number,
  height: number,
  width: number,
  inputs: number,
  outputs: number,
  tileRows: number,
];
type Shortcut = [
  batch: number,
  height: number,
  width: number,
  channels: number,
  outputs: number,
  stride: number,
];
type Pool = [batch: number, pixels: number, channels: number];

/** Kernels that do one share of the work: besides these arguments they take `part, parts`. */
export interface ParallelArguments {
  batchMoments: [x: Pointer, partials: Pointer, ...Rows, scratch: Pointer];
  normalise: [x: Pointer, residual: Pointer, y: Pointer, constants: Pointer, ...Rows, relu: 0 | 1];
  batchNormGradientSums: [
    dy: Pointer,
    y: Pointer,
    x: Pointer,
    moments: Pointer,
    kept: Pointer,
    partials: Pointer,
    ...Rows,
  ];
  batchNormInputGradient: [dy: Pointer, y: Pointer, x: Pointer, dx: Pointer, constants: Pointer, ...Rows];
  convolve: [x: Pointer, panels: Pointer, y: Pointer, ...Scratch, ...Convolution, stride: number];
  inputGradientOfStride2: [dy: Pointer, panels: Pointer, dx: Pointer, ...Scratch, ...Convolution];
  filterGradient: [x: Pointer, dy: Pointer, ...Partials, ...Scratch, ...Convolution, stride: number];
  winogradConvolve: [x: Pointer, panels: Pointer, y: Pointer, ...Scratch, ...Winograd];
  winogradFilterGradient: [x: Pointer, dy: Pointer, ...Partials, ...Scratch, ...Winograd];
  padShortcut: [x: Pointer, y: Pointer, ...Shortcut];
  padShortcutGradient: [dy: Pointer, dx: Pointer, ...Shortcut];
  averagePool: [x: Pointer, y: Pointer, ...Pool];
  averagePoolGradient: [dy: Pointer, dx: Pointer, ...Pool];
  add: [a: Pointer, b: Pointer, y: Pointer, length: number];
}

/** Kernels that are not worth sharing. */
export interface SerialArguments {
  finishMoments: [partials: Pointer, moments: Pointer, ...Rows, parts: number];
  normaliseConstants: [affine: Pointer, moments: Pointer, constants: Pointer, channels: number];
  finishBatchNormGradient: [
    partials: Pointer,
    affine: Pointer,
    moments: Pointer,
    dAffine: Pointer,
    constants: Pointer,
    ...Rows,
    parts: number,
  ];
  packForward: [filter: Pointer, panels: Pointer, kernel: number, inputs: number, outputs: number];
  packBackward: [
    filter: Pointer,
    panels: Pointer,
    kernel: number,
    inputs: number,
    outputs: number,
    stride: number,
  ];
  sumPartials: [...Partials, filter: Pointer, taps: number, inputs: number, outputs: number, parts: number];
  packWinograd: [
    filter: Pointer,
    transformed: Pointer,
    panels: Pointer,
    inputs: number,
    outputs: number,
    backward: 0 | 1,
  ];
  finishWinogradGradient: [...Partials, filter: Pointer, inputs: number, outputs: number, parts: number];
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

export type ParallelName = keyof ParallelArguments;
export type SerialName = keyof SerialArguments;

export type Kernels = {
  readonly [Name in ParallelName]: (
    ...args: [...ParallelArguments[Name], part: number, parts: number]
  ) => void;
} & {
  readonly [Name in SerialName]: (...args: SerialArguments[Name]) => void;
};
