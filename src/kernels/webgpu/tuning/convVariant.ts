/** The ways to compute a convolution and its gradients on a GPU, of which the autotune chooses. */
import { canTile } from '../conv/convBlock.ts';
import { convFilterGradientRegister } from '../conv/convFilterGradientRegister.ts';
import { convFilterGradientTiled } from '../conv/convFilterGradientTiled.ts';
import { convForwardRegister } from '../conv/convForwardRegister.ts';
import { convForwardTiled } from '../conv/convForwardTiled.ts';
import { convInputGradientRegister } from '../conv/convInputGradientRegister.ts';
import { convInputGradientTiled } from '../conv/convInputGradientTiled.ts';
import { type ConvShape, labelOf } from '../conv/convShape.ts';
import { type Kernel, WORKGROUP_SIZE } from '../wgsl/kernel.ts';
import type { RegisterTile } from '../conv/registerTile.ts';

export type ConvRole = 'forward' | 'inputGradient' | 'filterGradient';

/** A kernel, and how many parts its result has that are to be summed. */
export interface ConvWork {
  readonly kernel: Kernel;
  readonly parts: number;
}

/** One way to compute one of the three. */
export interface ConvVariant {
  /** Unique in its role; choices are remembered by it. */
  readonly name: string;
  readonly fits: (shape: ConvShape) => boolean;
  readonly work: (shape: ConvShape, batch: number) => ConvWork;
}

/** The variants of a role, the favourite first. The last fits every shape. */
export type ConvVariants = Readonly<Record<ConvRole, readonly [...ConvVariant[], ConvVariant]>>;

/** Those that fit. Without a measurement the first is used. */
export function variantsFor(
  variants: ConvVariants,
  role: ConvRole,
  shape: ConvShape,
): readonly [ConvVariant, ...ConvVariant[]] {
  const [first, ...others] = variants[role].filter(({ fits }) => fits(shape));
  if (!first) throw new RangeError(`No variant of the ${role} fits ${labelOf(shape)}.`);
  return [first, ...others];
}

/**
 * Raise it when a variant's source or a name changes: choices that were made of other kernels are then measured anew. A test
 * knows when.
 */
export const VARIANTS_VERSION = 2;

type MakeKernel = (shape: ConvShape, batch: number) => Kernel;

const whole =
  (make: MakeKernel): ConvVariant['work'] =>
  (shape, batch) => ({ kernel: make(shape, batch), parts: 1 });

const always = () => true;
const tiled = (work: ConvVariant['work']): ConvVariant => ({ name: 'tiled', fits: canTile, work });

/** Small invocations, as many as there are: a GPU hides loads behind others. */
function registers(
  make: (shape: ConvShape, batch: number, tile: RegisterTile) => Kernel,
  pixels: number,
  vectors: number,
): ConvVariant {
  const tile = { pixels, vectors, quads: false, uniformSizes: false };
  return {
    name: `registers ${pixels} x ${vectors}`,
    fits: always,
    work: whole((shape, batch) => make(shape, batch, tile)),
  };
}

function filterRegisters(vectors: number, parts: number): ConvVariant {
  const tile = { parts, vectors, workgroup: WORKGROUP_SIZE, quads: false, uniformSizes: false };
  return {
    name: `registers x ${vectors}, ${parts} parts`,
    fits: always,
    work: (shape, batch) => convFilterGradientRegister(shape, batch, tile),
  };
}

/** For real GPUs. The suites pass on an H100 (docs/decisions/2026-11-27-first-gpu.md). */
export const gpuVariants: ConvVariants = {
  forward: [
    tiled(whole(convForwardTiled)),
    registers(convForwardRegister, 4, 1),
    registers(convForwardRegister, 4, 2),
    registers(convForwardRegister, 8, 1),
  ],
  inputGradient: [
    tiled(whole(convInputGradientTiled)),
    registers(convInputGradientRegister, 4, 1),
    registers(convInputGradientRegister, 4, 2),
    registers(convInputGradientRegister, 8, 1),
  ],
  filterGradient: [
    tiled(convFilterGradientTiled),
    filterRegisters(1, 512),
    filterRegisters(1, 128),
    filterRegisters(2, 512),
  ],
};
