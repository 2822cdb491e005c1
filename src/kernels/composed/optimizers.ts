/** Optimiser updates on flat tensors, from stock tf.js operations. */
import * as tf from '@tensorflow/tfjs-core';
import { ADAM_BETAS, OPTIMIZER_EPSILON, RMSPROP_ALPHA } from '../../model/optimizerConstants.ts';
import type { OptimizerHyperparameters, OptimizerState } from '../ops.ts';

type State = OptimizerState<tf.Tensor>;

const [BETA1, BETA2] = ADAM_BETAS;

export function sgd(
  state: State,
  gradient: tf.Tensor,
  mask: tf.Tensor | null,
  hyper: OptimizerHyperparameters,
): State {
  return replacing(state, ([velocity]) => {
    const g = decayed(gradient, state.parameters, mask, hyper.weightDecay);
    const v = hyper.momentum === 0 ? tf.clone(g) : tf.add(tf.mul(velocity!, hyper.momentum), g);
    return { parameters: tf.sub(state.parameters, tf.mul(v, hyper.learningRate)), slots: [v] };
  });
}

export function adam(
  state: State,
  gradient: tf.Tensor,
  mask: tf.Tensor | null,
  hyper: OptimizerHyperparameters,
  step: number,
): State {
  return replacing(state, ([first, second]) => {
    const g = decayed(gradient, state.parameters, mask, hyper.weightDecay);
    const m = blend(first!, g, BETA1);
    const v = blend(second!, tf.square(g), BETA2);
    const root = tf.add(tf.mul(tf.sqrt(v), 1 / Math.sqrt(1 - BETA2 ** step)), OPTIMIZER_EPSILON);
    const change = tf.div(tf.mul(m, hyper.learningRate / (1 - BETA1 ** step)), root);
    return { parameters: tf.sub(state.parameters, change), slots: [m, v] };
  });
}

export function rmsprop(
  state: State,
  gradient: tf.Tensor,
  mask: tf.Tensor | null,
  hyper: OptimizerHyperparameters,
): State {
  return replacing(state, ([second]) => {
    const g = decayed(gradient, state.parameters, mask, hyper.weightDecay);
    const v = blend(second!, tf.square(g), RMSPROP_ALPHA);
    const change = tf.div(tf.mul(g, hyper.learningRate), tf.add(tf.sqrt(v), OPTIMIZER_EPSILON));
    return { parameters: tf.sub(state.parameters, change), slots: [v] };
  });
}

function decayed(g: tf.Tensor, w: tf.Tensor, mask: tf.Tensor | null, decay: number): tf.Tensor {
  if (decay === 0) return g;
  return tf.add(g, tf.mul(mask ? tf.mul(w, mask) : w, decay));
}

const blend = (old: tf.Tensor, now: tf.Tensor, keep: number) =>
  tf.add(tf.mul(old, keep), tf.mul(now, 1 - keep));

function replacing(state: State, update: (slots: readonly tf.Tensor[]) => State): State {
  let next: State | undefined;
  tf.tidy(() => {
    next = update(state.slots);
    return [next.parameters, ...next.slots];
  });
  tf.dispose([state.parameters, ...state.slots]);
  return next!;
}
