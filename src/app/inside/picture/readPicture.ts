/** A person's picture becomes one that nets can answer: the middle square of it, 32 x 32. Everything happens in this page. */
import { IMAGE_SIDE } from '../../../model/dataset.ts';
import type { OwnImage } from '../../../protocol/inside.ts';
import { hasTruePixels } from '../../ui/truePixels.ts';
import { picture as words } from './enPicture.ts';
import { readPictureFile } from './pictureFile.ts';
import { shrink } from './shrink.ts';

/** Of a file; photographs have less. */
export const MOST_BYTES = 40_000_000;
/** Of a picture: decoded, it takes four bytes each. */
export const MOST_PIXELS = 64_000_000;
/** The square that is averaged has this side at most: a larger one is first drawn so small by the browser. */
const MOST_SIDE = 1024;

/** It cannot be taken; says why, for who brought it. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
}

/** Rejects with a PictureError if it is no picture, or none that can be taken. */
export async function readPicture(file: Blob, name: string): Promise<OwnImage> {
  if (file.size > MOST_BYTES) throw new PictureError(words.tooManyBytes(name, file.size, MOST_BYTES));
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new PictureError(words.unread(name), { cause });
  }
  const found = readPictureFile(bytes);
  if (typeof found === 'string') throw new PictureError(words.noPicture[found](name));
  const { width, height, isAnimated } = found;
  if (isAnimated) throw new PictureError(words.animated(name));
  if (width * height > MOST_PIXELS)
    throw new PictureError(words.tooManyPixels(name, width, height, MOST_PIXELS));
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch (cause) {
    throw new PictureError(words.undecoded(name, found.format.toUpperCase()), { cause });
  }
  try {
    return await squareOf(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/** The middle square of what can be drawn, uint8 `[32, 32, 3]`. Rejects with a PictureError if the browser gives no true pixels. */
export async function squareOf(source: CanvasImageSource, width: number, height: number): Promise<OwnImage> {
  if (!(await hasTruePixels())) throw new PictureError(words.noPixels);
  const side = Math.min(width, height);
  const drawn = Math.min(MOST_SIDE, Math.max(IMAGE_SIDE, Math.round(side)));
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = drawn;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new PictureError(words.noPixels);
  // What is transparent lies on white.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, drawn, drawn);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, (width - side) / 2, (height - side) / 2, side, side, 0, 0, drawn, drawn);
  return shrink(context.getImageData(0, 0, drawn, drawn).data, drawn, IMAGE_SIDE);
}
