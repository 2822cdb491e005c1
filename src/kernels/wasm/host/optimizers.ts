/** The optimisers' updates, in place: the state that they consume is the state that they give back. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { ADAM_BETAS, OPTIMIZER_EPSILON, RMSPROP_ALPHA } from '../../../model/optimizerConstants.ts';
import type { OptimizerHyperparameters, OptimizerState, TrainingOps } from '../../ops.ts';
import type { Heap } from './heap.ts';
import type { Kernels } from './kernels.ts';

const [BETA1, BETA2] = ADAM_BETAS;

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
      const terms = [rate, weightDecay, BETA1, BETA2, rootFactor, OPTIMIZER_EPSILON] as const;
      kernels.adam(weights, first, second, ...common(gradient, mask), ...terms);
      return state;
    },
    rmsprop(state, gradient, mask, { learningRate, weightDecay }) {
      const [weights, second] = weightsAndSlots(state);
      const terms = [learningRate, weightDecay, RMSPROP_ALPHA, OPTIMIZER_EPSILON] as const;
      kernels.rmsprop(weights, second, ...common(gradient, mask), ...terms);
      return state;
    },
  };
}
