/** The optimisers' updates, in place: the state that they consume is the state that they give back. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerHyperparameters, OptimizerState, TrainingOps } from '../../ops.ts';
import type { Heap } from './heap.ts';
import type { Kernels } from './kernels.ts';

const EPSILON = 1e-8;
const [BETA1, BETA2] = [0.9, 0.999];
const ALPHA = 0.99;

type Updates = Pick<TrainingOps<Tensor>, 'sgd' | 'adam' | 'rmsprop'>;

export function createOptimizers(heap: Heap, kernels: Kernels): Updates {
  const common = (gradient: Tensor, mask: Tensor | null) =>
    [heap.pointer(gradient), mask ? heap.pointer(mask) : 0, gradient.size] as const;
  const weightsAndSlots = ({ parameters, slots }: OptimizerState<Tensor>) =>
    [parameters, ...slots].map((tensor) => heap.pointer(tensor)) as [number, number, number];
  return {
    sgd(state, gradient, mask, { learningRate, weightDecay, momentum }: OptimizerHyperparameters) {
      const [weights, velocity] = weightsAndSlots(state);
      kernels.sgd(weights, velocity, ...common(gradient, mask), learningRate, weightDecay, momentum);
      return state;
    },
    adam(state, gradient, mask, { learningRate, weightDecay }, step) {
      const [weights, first, second] = weightsAndSlots(state);
      const rate = learningRate / (1 - BETA1 ** step);
      const rootFactor = 1 / Math.sqrt(1 - BETA2 ** step);
      const terms = [rate, weightDecay, BETA1, BETA2, rootFactor, EPSILON] as const;
      kernels.adam(weights, first, second, ...common(gradient, mask), ...terms);
      return state;
    },
    rmsprop(state, gradient, mask, { learningRate, weightDecay }) {
      const [weights, second] = weightsAndSlots(state);
      kernels.rmsprop(weights, second, ...common(gradient, mask), learningRate, weightDecay, ALPHA, EPSILON);
      return state;
    },
  };
}
