/** Softmax cross-entropy with its gradient, and the error. */
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';

/** Bits of a float32. */
const ABSOLUTE = '0x7fffffffu';
const INFINITE = '0x7f800000u';
const MINUS_INFINITE = '0xff800000u';
const NOT_A_NUMBER = '0x7fc00000u';

/** For each image its cross-entropy (nats), whether it is classified wrongly (0 or 1), and the mean's gradient. */
export function crossEntropy(batch: number, classes: number, smoothing = 0): Kernel {
  const isSmoothed = smoothing > 0;
  // Without smoothing the kernel is what it was without the word: test losses, and every number of before, are the same bits.
  const [off, on] = isSmoothed ? [smoothing / classes, 1 - smoothing + smoothing / classes] : ['0.0', '1.0'];
  return {
    label: `cross-entropy, ${classes} classes${isSmoothed ? `, smoothing ${smoothing}` : ''}`,
    bindings: {
      outputs: [
        binding('dLogits', 'f32', '[N, classes]'),
        binding('ofImage', 'vec2f', '[N]: cross-entropy, wrong'),
      ],
      inputs: [binding('logits', 'f32', '[N, classes]'), binding('labels', 'f32', '[N]: class numbers')],
    },
    wgsl: () => `
${FLAT_MAIN}
  let images = i32(arrayLength(&labels));
  if (index >= images) { return; }
  let row = index * ${classes};
  let label = i32(labels[index]);
  var best = 0;
  for (var k = 1; k < ${classes}; k++) {
    if (logits[row + k] > logits[row + best]) { best = k; }
  }
  // Exponents of differences from the largest logit cannot overflow.
  let largest = logits[row + best];
  var sum = 0.0;
  // WGSL need not keep NaN, and SwiftShader's exp does not: a diverged net has to be seen by its bits.
  var wild = select(0u, ${NOT_A_NUMBER}, bitcast<u32>(largest) == ${MINUS_INFINITE});
  for (var k = 0; k < ${classes}; k++) {
    let logit = logits[row + k];
    sum = sum + exp(logit - largest);
    let bits = bitcast<u32>(logit);
    if ((bits & ${ABSOLUTE}) >= ${INFINITE} && bits != ${MINUS_INFINITE}) { wild = bits | ${NOT_A_NUMBER}; }
  }
  for (var k = 0; k < ${classes}; k++) {
    let share = exp(logits[row + k] - largest) / sum;
    let gradient = (share - select(${off}, ${on}, k == label)) / f32(images);
    dLogits[row + k] = select(gradient, bitcast<f32>(wild), wild != 0);
  }
  ${isSmoothed ? 'var' : 'let'} loss = log(sum) - (logits[row + label] - largest);${
    isSmoothed
      ? `
  var total = 0.0;
  for (var k = 0; k < ${classes}; k++) { total = total + (logits[row + k] - largest); }
  loss = loss + ${smoothing} * (logits[row + label] - largest - total / ${classes});`
      : ''
  }
  ofImage[index] = vec2f(select(loss, bitcast<f32>(wild), wild != 0), select(0.0, 1.0, best != label || wild != 0));
}`,
    workgroups: flatGrid(batch),
  };
}

/** The means over the images. */
export function meanMetrics(): Kernel {
  return {
    label: 'mean metrics',
    bindings: {
      outputs: [binding('metrics', 'f32', '[2]: cross-entropy, error')],
      inputs: [binding('ofImage', 'f32', '[N, 2]')],
    },
    wgsl: () => `
${FLAT_MAIN}
  if (index >= 2) { return; }
  let count = i32(arrayLength(&ofImage));
  var sum = 0.0;
  for (var at = index; at < count; at += 2) {
    sum = sum + ofImage[at];
  }
  metrics[index] = sum / f32(count / 2);
}`,
    workgroups: [1, 1],
  };
}
