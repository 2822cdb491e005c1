import * as tf from '@tensorflow/tfjs-core';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { DeviceError } from './deviceError.ts';

/** Tells once if the context of tf.js's present backend, which must be WebGL, is lost: what it computes is worth nothing from then on. */
export function watchWebGl(onFailure: (error: DeviceError) => void): void {
  const { gpgpu } = tf.backend() as unknown as Pick<MathBackendWebGL, 'gpgpu'>;
  const lost = () =>
    onFailure(new DeviceError('The graphics card was taken from this page: its WebGL context was lost.'));
  gpgpu.gl.canvas.addEventListener('webglcontextlost', lost, { once: true });
}
