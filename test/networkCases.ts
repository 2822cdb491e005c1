/** The cases of convolution, batch norm, shortcut, pooling, dense layer and cross-entropy. */
import type { FilterShape, Shape4, Stride } from '../src/kernels/ops.ts';
import { createRandom } from '../src/model/random.ts';
import {
  type NumericCase,
  type Spread,
  normal,
  numericCase,
  positive,
  withDeadChannel,
} from './numericCase.ts';

const strided = ([batch, height, width]: Shape4, stride: Stride, channels: number): Shape4 => [
  batch,
  Math.ceil(height / stride),
  Math.ceil(width / stride),
  channels,
];

/** A case of conv2d and its gradients. */
export function convolution(kernel: 1 | 3, stride: Stride, input: Shape4, outChannels: number): NumericCase {
  const filterShape: FilterShape = [kernel, kernel, input[3], outChannels];
  return numericCase(
    `conv2d and its gradients, ${kernel}x${kernel} stride ${stride}, [${input.join(', ')}] -> ${outChannels}`,
    {
      x: normal(input),
      filter: normal(filterShape),
      dy: normal(strided(input, stride, outChannels)),
    },
    (ops, { x, filter, dy }) => ({
      y: ops.conv2d(x, filter, stride),
      dx: ops.conv2dInputGradient(dy, filter, stride, input),
      dFilter: ops.conv2dFilterGradient(x, dy, stride, filterShape),
    }),
  );
}

const convolutions = [
  convolution(3, 1, [2, 5, 7, 3], 8),
  convolution(3, 1, [1, 32, 32, 3], 16),
  convolution(3, 1, [2, 8, 6, 3], 5),
  convolution(3, 1, [1, 8, 8, 16], 16),
  convolution(3, 1, [3, 3, 3, 5], 7),
  convolution(3, 1, [1, 4, 4, 64], 64),
  convolution(3, 1, [8, 9, 8, 4], 4),
  convolution(3, 1, [1, 1, 2, 4], 4),
  convolution(3, 2, [2, 5, 7, 3], 8),
  convolution(3, 2, [2, 6, 4, 8], 16),
  convolution(3, 2, [1, 8, 8, 16], 32),
  convolution(3, 2, [1, 7, 6, 5], 7),
  convolution(3, 2, [2, 2, 2, 4], 4),
  convolution(1, 1, [2, 5, 7, 8], 16),
  convolution(1, 1, [2, 6, 4, 5], 7),
  convolution(1, 2, [2, 5, 7, 8], 16),
  convolution(1, 2, [1, 8, 8, 16], 32),
  convolution(1, 2, [2, 6, 5, 5], 7),
];

interface BatchNormOptions {
  readonly residual?: boolean;
  readonly relu?: boolean;
  readonly mean?: number;
  /** Channel 0 of x is all zero, and so is channel 1's scale. */
  readonly dead?: boolean;
  readonly slack?: number;
}

function normalisation(shape: Shape4, options: BatchNormOptions): NumericCase {
  const { residual: hasResidual = false, relu = false, mean = 0, dead = false, slack = 1 } = options;
  const how = [
    ...(hasResidual ? ['residual'] : []),
    ...(relu ? ['ReLU'] : []),
    ...(mean ? [`mean ${mean}`] : []),
    ...(dead ? ['a dead channel, a scale of zero'] : []),
  ];
  const affine = normal([2, shape[3]]);
  return numericCase(
    ['batchNorm and its gradient', `[${shape.join(', ')}]`, ...how].join(', '),
    {
      x: dead ? withDeadChannel(normal(shape), 0) : normal(shape, mean),
      affine: dead ? withDeadChannel(affine, 1) : affine,
      residual: normal(shape),
      dy: normal(shape),
    },
    (ops, { x, affine, residual, dy }) => {
      const { y, moments } = ops.batchNorm(x, affine, hasResidual ? residual : null, relu);
      // Without ReLU y may not be read: another tensor in its place must not matter.
      const gradients = ops.batchNormGradient(dy, relu ? y : dy, x, affine, moments, hasResidual, relu);
      const { dx, dAffine, dResidual } = gradients;
      return { y, moments, dx, dAffine, ...(dResidual && { dResidual }) };
    },
    { slack },
  );
}

const normalisations = [
  ...[false, true].flatMap((residual) =>
    [false, true].flatMap((relu) => [
      normalisation([2, 5, 7, 3], { residual, relu }),
      normalisation([2, 6, 4, 8], { residual, relu }),
    ]),
  ),
  normalisation([4, 16, 16, 8], { relu: true }),
  normalisation([1, 3, 3, 5], { residual: true, relu: true }),
  normalisation([2, 4, 4, 6], { dead: true, relu: true }),
  // Measured: E[x^2] - E[x]^2 in float32 is off by 9e-4 to 6e-3 here, two passes by 4e-6.
  normalisation([4, 8, 8, 8], { mean: 100, slack: 20 }),
];

const inferences = [false, true].flatMap((hasResidual) =>
  [false, true].map((relu) =>
    numericCase(
      `batchNormInference, [2, 5, 7, 6]${hasResidual ? ', residual' : ''}${relu ? ', ReLU' : ''}`,
      {
        x: normal([2, 5, 7, 6]),
        affine: normal([2, 6]),
        moments: positive([2, 6]),
        residual: normal([2, 5, 7, 6]),
      },
      (ops, { x, affine, moments, residual }) => ({
        y: ops.batchNormInference(x, affine, moments, hasResidual ? residual : null, relu),
      }),
    ),
  ),
);

/** A convolution and the batch norm behind it, together where the implementation does that: with tiles of 4 x 4 it loses a digit. */
export function joinedInference(
  kernel: 1 | 3,
  stride: Stride,
  input: Shape4,
  outChannels: number,
  { hasResidual = false, relu = false } = {},
  spreads: Spread = 'nowhere',
): NumericCase {
  const made = strided(input, stride, outChannels);
  const how = `${hasResidual ? ', residual' : ''}${relu ? ', ReLU' : ''}`;
  return numericCase(
    `joinConvolution, ${kernel}x${kernel} stride ${stride}, [${input.join(', ')}] -> ${outChannels}${how}`,
    {
      x: normal(input),
      filter: normal([kernel, kernel, input[3], outChannels]),
      affine: normal([2, outChannels]),
      moments: positive([2, outChannels]),
      residual: normal(made),
    },
    (ops, { x, filter, affine, moments, residual }) => {
      const added = hasResidual ? residual : null;
      if (ops.joinConvolution) {
        const joined = ops.joinConvolution(filter, stride, affine, moments);
        // The second time it is packed already.
        ops.dispose(joined.apply(x, added, relu));
        const y = joined.apply(x, added, relu);
        joined.dispose();
        return { y };
      }
      const convolved = ops.conv2d(x, filter, stride);
      const y = ops.batchNormInference(convolved, affine, moments, added, relu);
      ops.dispose(convolved);
      return { y };
    },
    { slack: 5, spreads },
  );
}

const joinedInferences = [
  joinedInference(3, 1, [3, 8, 12, 8], 8),
  joinedInference(3, 1, [2, 4, 4, 12], 24, { hasResidual: true, relu: true }),
  joinedInference(3, 1, [1, 16, 8, 16], 8, { relu: true }),
  joinedInference(3, 1, [2, 5, 7, 3], 5, { hasResidual: true }),
  joinedInference(3, 2, [2, 8, 8, 16], 32, { relu: true }),
  joinedInference(1, 2, [2, 5, 7, 8], 16),
];

function inferenceGradient(shape: Shape4, hasResidual: boolean, relu: boolean): NumericCase {
  return numericCase(
    `batchNormInferenceGradient, [${shape.join(', ')}]${hasResidual ? ', residual' : ''}${relu ? ', ReLU' : ''}`,
    { dy: normal(shape), y: normal(shape), affine: normal([2, shape[3]]), moments: positive([2, shape[3]]) },
    (ops, { dy, y, affine, moments }) => {
      // Without ReLU y may not be read: another tensor in its place must not matter.
      const given = relu ? y : affine;
      const { dx, dResidual } = ops.batchNormInferenceGradient(dy, given, affine, moments, hasResidual, relu);
      return { dx, ...(dResidual && { dResidual }) };
    },
  );
}

const inferenceGradients = (
  [
    [2, 5, 7, 6],
    [1, 3, 5, 1],
    [1, 8, 8, 16],
    [3, 1, 2, 5],
  ] as const
).flatMap((shape) =>
  [false, true].flatMap((hasResidual) =>
    [false, true].map((relu) => inferenceGradient(shape, hasResidual, relu)),
  ),
);

/** What `add` consumes, and may write over, is no other tensor of the caller's. */
const addedToResidual = numericCase(
  'batchNormInferenceGradient without ReLU, something added to dResidual',
  { dy: normal([2, 3, 5, 4]), affine: normal([2, 4]), moments: positive([2, 4]), more: normal([2, 3, 5, 4]) },
  (ops, { dy, affine, moments, more }) => {
    const { dx, dResidual } = ops.batchNormInferenceGradient(dy, dy, affine, moments, true, false);
    return { dx, sum: ops.add(dResidual!, more) };
  },
);

function shortcut(stride: Stride, input: Shape4, channels: number): NumericCase {
  return numericCase(
    `padShortcut and its gradient, stride ${stride}, [${input.join(', ')}] -> ${channels}`,
    { x: normal(input), dy: normal(strided(input, stride, channels)) },
    (ops, { x, dy }) => ({
      y: ops.padShortcut(x, stride, channels),
      dx: ops.padShortcutGradient(dy, stride, input),
    }),
    { slack: 0 },
  );
}

const shortcuts = [
  shortcut(2, [2, 5, 7, 8], 16),
  shortcut(2, [2, 6, 4, 16], 32),
  shortcut(2, [1, 5, 4, 5], 10),
  shortcut(2, [2, 7, 5, 3], 3),
  shortcut(1, [1, 4, 5, 4], 16),
  shortcut(1, [2, 3, 3, 5], 7),
];

const pools = (
  [
    [2, 5, 7, 3],
    [3, 8, 8, 16],
    [2, 1, 1, 5],
  ] as const
).map((shape) =>
  // prettier-ignore
  numericCase(
    `globalAveragePool and its gradient, [${shape.join(', ')}]`,
    { x: normal(shape), dy: normal([shape[0], shape[3]]) },
    (ops, { x, dy }) => ({ y: ops.globalAveragePool(x), dx: ops.globalAveragePoolGradient(dy, shape) }),
  ),
);

const denseLayers = (
  [
    [4, 64, 10],
    [3, 5, 7],
    [1, 16, 10],
  ] as const
).map(([batch, from, to]) =>
  // prettier-ignore
  numericCase(
    `dense and its gradients, [${batch}, ${from}] -> ${to}`,
    { x: normal([batch, from]), matrix: normal([from, to]), bias: normal([to]), dy: normal([batch, to]) },
    (ops, { x, matrix, bias, dy }) => ({
      y: ops.dense(x, matrix, bias),
      ...ops.denseGradient(dy, x, matrix),
    }),
  ),
);

function crossEntropy(batch: number, classes: number, size: number, smoothing?: number): NumericCase {
  const how = smoothing === undefined ? '' : `, smoothing ${smoothing}`;
  const name = `softmaxCrossEntropy, ${batch} rows of ${classes} logits of size ${size}${how}`;
  const random = createRandom(name);
  const labels = Uint8Array.from({ length: batch }, () => random.integer(classes));
  return numericCase(name, { logits: normal([batch, classes], 0, size) }, (ops, { logits }) => ({
    ...ops.softmaxCrossEntropy(logits, labels, smoothing),
  }));
}

const crossEntropies = [
  crossEntropy(32, 10, 1),
  crossEntropy(5, 7, 1),
  crossEntropy(1, 10, 1),
  crossEntropy(6, 10, 1000),
  crossEntropy(32, 10, 1, 0.1),
  crossEntropy(5, 7, 1, 0.3),
  crossEntropy(6, 10, 1000, 1e-7),
];

export const networkCases: readonly NumericCase[] = [
  ...convolutions,
  ...normalisations,
  ...inferences,
  ...joinedInferences,
  ...inferenceGradients,
  addedToResidual,
  ...shortcuts,
  ...pools,
  ...denseLayers,
  ...crossEntropies,
];
