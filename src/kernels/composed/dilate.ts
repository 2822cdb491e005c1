import * as tf from '@tensorflow/tfjs-core';

/** Zeros after every row and column: `[N, H, W, C]` -> `[N, 2H, 2W, C]`. */
export function dilate(x: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const columns = tf.pad(tf.reshape(x, [batch * height * width, channels]), [
    [0, 0],
    [0, channels],
  ]);
  const rows = tf.pad(tf.reshape(columns, [batch * height, 2 * width * channels]), [
    [0, 0],
    [0, 2 * width * channels],
  ]);
  return tf.reshape(rows, [batch, 2 * height, 2 * width, channels]);
}
