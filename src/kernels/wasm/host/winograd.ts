/** Which 3x3 convolutions of stride 1 go by Winograd's minimal filtering: half of the multiplications, see assembly/winograd.ts. */
import type { ConvolutionShape } from './shape.ts';

/** Below this many channels the transforms cost what they spare. */
const LEAST_INPUTS = 16;

/** Whether a convolution can go so, and gains by it. */
export const gainsByWinograd = (shape: ConvolutionShape): boolean =>
  fits(shape) && shape.inputs >= LEAST_INPUTS && shape.inputs % 4 === 0 && shape.outputs % 4 === 0;

/** The same for its input gradient, which is a convolution from outputs to inputs. */
export const inputGradientGainsByWinograd = (shape: ConvolutionShape): boolean =>
  gainsByWinograd({ ...shape, inputs: shape.outputs, outputs: shape.inputs });

/** The same for its filter gradient. */
export const filterGradientGainsByWinograd = (shape: ConvolutionShape): boolean =>
  fits(shape) && shape.inputs % 4 === 0 && shape.outputs % 8 === 0;

const fits = ({ height, width, kernel, stride }: ConvolutionShape): boolean =>
  kernel === 3 && stride === 1 && height % 2 === 0 && width % 2 === 0;
