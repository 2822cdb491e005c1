/** Cases in which one number of one input is NaN or infinite: what depends on it may not come out as a plausible number. */
import type { Shape4, Stride } from '../src/kernels/ops.ts';
import {
  type CaseOptions,
  type Draw,
  normal,
  type NumericCase,
  numericCase,
  positive,
} from './numericCase.ts';

/** `draw` with `value` at this share of its length. */
function poisoned(draw: Draw, value: number, share: number): Draw {
  return (random) => {
    const { values, shape } = draw(random);
    const place = Math.floor(share * values.length);
    return { values: values.map((number, i) => (i === place ? value : number)), shape };
  };
}

/** Inside a map of the second image; and, of two rows that mean different things, in each. */
const PLACE = 0.79;
const PLACES: Readonly<Record<string, readonly number[]>> = { affine: [0.29, 0.79], moments: [0.29, 0.79] };

/** One case for each input, which is poisoned in it. */
function poison<Key extends string>(
  name: string,
  value: number,
  draws: Readonly<Record<Key, Draw>>,
  run: Parameters<typeof numericCase<Key>>[2],
  options?: CaseOptions<NoInfer<Key>>,
): NumericCase[] {
  return (Object.keys(draws) as Key[]).flatMap((key) =>
    (PLACES[key] ?? [PLACE]).map((share) =>
      numericCase(
        `${name}, ${value} in ${key}`,
        { ...draws, [key]: poisoned(draws[key], value, share) },
        run,
        options,
      ),
    ),
  );
}

const VALUES = [NaN, Infinity];

function convolution(
  kernel: 1 | 3,
  stride: Stride,
  channels: number,
  value: number,
  side: number,
): NumericCase[] {
  const input: Shape4 = [2, side, side, channels];
  // A stage's first convolution has twice as many; odd ones stay odd.
  const outChannels = stride === 2 && channels % 16 === 0 ? 2 * channels : channels;
  const filterShape = [kernel, kernel, channels, outChannels] as const;
  return poison(
    `conv2d and its gradients, ${kernel}x${kernel} stride ${stride}, width ${channels}`,
    value,
    {
      x: normal(input),
      filter: normal(filterShape),
      dy: normal([2, side / stride, side / stride, outChannels]),
    },
    (ops, { x, filter, dy }) => ({
      y: ops.conv2d(x, filter, stride),
      dx: ops.conv2dInputGradient(dy, filter, stride, input),
      dFilter: ops.conv2dFilterGradient(x, dy, stride, filterShape),
    }),
    // Winograd's transforms mix neighbouring pixels.
    { spreads: 'image' },
  );
}

function normalisation(channels: number, value: number): NumericCase[] {
  const shape: Shape4 = [2, 5, 3, channels];
  return [true, false].flatMap((relu) =>
    poison(
      `batchNorm and its gradient, width ${channels}${relu ? ', ReLU' : ''}`,
      value,
      { x: normal(shape), affine: normal([2, channels]), residual: normal(shape), dy: normal(shape) },
      (ops, { x, affine, residual, dy }) => {
        const { y, moments } = ops.batchNorm(x, affine, residual, relu);
        const { dx, dAffine, dResidual } = ops.batchNormGradient(dy, y, x, affine, moments, true, relu);
        return { y, moments, dx, dAffine, ...(dResidual && { dResidual }) };
      },
      // Where y is NaN its gradient may be so too, or be 0.
      { spreads: 'channel' },
    ),
  );
}

function inference(channels: number, value: number): NumericCase[] {
  const shape: Shape4 = [2, 5, 3, channels];
  return poison(
    `batchNormInference, width ${channels}`,
    value,
    {
      x: normal(shape),
      affine: normal([2, channels]),
      moments: positive([2, channels]),
      residual: normal(shape),
    },
    (ops, { x, affine, moments, residual }) => ({
      y: ops.batchNormInference(x, affine, moments, residual, true),
    }),
  );
}

function inferenceGradient(channels: number, value: number): NumericCase[] {
  const shape: Shape4 = [2, 5, 3, channels];
  return [true, false].flatMap((relu) =>
    poison(
      `batchNormInferenceGradient, width ${channels}${relu ? ', ReLU' : ''}`,
      value,
      {
        dy: normal(shape),
        y: normal(shape),
        affine: normal([2, channels]),
        moments: positive([2, channels]),
      },
      (ops, { dy, y, affine, moments }) => {
        const { dx, dResidual } = ops.batchNormInferenceGradient(dy, y, affine, moments, true, relu);
        return { dx, ...(dResidual && { dResidual }) };
      },
    ),
  );
}

function maps(channels: number, value: number): NumericCase[] {
  const shape: Shape4 = [2, 6, 6, channels];
  return [
    ...poison(
      `padShortcut and its gradient, width ${channels}`,
      value,
      { x: normal(shape), dy: normal([2, 3, 3, 2 * channels]) },
      (ops, { x, dy }) => ({
        y: ops.padShortcut(x, 2, 2 * channels),
        dx: ops.padShortcutGradient(dy, 2, shape),
      }),
    ),
    ...poison(
      `globalAveragePool and its gradient, width ${channels}`,
      value,
      { x: normal(shape), dy: normal([2, channels]) },
      (ops, { x, dy }) => ({ y: ops.globalAveragePool(x), dx: ops.globalAveragePoolGradient(dy, shape) }),
    ),
    ...poison(
      `dense and its gradients, width ${channels}`,
      value,
      {
        x: normal([3, channels]),
        matrix: normal([channels, 10]),
        bias: normal([10]),
        dy: normal([3, 10]),
      },
      (ops, { x, matrix, bias, dy }) => ({
        y: ops.dense(x, matrix, bias),
        ...ops.denseGradient(dy, x, matrix),
      }),
    ),
  ];
}

/** Logits of one image, of which some are `value`. */
function crossEntropy(name: string, value: number, places: readonly number[], label: number): NumericCase {
  const logits: Draw = (random) => {
    const { values, shape } = normal([1, 10])(random);
    return { values: values.map((logit, i) => (places.includes(i) ? value : logit)), shape };
  };
  return numericCase(`softmaxCrossEntropy, ${value} ${name}`, { logits }, (ops, given) => ({
    ...ops.softmaxCrossEntropy(given.logits, Uint8Array.of(label)),
  }));
}

const crossEntropies = [
  ...VALUES.flatMap((value) => [
    crossEntropy("as the label's logit", value, [3], 3),
    crossEntropy('as the first logit', value, [0], 0),
    crossEntropy("as another's logit", value, [7], 3),
    crossEntropy('as every logit', value, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0),
  ]),
  crossEntropy("as the label's logit", -Infinity, [3], 3),
  crossEntropy('as every logit', -Infinity, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0),
];

const SIZE = 7;
const HYPER = { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01 };
const flat = { a: normal([SIZE]), b: normal([SIZE]) };

const arithmetic = VALUES.flatMap((value) => [
  ...poison('add', value, flat, (ops, { a, b }) => ({ sum: ops.add(a, b) }), { consumes: ['a'] }),
  ...poison('multiply', value, flat, (ops, { a, b }) => ({ product: ops.multiply(a, b) })),
  ...poison('average', value, flat, (ops, { a, b }) => ({ average: ops.average(a, b, 0.9, 0.1) }), {
    consumes: ['a'],
  }),
  ...poison(
    'sgd',
    value,
    { parameters: normal([SIZE]), velocity: normal([SIZE]), gradient: normal([SIZE]) },
    (ops, { parameters, velocity, gradient }) => ({
      parameters: ops.sgd({ parameters, slots: [velocity] }, gradient, null, HYPER).parameters,
    }),
    { consumes: ['parameters', 'velocity'] },
  ),
]);

/** Of nets' layers with maps of `width` channels; convolutions read maps of `side` x `side`, an even number. */
export const nonFiniteLayers = (width: number, values: readonly number[], side = 6): readonly NumericCase[] =>
  values.flatMap((value) => [
    ...convolution(3, 1, width, value, side),
    ...convolution(3, 2, width, value, side),
    ...convolution(1, 2, width, value, side),
    ...normalisation(width, value),
    ...inference(width, value),
    ...inferenceGradient(width, value),
    ...maps(width, value),
  ]);

/**
 * Of the cross-entropy and flat tensors. Not of the optimisers with a second moment: an infinite gradient gives NaN there, or a
 * step of 0, as the order of the operations has it.
 */
export const otherNonFiniteCases: readonly NumericCase[] = [...crossEntropies, ...arithmetic];
