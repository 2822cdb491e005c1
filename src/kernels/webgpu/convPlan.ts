/** Which kernel computes which convolution. */
import { convFilterGradientRegister, partsOf } from './convFilterGradient/convFilterGradientRegister.ts';
import { convForwardRegister } from './convForward/convForwardRegister.ts';
import { convInputGradientRegister } from './convInputGradient/convInputGradientRegister.ts';
import type { ConvShape } from './convShape.ts';
import type { Kernel } from './kernel.ts';

export interface ConvPlan {
  forward(shape: ConvShape, batch: number): Kernel;
  inputGradient(shape: ConvShape, batch: number): Kernel;
  /** The kernel, and how many parts its result has that are to be summed. */
  filterGradient(shape: ConvShape, batch: number): { kernel: Kernel; parts: number };
}

/** For adapters that compute on the CPU: few loads, no barriers. */
export const softwarePlan: ConvPlan = {
  forward: (shape, batch) =>
    convForwardRegister(shape, batch, { pixels: shape.stride === 1 ? 16 : 8, vectors: 2 }),
  inputGradient: (shape, batch) => convInputGradientRegister(shape, batch, { pixels: 16, vectors: 2 }),
  filterGradient(shape, batch) {
    const tile = { parts: 4 * shape.outHeight, vectors: 2 };
    return {
      kernel: convFilterGradientRegister(shape, batch, tile),
      parts: partsOf(shape, batch, tile),
    };
  },
};
