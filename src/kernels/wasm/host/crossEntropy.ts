import type { CrossEntropyOutput } from '../../ops.ts';

/**
 * Softmax cross-entropy on the host, in double precision: for ten classes a dozen tf.js operations cost more than the
 * arithmetic. Writes `[2]` metrics and `[N, classes]` gradients, see TrainingOps.softmaxCrossEntropy.
 */
export function softmaxCrossEntropy(
  logits: Float32Array,
  labels: Uint8Array,
  { metrics, dLogits }: CrossEntropyOutput<Float32Array>,
  smoothing = 0,
): void {
  const batch = labels.length;
  const classes = logits.length / batch;
  let loss = 0;
  let wrong = 0;
  labels.forEach((label, n) => {
    const start = n * classes;
    let largest = -Infinity;
    let winner = 0;
    for (let c = 0; c < classes; c++) {
      const logit = logits[start + c]!;
      if (!(logit > largest)) continue;
      largest = logit;
      winner = c;
    }
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(logits[start + c]! - largest);
    for (let c = 0; c < classes; c++) {
      const probability = Math.exp(logits[start + c]! - largest) / sum;
      const target = (c === label ? 1 - smoothing : 0) + smoothing / classes;
      dLogits[start + c] = (probability - target) / batch;
    }
    loss += Math.log(sum) + largest - logits[start + label]!;
    if (smoothing > 0) {
      let total = 0;
      for (let c = 0; c < classes; c++) total += logits[start + c]!;
      loss += smoothing * (logits[start + label]! - total / classes);
    }
    if (winner !== label || Number.isNaN(sum)) wrong += 1;
  });
  metrics[0] = loss / batch;
  metrics[1] = wrong / batch;
}
