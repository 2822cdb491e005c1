import type { Tensor } from '@tensorflow/tfjs-core';
import type { FilterShape, Shape4, Stride, TrainingOps } from '../../src/kernels/ops.ts';
import { createRandom } from '../../src/model/random.ts';
import { median } from '../../src/model/median.ts';

export interface KernelSpeed {
  readonly label: string;
  readonly value: number;
  readonly unit: 'GFLOP/s' | 'GB/s';
  /** Smallest and largest of the repetitions. */
  readonly spread: readonly [number, number];
}

/** Convolutions of a ResNet-20: [size, in, out, kernel, stride]. */
const CONVOLUTIONS = [
  [32, 3, 16, 3, 1],
  [32, 16, 16, 3, 1],
  [32, 16, 32, 3, 2],
  [16, 32, 32, 3, 1],
  [8, 64, 64, 3, 1],
  [32, 16, 32, 1, 2],
] as const satisfies readonly (readonly [number, number, number, number, Stride])[];

const REPETITIONS = 5;

/** Each kernel alone, for `seconds` a kernel. */
export async function measureKernels(
  ops: TrainingOps<Tensor>,
  batch: number,
  seconds: number,
): Promise<KernelSpeed[]> {
  const random = createRandom('kernels');
  const fill = (...shape: number[]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return ops.upload(
      Float32Array.from({ length: size }, () => random.normal()),
      shape,
    );
  };
  const speeds: KernelSpeed[] = [];
  const measure = async (label: string, unit: KernelSpeed['unit'], amount: number, run: () => Tensor[]) => {
    await ops.prepare?.(() => run().forEach((tensor) => ops.dispose(tensor)));
    const perSecond = await repeat(ops, run, seconds);
    const values = perSecond.map((times) => (times * amount) / 1e9).sort((a, b) => a - b);
    speeds.push({ label, unit, value: median(values), spread: [values[0]!, values.at(-1)!] });
  };

  for (const [size, inputs, outputs, kernel, stride] of CONVOLUTIONS) {
    const filterShape: FilterShape = [kernel, kernel, inputs, outputs];
    const inputShape: Shape4 = [batch, size, size, inputs];
    const side = size / stride;
    const x = fill(...inputShape);
    const filter = fill(...filterShape);
    const dy = fill(batch, side, side, outputs);
    const name = `${kernel}x${kernel}, ${inputs} to ${outputs} at ${size}x${size}${stride === 2 ? ', stride 2' : ''}`;
    // A multiply-add is two operations.
    const flops = 2 * batch * side * side * outputs * inputs * kernel * kernel;
    const convolution = (kind: string, run: () => Tensor) =>
      measure(`${kind} ${name}`, 'GFLOP/s', flops, () => [run()]);
    await convolution('convolution', () => ops.conv2d(x, filter, stride));
    // The images' own gradient is never asked for.
    if (inputs !== 3) {
      await convolution('input gradient', () => ops.conv2dInputGradient(dy, filter, stride, inputShape));
    }
    await convolution('filter gradient', () => ops.conv2dFilterGradient(x, dy, stride, filterShape));
    [x, filter, dy].forEach((tensor) => ops.dispose(tensor));
  }

  const x = fill(batch, 32, 32, 16);
  const affine = fill(2, 16);
  const norm = ops.batchNorm(x, affine, null, true);
  const bytes = 4 * x.size;
  // Two passes over x and one over y; then two over dy, y and x and one over dx: what has to be moved at least.
  await measure('batch norm and ReLU, 16 at 32x32', 'GB/s', 3 * bytes, () => {
    const { y, moments } = ops.batchNorm(x, affine, null, true);
    return [y, moments];
  });
  await measure('its gradient', 'GB/s', 7 * bytes, () => {
    const { dx, dAffine } = ops.batchNormGradient(x, norm.y, x, affine, norm.moments, false, true);
    return [dx, dAffine];
  });
  [x, affine, norm.y, norm.moments].forEach((tensor) => ops.dispose(tensor));
  return speeds;
}

/** Runs a second, several times over. */
async function repeat(ops: TrainingOps<Tensor>, run: () => Tensor[], seconds: number): Promise<number[]> {
  const time = async (count: number) => {
    await ops.synchronise();
    const begun = performance.now();
    for (let i = 0; i < count; i++) run().forEach((tensor) => ops.dispose(tensor));
    await ops.synchronise();
    return (performance.now() - begun) / 1000;
  };
  await time(1);
  const once = (await time(2)) / 2;
  const count = Math.max(1, Math.round(seconds / REPETITIONS / once));
  const perSecond: number[] = [];
  for (let i = 0; i < REPETITIONS; i++) perSecond.push(count / (await time(count)));
  return perSecond;
}
