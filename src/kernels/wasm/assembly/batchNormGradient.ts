/**
 * Batch norm backward. With g = dy where y > 0 (all of dy without ReLU) and h = (x - mean) / deviation, the shift's
 * gradient is sum(g), the scale's sum(g * h), and dx = scale / deviation * (g - mean(g) - h * mean(g * h)) (Ioffe and Szegedy 2015,
 * section 3). Maps are `[rows, channels]`; channels are done four at a time, those that are left over one by one.
 */
import { partialsBytes } from './moments';
import { chunkRows, scratchBytes, shareStart } from './range';
import { DOUBLE, FLOAT, VECTOR, vectorsOf } from './vector';

/** Bytes of scratch of the kernels here: all parts' partials, then the constants of `batchNormInputGradient`. */
export function batchNormGradientScratch(channels: i32, parts: i32): f64 {
  return scratchBytes(partialsBytes(channels, parts) + 4 * <usize>channels * FLOAT, 0, 0);
}

/** g: dy where y > 0; all of it where there is no y. */
function passed(dy: usize, y: usize, at: usize): v128 {
  const gradient = v128.load(dy + at);
  return y ? v128.and(gradient, f32x4.gt(v128.load(y + at), f32x4.splat(0))) : gradient;
}

/** The same of one float. */
function passedOne(dy: usize, y: usize, at: usize): f32 {
  return y && !(load<f32>(y + at) > 0) ? 0 : load<f32>(dy + at);
}

/**
 * Each part's sums of g and of g * (x - mean) over its rows, into its `[2, channels]` doubles of partials. y is 0 without ReLU;
 * g is kept in `kept` unless that is 0.
 */
export function batchNormGradientSums(
  dy: usize,
  y: usize,
  x: usize,
  moments: usize,
  kept: usize,
  scratch: usize,
  rows: i32,
  channels: i32,
  part: i32,
  parts: i32,
): void {
  const rowBytes = <usize>channels * FLOAT;
  const sums = scratch + partialsBytes(channels, part);
  const products = sums + <usize>channels * DOUBLE;
  memory.fill(sums, 0, partialsBytes(channels, 1));
  const end = shareStart(rows, part + 1, parts);
  for (let row = shareStart(rows, part, parts); row < end;) {
    const chunk = min(chunkRows(channels), end - row);
    const first = <usize>row * rowBytes;
    const last = first + <usize>chunk * rowBytes;
    let c: usize = 0;
    for (const end = vectorsOf(rowBytes); c < end; c += VECTOR) {
      const mean = v128.load(moments + c);
      let sum = f32x4.splat(0);
      let product = sum;
      for (let at = first + c; at < last; at += rowBytes) {
        const g = passed(dy, y, at);
        if (kept) v128.store(kept + at, g);
        sum = f32x4.add(sum, g);
        product = f32x4.add(product, f32x4.mul(g, f32x4.sub(v128.load(x + at), mean)));
      }
      addToDoubles(sums + 2 * c, sum);
      addToDoubles(products + 2 * c, product);
    }
    for (; c < rowBytes; c += FLOAT) {
      const mean = load<f32>(moments + c);
      let sum = load<f64>(sums + 2 * c);
      let product = load<f64>(products + 2 * c);
      for (let at = first + c; at < last; at += rowBytes) {
        const g = passedOne(dy, y, at);
        if (kept) store<f32>(kept + at, g);
        sum += <f64>g;
        product += <f64>(g * (load<f32>(x + at) - mean));
      }
      store<f64>(sums + 2 * c, sum);
      store<f64>(products + 2 * c, product);
    }
    row += chunk;
  }
}

function addToDoubles(at: usize, values: v128): void {
  v128.store(at, f64x2.add(v128.load(at), f64x2.promote_low_f32x4(values)));
  const high = i64x2.shuffle(values, values, 1, 1);
  v128.store(at, f64x2.add(v128.load(at, VECTOR), f64x2.promote_low_f32x4(high)), VECTOR);
}

/**
 * The parts' sums -> dAffine `[2, channels]`, and the constants of `batchNormInputGradient`: the mean, and the factors of g, of
 * x - mean, and of 1 in dx, `[4, channels]`.
 */
export function finishBatchNormGradient(
  scratch: usize,
  affine: usize,
  moments: usize,
  dAffine: usize,
  rows: i32,
  channels: i32,
  epsilon: f64,
  parts: i32,
): void {
  const constants = scratch + partialsBytes(channels, parts);
  const row = <usize>channels * FLOAT;
  for (let channel = 0; channel < channels; channel++) {
    let sum: f64 = 0;
    let product: f64 = 0;
    for (let part = 0; part < parts; part++) {
      const sums = scratch + partialsBytes(channels, part) + <usize>channel * DOUBLE;
      sum += load<f64>(sums);
      product += load<f64>(sums + <usize>channels * DOUBLE);
    }
    const c = <usize>channel * FLOAT;
    const inverse = 1 / Math.sqrt(<f64>load<f32>(moments + row + c) + epsilon);
    const factor = load<f32>(affine + c) * inverse;
    store<f32>(dAffine + c, <f32>(product * inverse));
    store<f32>(dAffine + row + c, <f32>sum);
    store<f32>(constants + c, load<f32>(moments + c));
    store<f32>(constants + row + c, <f32>factor);
    store<f32>(constants + 2 * row + c, <f32>((-factor * inverse * inverse * product) / rows));
    store<f32>(constants + 3 * row + c, <f32>((-factor * sum) / rows));
  }
}

/** dx, from the constants that finishBatchNormGradient left in `scratch`. y is 0 where dy is already g. */
export function batchNormInputGradient(
  dy: usize,
  y: usize,
  x: usize,
  dx: usize,
  scratch: usize,
  rows: i32,
  channels: i32,
  part: i32,
  parts: i32,
): void {
  const constants = scratch + partialsBytes(channels, parts);
  const rowBytes = <usize>channels * FLOAT;
  const end = shareStart(rows, part + 1, parts);
  for (let row = shareStart(rows, part, parts); row < end;) {
    const chunk = min(chunkRows(channels), end - row);
    const first = <usize>row * rowBytes;
    const last = first + <usize>chunk * rowBytes;
    let c: usize = 0;
    for (const end = vectorsOf(rowBytes); c < end; c += VECTOR) {
      const mean = v128.load(constants + c);
      const ofG = v128.load(constants + rowBytes + c);
      const ofX = v128.load(constants + 2 * rowBytes + c);
      const ofOne = v128.load(constants + 3 * rowBytes + c);
      for (let at = first + c; at < last; at += rowBytes) {
        const fromX = f32x4.mul(f32x4.sub(v128.load(x + at), mean), ofX);
        const fromG = f32x4.mul(passed(dy, y, at), ofG);
        v128.store(dx + at, f32x4.add(f32x4.add(fromG, fromX), ofOne));
      }
    }
    for (; c < rowBytes; c += FLOAT) {
      const mean = load<f32>(constants + c);
      const ofG = load<f32>(constants + rowBytes + c);
      const ofX = load<f32>(constants + 2 * rowBytes + c);
      const ofOne = load<f32>(constants + 3 * rowBytes + c);
      for (let at = first + c; at < last; at += rowBytes) {
        store<f32>(dx + at, passedOne(dy, y, at) * ofG + (load<f32>(x + at) - mean) * ofX + ofOne);
      }
    }
    row += chunk;
  }
}

/**
 * The same where the moments are given numbers: dx = factor * g, with the constants of `normalise`, of which only the factor is read.
 * y is 0 without ReLU; g is kept in `kept` unless that is 0.
 */
export function batchNormInferenceGradient(
  dy: usize,
  y: usize,
  kept: usize,
  dx: usize,
  constants: usize,
  rows: i32,
  channels: i32,
  part: i32,
  parts: i32,
): void {
  const rowBytes = <usize>channels * FLOAT;
  const end = shareStart(rows, part + 1, parts);
  for (let row = shareStart(rows, part, parts); row < end;) {
    const chunk = min(chunkRows(channels), end - row);
    const first = <usize>row * rowBytes;
    const last = first + <usize>chunk * rowBytes;
    let c: usize = 0;
    for (const end = vectorsOf(rowBytes); c < end; c += VECTOR) {
      const factor = v128.load(constants + rowBytes + c);
      for (let at = first + c; at < last; at += rowBytes) {
        const g = passed(dy, y, at);
        if (kept) v128.store(kept + at, g);
        v128.store(dx + at, f32x4.mul(g, factor));
      }
    }
    for (; c < rowBytes; c += FLOAT) {
      const factor = load<f32>(constants + rowBytes + c);
      for (let at = first + c; at < last; at += rowBytes) {
        const g = passedOne(dy, y, at);
        if (kept) store<f32>(kept + at, g);
        store<f32>(dx + at, g * factor);
      }
    }
    row += chunk;
  }
}
