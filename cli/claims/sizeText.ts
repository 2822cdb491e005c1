import { wholeNumber } from '../options.ts';
import { UsageError } from '../commandError.ts';
import type { PresetSize } from '../../src/model/presetId.ts';

/** "8x64x300": filters of the first stage, images of a batch, steps. Throws {@link UsageError}. */
export function sizeOfText(text: string): PresetSize {
  const [width, batchSize, steps, ...more] = text.split('x');
  if (!width || !batchSize || !steps || more.length > 0) {
    throw new UsageError(`--size must be filters, batch and steps, as in 8x64x300, not "${text}"`);
  }
  return {
    width: wholeNumber('size', width, 256),
    batchSize: wholeNumber('size', batchSize, 1024),
    steps: wholeNumber('size', steps, 64_000),
  };
}

export const textOfSize = ({ width, batchSize, steps }: PresetSize): string =>
  `${width}x${batchSize}x${steps}`;

/** The same, with its recipe where that is the paper's: "8x128x16000-paper". */
export const nameOfSize = (size: PresetSize): string =>
  size.recipe ? `${textOfSize(size)}-${size.recipe}` : textOfSize(size);
