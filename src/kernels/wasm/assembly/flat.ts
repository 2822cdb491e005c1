/** Flat arrays: sums, running averages, and the optimisers' updates in place. */
import { shareStart } from './range';
import { FLOAT, VECTOR } from './vector';

/** y = a + b */
export function add(a: usize, b: usize, y: usize, length: i32, part: i32, parts: i32): void {
  let at = <usize>shareStart(length, part, parts) * FLOAT;
  const end = <usize>shareStart(length, part + 1, parts) * FLOAT;
  for (; at + VECTOR <= end; at += VECTOR)
    v128.store(y + at, f32x4.add(v128.load(a + at), v128.load(b + at)));
  for (; at < end; at += FLOAT) store<f32>(y + at, load<f32>(a + at) + load<f32>(b + at));
}

/** y = a * b */
export function multiply(a: usize, b: usize, y: usize, length: i32): void {
  for (let at: usize = 0, end = <usize>length * FLOAT; at < end; at += FLOAT) {
    store<f32>(y + at, load<f32>(a + at) * load<f32>(b + at));
  }
}

/** a = keep * a + share * b */
export function average(a: usize, b: usize, keep: f32, share: f32, length: i32): void {
  for (let at: usize = 0, end = <usize>length * FLOAT; at < end; at += FLOAT) {
    store<f32>(a + at, keep * load<f32>(a + at) + share * load<f32>(b + at));
  }
}

/** The gradient with the decay of weight `at`; every weight decays where there is no mask. */
function decayed(weights: usize, gradient: usize, mask: usize, decay: f32, at: usize): f32 {
  const rate: f32 = mask ? decay * load<f32>(mask + at) : decay;
  return load<f32>(gradient + at) + rate * load<f32>(weights + at);
}

/** v = momentum * v + g; w = w - rate * v */
export function sgd(
  weights: usize,
  velocity: usize,
  gradient: usize,
  mask: usize,
  length: i32,
  rate: f32,
  decay: f32,
  momentum: f32,
): void {
  for (let at: usize = 0, end = <usize>length * FLOAT; at < end; at += FLOAT) {
    const v = momentum * load<f32>(velocity + at) + decayed(weights, gradient, mask, decay, at);
    store<f32>(velocity + at, v);
    store<f32>(weights + at, load<f32>(weights + at) - rate * v);
  }
}

/** m and v the running means of g and g^2; w = w - rate * m / (sqrt(v) * rootFactor + epsilon) (Kingma and Ba 2015). */
export function adam(
  weights: usize,
  first: usize,
  second: usize,
  gradient: usize,
  mask: usize,
  length: i32,
  rate: f32,
  decay: f32,
  beta1: f64,
  beta2: f64,
  rootFactor: f32,
  epsilon: f32,
): void {
  const keep1 = <f32>beta1;
  const keep2 = <f32>beta2;
  const share1 = <f32>(1 - beta1); // of the float's own rounding, 1 - 0.999 would have 1e-5 too much
  const share2 = <f32>(1 - beta2);
  for (let at: usize = 0, end = <usize>length * FLOAT; at < end; at += FLOAT) {
    const g = decayed(weights, gradient, mask, decay, at);
    const m = keep1 * load<f32>(first + at) + share1 * g;
    const v = keep2 * load<f32>(second + at) + share2 * g * g;
    store<f32>(first + at, m);
    store<f32>(second + at, v);
    store<f32>(weights + at, load<f32>(weights + at) - (rate * m) / (sqrt<f32>(v) * rootFactor + epsilon));
  }
}

/** v the running mean of g^2; w = w - rate * g / (sqrt(v) + epsilon) */
export function rmsprop(
  weights: usize,
  second: usize,
  gradient: usize,
  mask: usize,
  length: i32,
  rate: f32,
  decay: f32,
  alpha: f64,
  epsilon: f32,
): void {
  const keep = <f32>alpha;
  const share = <f32>(1 - alpha);
  for (let at: usize = 0, end = <usize>length * FLOAT; at < end; at += FLOAT) {
    const g = decayed(weights, gradient, mask, decay, at);
    const v = keep * load<f32>(second + at) + share * g * g;
    store<f32>(second + at, v);
    store<f32>(weights + at, load<f32>(weights + at) - (rate * g) / (sqrt<f32>(v) + epsilon));
  }
}
