/** The optimisers' updates of flat tensors, each one kernel, in place. Formulas: TrainingOps. */
import { binding } from '../wgsl/bindings.ts';
import { ADAM_BETAS, OPTIMIZER_EPSILON, RMSPROP_ALPHA } from '../../../model/optimizerConstants.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { typeOf, widthOf } from '../wgsl/wgsl.ts';

export type OptimizerName = 'sgd' | 'adam' | 'rmsprop';

/** Uniforms of an update, in the order of the WGSL struct. */
export interface UpdateUniforms {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly momentum: number;
  /** Adam: 1 / (1 - beta1^step) and 1 / sqrt(1 - beta2^step); others: unused. */
  readonly firstCorrection?: number;
  readonly secondCorrection?: number;
}

const [BETA1, BETA2] = ADAM_BETAS;

/** The factors by which Adam's moments, which begin at zero, are too small after `step` updates, inverted. */
export function adamCorrections(
  step: number,
): Required<Pick<UpdateUniforms, 'firstCorrection' | 'secondCorrection'>> {
  return {
    firstCorrection: 1 / (1 - BETA1 ** step),
    secondCorrection: 1 / Math.sqrt(1 - BETA2 ** step),
  };
}

/** The numbers as the kernel reads them. */
export function packUniforms(uniforms: UpdateUniforms): Float32Array<ArrayBuffer> {
  const { learningRate, weightDecay, momentum, firstCorrection = 1, secondCorrection = 1 } = uniforms;
  return Float32Array.of(learningRate, weightDecay, momentum, firstCorrection, secondCorrection, 0, 0, 0);
}

/** Given g, the gradient with weight decay, and `at`: changes the slots, and sets `change`, what the weights lose. */
const UPDATES: Readonly<Record<OptimizerName, { slots: number; wgsl: string }>> = {
  sgd: {
    slots: 1,
    wgsl: `
  let velocity = hyper.momentum * slot0[index] + g;
  slot0[index] = velocity;
  let change = hyper.learningRate * velocity;`,
  },
  adam: {
    slots: 2,
    wgsl: `
  let first = ${BETA1} * slot0[index] + ${1 - BETA1} * g;
  let second = ${BETA2} * slot1[index] + ${1 - BETA2} * g * g;
  slot0[index] = first;
  slot1[index] = second;
  let change = hyper.learningRate * hyper.firstCorrection * first / (sqrt(second) * hyper.secondCorrection + ${OPTIMIZER_EPSILON});`,
  },
  rmsprop: {
    slots: 1,
    wgsl: `
  let second = ${RMSPROP_ALPHA} * slot0[index] + ${1 - RMSPROP_ALPHA} * g * g;
  slot0[index] = second;
  let change = hyper.learningRate * g / (sqrt(second) + ${OPTIMIZER_EPSILON});`,
  },
};

export function optimizerUpdate(name: OptimizerName, masked: boolean, length: number): Kernel {
  const { slots, wgsl } = UPDATES[name];
  const width = widthOf(length);
  const type = typeOf(width);
  const slotBindings = Array.from({ length: slots }, (_, i) =>
    binding(`slot${i}`, type, '[length]: velocity or moment'),
  );
  return {
    label: `${name}, width ${width}${masked ? ', masked' : ''}`,
    bindings: {
      outputs: [binding('parameters', type, '[length]'), ...slotBindings],
      inputs: [
        binding('gradient', type, '[length]'),
        ...(masked ? [binding('decayMask', type, '[length]: 1 where weights decay, else 0')] : []),
      ],
      uniforms: binding('hyper', 'Hyper', 'what a step is taken with'),
    },
    wgsl: () => `
struct Hyper {
  learningRate: f32,
  weightDecay: f32,
  momentum: f32,
  firstCorrection: f32,
  secondCorrection: f32,
}
${FLAT_MAIN}
  if (index >= i32(arrayLength(&parameters))) { return; }
  let g = gradient[index] + hyper.weightDecay * ${masked ? 'decayMask[index] * ' : ''}parameters[index];
  ${wgsl}
  parameters[index] = parameters[index] - change;
}`,
    workgroups: flatGrid(length / width),
  };
}
