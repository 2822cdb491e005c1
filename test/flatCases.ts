/** The cases of what is done with flat tensors: views, packing, arithmetic and the optimisers. */
import type { OptimizerState, Part, TensorLike, TrainingOps } from '../src/kernels/ops.ts';
import { magnitudes, mask, normal, type NumericCase, numericCase, zero } from './numericCase.ts';

const SIZE = 70;

const PARTS = [
  { offset: 3, size: 72, shape: [3, 3, 2, 4] },
  { offset: 128, size: 10, shape: [2, 5] },
  { offset: 138, size: 1, shape: [1] },
  { offset: 192, size: 7, shape: [7] },
] as const satisfies readonly Part[];
const LENGTH = 200;

const layouts = [
  numericCase(
    'view and pack with gaps between the parts',
    { flat: normal([LENGTH]) },
    (ops, { flat }) => {
      const views = PARTS.map((part) => ops.view(flat, part));
      const packed = ops.pack(views, PARTS, LENGTH);
      return { packed, ...Object.fromEntries(views.map((view, i) => [`view ${i}`, view])) };
    },
    { slack: 0 },
  ),
  numericCase(
    'view and pack of a whole tensor',
    { flat: normal([12]) },
    (ops, { flat }) => {
      const part = { offset: 0, size: 12, shape: [2, 6] };
      const view = ops.view(flat, part);
      return { view, packed: ops.pack([view], [part], 12) };
    },
    { slack: 0 },
  ),
];

const arithmetic = [
  numericCase('add', { a: normal([3, 5]), b: normal([3, 5]) }, (ops, { a, b }) => ({ sum: ops.add(a, b) }), {
    consumes: ['a'],
  }),
  numericCase('multiply', { a: normal([3, 5]), b: normal([3, 5]) }, (ops, { a, b }) => ({
    product: ops.multiply(a, b),
  })),
  numericCase(
    'average',
    { a: normal([SIZE]), b: normal([SIZE]) },
    (ops, { a, b }) => ({ average: ops.average(a, b, 0.9, 0.1) }),
    { consumes: ['a'] },
  ),
];

type Update = <T extends TensorLike>(
  ops: TrainingOps<T>,
  state: OptimizerState<T>,
  gradient: T,
  decayMask: T | null,
  weightDecay: number,
  step: number,
) => OptimizerState<T>;

const HYPER = { learningRate: 0.1, momentum: 0.9 };

const UPDATES: readonly { readonly name: string; readonly slots: 1 | 2; readonly update: Update }[] = [
  {
    name: 'sgd',
    slots: 1,
    update: (ops, state, g, decayMask, weightDecay) =>
      ops.sgd(state, g, decayMask, { ...HYPER, weightDecay }),
  },
  {
    name: 'sgd without momentum',
    slots: 1,
    update: (ops, state, g, decayMask, weightDecay) =>
      ops.sgd(state, g, decayMask, { ...HYPER, momentum: 0, weightDecay }),
  },
  {
    name: 'adam',
    slots: 2,
    update: (ops, state, g, decayMask, weightDecay, step) =>
      ops.adam(state, g, decayMask, { ...HYPER, weightDecay }, step),
  },
  {
    name: 'rmsprop',
    slots: 1,
    update: (ops, state, g, decayMask, weightDecay) =>
      ops.rmsprop(state, g, decayMask, { ...HYPER, weightDecay }),
  },
];

const DECAYS = [
  { how: 'no weight decay', weightDecay: 0, masked: false },
  { how: 'weight decay', weightDecay: 0.03, masked: false },
  { how: 'masked weight decay', weightDecay: 0.03, masked: true },
];

function steps<T>(
  start: OptimizerState<T>,
  gradients: readonly T[],
  update: (state: OptimizerState<T>, gradient: T, step: number) => OptimizerState<T>,
): OptimizerState<T> {
  return gradients.reduce((state, gradient, i) => update(state, gradient, i + 1), start);
}

const optimizers = UPDATES.flatMap(({ name, slots, update }) =>
  DECAYS.map(({ how, weightDecay, masked }) =>
    numericCase(
      `three steps of ${name}, ${how}`,
      {
        parameters: normal([SIZE]),
        first: zero([SIZE]),
        second: zero([SIZE]),
        g1: magnitudes([SIZE]),
        g2: magnitudes([SIZE]),
        g3: magnitudes([SIZE]),
        decayMask: mask([SIZE], 3),
      },
      (ops, { parameters, first, second, g1, g2, g3, decayMask }) => {
        const start = { parameters, slots: slots === 1 ? [first] : [first, second] };
        const last = steps(start, [g1, g2, g3], (state, g, step) =>
          update(ops, state, g, masked ? decayMask : null, weightDecay, step),
        );
        return {
          parameters: last.parameters,
          ...Object.fromEntries(last.slots.map((slot, i) => [`slot ${i}`, slot])),
        };
      },
      { consumes: slots === 1 ? ['parameters', 'first'] : ['parameters', 'first', 'second'] },
    ),
  ),
);

export const flatCases: readonly NumericCase[] = [...layouts, ...arithmetic, ...optimizers];
