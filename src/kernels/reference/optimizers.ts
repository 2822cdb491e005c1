/** One update of each optimiser in float64, with PyTorch's formulas. New tensors; the old state stays as it was. */
import { ADAM_BETAS, OPTIMIZER_EPSILON, RMSPROP_ALPHA } from '../../model/optimizerConstants.ts';
import type { OptimizerHyperparameters, OptimizerState } from '../ops.ts';
import { type Float64Tensor, expectShape, zip } from './tensor.ts';

type State = OptimizerState<Float64Tensor>;

/** See TrainingOps.sgd. */
export function sgd(
  { parameters, slots }: State,
  gradient: Float64Tensor,
  decayMask: Float64Tensor | null,
  { learningRate, weightDecay, momentum }: OptimizerHyperparameters,
): State {
  const [velocity] = expectSlots(slots, 1);
  const g = decayed(gradient, parameters, decayMask, weightDecay);
  const v = zip(velocity!, g, (old, now) => momentum * old + now);
  return { parameters: zip(parameters, v, (w, change) => w - learningRate * change), slots: [v] };
}

/** See TrainingOps.adam. */
export function adam(
  { parameters, slots }: State,
  gradient: Float64Tensor,
  decayMask: Float64Tensor | null,
  { learningRate, weightDecay }: OptimizerHyperparameters,
  step: number,
): State {
  const [first, second] = expectSlots(slots, 2);
  const [beta1, beta2] = ADAM_BETAS;
  const g = decayed(gradient, parameters, decayMask, weightDecay);
  const m = zip(first!, g, (old, now) => beta1 * old + (1 - beta1) * now);
  const v = zip(second!, g, (old, now) => beta2 * old + (1 - beta2) * now * now);
  const direction = zip(m, v, (mean, square) => {
    const unbiasedMean = mean / (1 - beta1 ** step);
    const unbiasedSquare = square / (1 - beta2 ** step);
    return unbiasedMean / (Math.sqrt(unbiasedSquare) + OPTIMIZER_EPSILON);
  });
  return { parameters: zip(parameters, direction, (w, d) => w - learningRate * d), slots: [m, v] };
}

/** See TrainingOps.rmsprop. */
export function rmsprop(
  { parameters, slots }: State,
  gradient: Float64Tensor,
  decayMask: Float64Tensor | null,
  { learningRate, weightDecay }: OptimizerHyperparameters,
): State {
  const [square] = expectSlots(slots, 1);
  const g = decayed(gradient, parameters, decayMask, weightDecay);
  const v = zip(square!, g, (old, now) => RMSPROP_ALPHA * old + (1 - RMSPROP_ALPHA) * now * now);
  const direction = zip(g, v, (value, mean) => value / (Math.sqrt(mean) + OPTIMIZER_EPSILON));
  return { parameters: zip(parameters, direction, (w, d) => w - learningRate * d), slots: [v] };
}

/** g + weightDecay * w, where the mask is 1. */
function decayed(
  gradient: Float64Tensor,
  parameters: Float64Tensor,
  decayMask: Float64Tensor | null,
  weightDecay: number,
): Float64Tensor {
  expectShape(gradient, parameters.shape);
  const shrunk = decayMask ? zip(parameters, decayMask, (w, mask) => w * mask) : parameters;
  return zip(gradient, shrunk, (g, w) => g + weightDecay * w);
}

function expectSlots(slots: readonly Float64Tensor[], count: number): readonly Float64Tensor[] {
  if (slots.length !== count) throw new RangeError(`${slots.length} slots, not ${count}`);
  return slots;
}
