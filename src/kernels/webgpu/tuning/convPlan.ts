/** Which kernel computes which convolution. */
import { convFilterGradientRegister } from '../conv/convFilterGradientRegister.ts';
import { convForwardRegister } from '../conv/convForwardRegister.ts';
import { convInputGradientRegister } from '../conv/convInputGradientRegister.ts';
import type { Stride } from '../../ops.ts';
import type { ConvShape } from '../conv/convShape.ts';
import { type ConvRole, type ConvWork, gpuVariants, variantsFor } from './convVariant.ts';

export interface ConvPlan {
  /** Whether the invocations of a workgroup should work together: not where barriers are ruinous. */
  readonly cooperative: boolean;
  work(role: ConvRole, shape: ConvShape, batch: number): ConvWork;
  /**
   * Measures what there is to choose between for the convolutions that `dryRun` asks for. Called before the first step, and
   * not while others run; a plan without it is fixed.
   */
  tune?(dryRun: () => void): Promise<void>;
}

/**
 * For adapters that compute on the CPU: few loads, few pipelines, no barriers. Nothing is measured on the device, where it
 * would take seconds. `quads`: whether the adapter has them (quads.ts).
 */
export function softwarePlan(quads: boolean): ConvPlan {
  const tile = { pixels: 8, vectors: 2, quads, uniformSizes: true };
  // Stride 2 reads twice as much for each pixel, and there is little of it: smaller tiles, which compile sooner.
  const forwardTile = (stride: Stride) => ({ ...tile, pixels: 8 / stride });
  return {
    cooperative: false,
    work(role, shape, batch) {
      switch (role) {
        case 'forward':
          return { kernel: convForwardRegister(shape, batch, forwardTile(shape.stride)), parts: 1 };
        case 'inputGradient':
          return { kernel: convInputGradientRegister(shape, batch, tile), parts: 1 };
        case 'filterGradient':
          return convFilterGradientRegister(shape, batch, {
            parts: partsOf(shape),
            vectors: 2,
            workgroup: 16,
            quads,
            uniformSizes: true,
          });
      }
    },
  };
}

/** Numbers that the parts of a filter's gradient have together, at most, on software adapters: scratch memory. */
const MAX_PARTIAL_SUMS = 3 * 2 ** 17;

function partsOf({ kernel, inChannels, outChannels }: ConvShape): number {
  const size = kernel * kernel * inChannels * outChannels;
  return Math.max(1, Math.min(32, Math.floor(MAX_PARTIAL_SUMS / size)));
}

/** For GPUs when nothing is measured: the first variant that fits. */
export const hardwarePlan: ConvPlan = {
  cooperative: true,
  work: (role, shape, batch) => variantsFor(gpuVariants, role, shape)[0].work(shape, batch),
};
