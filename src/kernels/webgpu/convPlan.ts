/** Which kernel computes which convolution. */
import { canTile } from './convBlock.ts';
import { convFilterGradientRegister } from './convFilterGradient/convFilterGradientRegister.ts';
import { convFilterGradientTiled } from './convFilterGradient/convFilterGradientTiled.ts';
import { convForwardRegister } from './convForward/convForwardRegister.ts';
import { convForwardTiled } from './convForward/convForwardTiled.ts';
import { convInputGradientRegister } from './convInputGradient/convInputGradientRegister.ts';
import { convInputGradientTiled } from './convInputGradient/convInputGradientTiled.ts';
import type { ConvShape } from './convShape.ts';
import type { Kernel } from './kernel.ts';

export interface ConvPlan {
  /** Whether the invocations of a workgroup should work together: not where barriers are ruinous. */
  readonly cooperative: boolean;
  forward(shape: ConvShape, batch: number): Kernel;
  inputGradient(shape: ConvShape, batch: number): Kernel;
  /** The kernel, and how many parts its result has that are to be summed. */
  filterGradient(shape: ConvShape, batch: number): { kernel: Kernel; parts: number };
}

/** For adapters that compute on the CPU: few loads, no barriers. `quads`: whether they have them (quads.ts). */
export function softwarePlan(quads: boolean): ConvPlan {
  return {
    cooperative: false,
    // Twice the stride needs twice the columns, which compile slowly.
    forward: (shape, batch) =>
      convForwardRegister(shape, batch, { pixels: 16 / shape.stride, vectors: 2, quads }),
    inputGradient: (shape, batch) =>
      convInputGradientRegister(shape, batch, { pixels: 16, vectors: 2, quads }),
    filterGradient: (shape, batch) =>
      convFilterGradientRegister(shape, batch, {
        parts: 4 * shape.outHeight,
        pixels: quads ? 2 : 1,
        vectors: 2,
        quads,
      }),
  };
}

/** For GPUs: workgroup memory where the channels allow it, else many small invocations. */
export const hardwarePlan: ConvPlan = {
  cooperative: true,
  forward: (shape, batch) =>
    canTile(shape)
      ? convForwardTiled(shape, batch)
      : convForwardRegister(shape, batch, { pixels: 4, vectors: 1, quads: false }),
  inputGradient: (shape, batch) =>
    canTile(shape)
      ? convInputGradientTiled(shape, batch)
      : convInputGradientRegister(shape, batch, { pixels: 4, vectors: 1, quads: false }),
  filterGradient: (shape, batch) =>
    canTile(shape)
      ? convFilterGradientTiled(shape, batch)
      : convFilterGradientRegister(shape, batch, { parts: 512, pixels: 1, vectors: 1, quads: false }),
};
