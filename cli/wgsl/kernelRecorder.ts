import * as tf from '@tensorflow/tfjs-core';
import type { CompileProgress, Part } from '../../src/kernels/ops.ts';
import type { Operands } from '../../src/kernels/webgpu/runtime/gpuBackend.ts';
import type { KernelRunner } from '../../src/kernels/webgpu/runtime/kernelRunner.ts';
import { checkArity } from '../../src/kernels/webgpu/wgsl/bindings.ts';
import type { Kernel } from '../../src/kernels/webgpu/wgsl/kernel.ts';
import type { Storage } from '../../src/kernels/webgpu/wgsl/storage.ts';

/** A backend of tf.js that keeps no numbers and computes nothing. */
class ShapesBackend extends tf.KernelBackend {
  override write(): tf.DataId {
    return {};
  }
  override disposeData(): boolean {
    return true;
  }
}

/** Makes tensors of shapes alone, from now on, in this process. */
export async function startShapes(): Promise<void> {
  tf.registerBackend('shapes', () => new ShapesBackend());
  await tf.setBackend('shapes');
}

/** Stands where a device would, and writes down what it is told to run. Needs {@link startShapes}. */
export class KernelRecorder implements KernelRunner {
  readonly kernels: Kernel[] = [];
  private readonly halves = new WeakSet<tf.DataId>();

  run(kernel: Kernel, operands: Operands): void {
    checkArity(kernel.label, kernel.bindings, operands);
    this.kernels.push(kernel);
  }

  empty(shape: readonly number[], storage: Storage = 'f32'): tf.Tensor {
    const dataId = tf.backend().write(new Float32Array(), [...shape], 'float32');
    if (storage === 'f16') this.halves.add(dataId);
    return tf.engine().makeTensorFromTensorInfo({ dataId, shape: [...shape], dtype: 'float32' });
  }

  storageOf({ dataId }: tf.TensorInfo): Storage {
    return this.halves.has(dataId) ? 'f16' : 'f32';
  }

  view(_: tf.Tensor, { shape }: Part): tf.Tensor {
    return this.empty(shape);
  }

  pack(_: readonly tf.Tensor[], __: readonly Part[], length: number): tf.Tensor {
    return this.empty([length]);
  }

  idle(): Promise<void> {
    return Promise.resolve();
  }

  dryRun(work: () => void): readonly Kernel[] {
    const before = this.kernels.length;
    work();
    return this.kernels.slice(before);
  }

  compileFor(work: () => void, onProgress: CompileProgress): Promise<void> {
    const { length } = this.dryRun(work);
    onProgress(length, length);
    return Promise.resolve();
  }
}
