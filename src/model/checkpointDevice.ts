/** What computed a checkpoint, as far as its bits depend on it: see KernelBuild. */
import * as v from 'valibot';
import { wholeFrom } from './bounds.ts';
import type { KernelBuild } from './kernelBuild.ts';

const text = v.pipe(v.string(), v.maxLength(200));

export const checkpointDeviceSchema = v.strictObject({
  backend: text,
  precision: text,
  kernels: text,
  threads: wholeFrom(1, 1e6),
  adapter: text,
});

export type CheckpointDevice = Readonly<v.InferOutput<typeof checkpointDeviceSchema>>;

/** One thing in which two devices differ; texts are empty where there is nothing to tell. */
export interface DeviceDifference {
  readonly what: keyof CheckpointDevice;
  readonly was: string | number;
  readonly is: string | number;
}

/** In what two devices differ that may make the last bits differ; empty if they compute the same. */
export function deviceDifferences(was: CheckpointDevice, is: CheckpointDevice): readonly DeviceDifference[] {
  const keys = ['backend', 'precision', 'kernels', 'threads', 'adapter'] as const;
  return keys.flatMap((what) => (was[what] === is[what] ? [] : [{ what, was: was[what], is: is[what] }]));
}

/** The same in words; null if there is nothing to say. */
export function deviceDifference(was: CheckpointDevice, is: CheckpointDevice): string | null {
  const differing = deviceDifferences(was, is);
  if (differing.length === 0) return null;
  return differing.map((one) => `${one.what} was ${one.was || 'none'} and is ${one.is || 'none'}`).join(', ');
}

/** What computes, as a checkpoint tells it. */
export const checkpointDevice = (ops: {
  readonly name: string;
  readonly build: KernelBuild;
  readonly precision: string;
}): CheckpointDevice => ({ backend: ops.name, precision: ops.precision, ...ops.build });
