import type { FilterShape, Shape4, Stride } from '../../ops.ts';
import { ShapeWord } from '../shapeWord.ts';

/** A convolution or a shortcut as the kernels are told of it: `height` and `width` are x's, `kernel` is the filter's side. */
export type ConvolutionShape = Readonly<Record<keyof typeof ShapeWord, number>>;

/** Words that a shape takes. */
export const SHAPE_WORDS = Object.values(ShapeWord).filter((word) => typeof word === 'number').length;

export function convolutionShape(
  [batch, height, width, inputs]: Shape4,
  [kernel, , , outputs]: FilterShape,
  stride: Stride,
): ConvolutionShape {
  return { batch, height, width, inputs, outputs, kernel, stride };
}

export function writeShape(words: Int32Array, shape: ConvolutionShape): void {
  for (const [name, number] of Object.entries(shape))
    words[ShapeWord[name as keyof ConvolutionShape]] = number;
}
