/** Softmax, cross-entropy and error in float64. */
import type { CrossEntropyOutput } from '../ops.ts';
import { type Float64Tensor, over, shape2, zeros } from './tensor.ts';

/**
 * See TrainingOps.softmaxCrossEntropy. The first of equal largest logits counts as the largest; an image whose cross-entropy
 * is NaN has none, so it is an error.
 */
export function softmaxCrossEntropy(
  logits: Float64Tensor,
  labels: Uint8Array,
  smoothing = 0,
): CrossEntropyOutput<Float64Tensor> {
  const [batch, classes] = shape2(logits);
  if (labels.length !== batch) throw new RangeError(`${labels.length} labels for ${batch} rows of logits`);
  const dLogits = zeros([batch, classes]);
  let loss = 0;
  let errors = 0;
  labels.forEach((label, n) => {
    if (label >= classes) throw new RangeError(`label ${label} with ${classes} classes`);
    const row = logits.data.subarray(n * classes, (n + 1) * classes);
    const largest = Math.max(...row);
    // Without the largest taken out first, exp(1000) would be infinite.
    const exponentials = row.map((logit) => Math.exp(logit - largest));
    const sum = exponentials.reduce((total, value) => total + value, 0);
    loss += (Math.log(sum) - (row[label]! - largest)) / batch;
    if (smoothing > 0) {
      const mean = row.reduce((total, logit) => total + logit, 0) / classes;
      loss += (smoothing * (row[label]! - mean)) / batch;
    }
    if (row.indexOf(largest) !== label || Number.isNaN(sum)) errors++;
    exponentials.forEach((value, c) => {
      const target = (c === label ? 1 - smoothing : 0) + smoothing / classes;
      dLogits.data[n * classes + c] = (value / sum - target) / batch;
    });
  });
  return { metrics: over(Float64Array.of(loss, errors / batch), [2]), dLogits };
}
