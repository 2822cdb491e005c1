import { describe, expect, test } from 'vitest';
import { normals } from '../../../test/finiteDifferences.ts';
import { createRandom } from '../../model/random.ts';
import type { OptimizerHyperparameters, OptimizerState, TrainingOps } from '../ops.ts';
import { createReferenceOps } from './reference.ts';
import type { Float64Tensor } from './tensor.ts';

const STEPS = 5;
const SIZE = 24;
const HYPER: OptimizerHyperparameters = { learningRate: 0.1, weightDecay: 0.03, momentum: 0.9 };

/** One weight on its way, written down as PyTorch's documentation of its optimisers has it. */
interface Scalar {
  weight: number;
  slots: number[];
}
type ScalarUpdate = (scalar: Scalar, gradient: number, decay: number, step: number) => void;

const scalarSgd: ScalarUpdate = (scalar, gradient, decay, step) => {
  const g = gradient + decay * scalar.weight;
  // PyTorch starts the buffer at the first gradient instead of at zero.
  const b = step === 1 ? g : HYPER.momentum * scalar.slots[0]! + g;
  scalar.slots = [b];
  scalar.weight -= HYPER.learningRate * b;
};

const scalarAdam: ScalarUpdate = (scalar, gradient, decay, step) => {
  const g = gradient + decay * scalar.weight;
  const m = scalar.slots[0]! + (g - scalar.slots[0]!) * (1 - 0.9);
  const v = 0.999 * scalar.slots[1]! + (1 - 0.999) * g ** 2;
  const stepSize = HYPER.learningRate / (1 - Math.pow(0.9, step));
  const denominator = Math.sqrt(v) / Math.sqrt(1 - Math.pow(0.999, step)) + 1e-8;
  scalar.slots = [m, v];
  scalar.weight += -stepSize * (m / denominator);
};

const scalarRmsprop: ScalarUpdate = (scalar, gradient, decay) => {
  const g = gradient + decay * scalar.weight;
  const v = 0.99 * scalar.slots[0]! + (1 - 0.99) * g * g;
  scalar.slots = [v];
  scalar.weight -= (HYPER.learningRate * g) / (Math.sqrt(v) + 1e-8);
};

type Update = (
  ops: TrainingOps<Float64Tensor>,
  state: OptimizerState<Float64Tensor>,
  gradient: Float64Tensor,
  mask: Float64Tensor | null,
  step: number,
) => OptimizerState<Float64Tensor>;

const OPTIMIZERS: readonly { name: string; slots: number; update: Update; scalar: ScalarUpdate }[] = [
  {
    name: 'sgd',
    slots: 1,
    update: (ops, state, gradient, mask) => ops.sgd(state, gradient, mask, HYPER),
    scalar: scalarSgd,
  },
  {
    name: 'adam',
    slots: 2,
    update: (ops, state, gradient, mask, step) => ops.adam(state, gradient, mask, HYPER, step),
    scalar: scalarAdam,
  },
  {
    name: 'rmsprop',
    slots: 1,
    update: (ops, state, gradient, mask) => ops.rmsprop(state, gradient, mask, HYPER),
    scalar: scalarRmsprop,
  },
];

describe(`${STEPS} steps as PyTorch's formulas have them, within 1e-12`, () => {
  test.each(
    OPTIMIZERS.flatMap((optimizer) => [
      { ...optimizer, masked: false, how: 'all decay' },
      { ...optimizer, masked: true, how: 'every third weight does not decay' },
    ]),
  )('$name, $how', ({ update, scalar, slots, masked }) => {
    const ops = createReferenceOps();
    const random = createRandom('optimizers');
    const mask = Float64Array.from({ length: SIZE }, (_, i) => (masked && i % 3 === 0 ? 0 : 1));
    const maskTensor = masked ? ops.upload(mask, [SIZE]) : null;
    const initial = normals(random, [SIZE]);
    const scalars = [...initial].map((weight): Scalar => ({ weight, slots: Array<number>(slots).fill(0) }));
    let state: OptimizerState<Float64Tensor> = {
      parameters: ops.upload(initial, [SIZE]),
      slots: scalars[0]!.slots.map(() => ops.upload(new Float64Array(SIZE), [SIZE])),
    };
    const before = ops.tensorCount();

    for (let step = 1; step <= STEPS; step++) {
      // From 1 down to 1e-9, where the epsilons matter.
      const gradient = normals(random, [SIZE]).map((value, i) => value * 10 ** -(i % 10));
      const gradientTensor = ops.upload(gradient, [SIZE]);
      const old = state;
      state = update(ops, state, gradientTensor, maskTensor, step);
      ops.dispose(gradientTensor);
      expect(() => ops.add(old.parameters, old.parameters)).toThrow('after it was gone');

      scalars.forEach((weight, i) => scalar(weight, gradient[i]!, HYPER.weightDecay * mask[i]!, step));
      scalars.forEach((weight, i) => {
        expect(state.parameters.data[i]).toBeCloseTo(weight.weight, 12);
        weight.slots.forEach((slot, s) => expect(state.slots[s]!.data[i]).toBeCloseTo(slot, 12));
      });
    }
    expect(ops.tensorCount()).toBe(before);
  });
});
