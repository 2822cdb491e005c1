/**
 * Whether a canvas gives back what was drawn on it. Some browsers change the pixels against tracking (Firefox with
 * resistFingerprinting, Tor, Brave): by noise, by white, or by stripes.
 */

const SIZE = 16;

/** The known pixels: opaque, and all different, so that neither rounding nor transparency changes them. RGBA. */
export function pattern(): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * SIZE * SIZE);
  for (let i = 0; i < SIZE * SIZE; i++) pixels.set([i, (i * 7) % 256, (i * 13 + 90) % 256, 255], 4 * i);
  return pixels;
}

/** Whether the pixels are the pattern's, to the last bit. */
export const isPattern = (pixels: Uint8ClampedArray): boolean => {
  const wanted = pattern();
  return pixels.length === wanted.length && wanted.every((value, i) => value === pixels[i]);
};

/** Draws the pattern and reads it back, as pixels and out of a PNG. */
export async function hasTruePixels(): Promise<boolean> {
  const context = contextOf(SIZE);
  context.putImageData(new ImageData(pattern(), SIZE, SIZE), 0, 0);
  if (!isPattern(read(context))) return false;
  const bitmap = await createImageBitmap(await pngOf(context.canvas), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  });
  const copy = contextOf(SIZE);
  copy.drawImage(bitmap, 0, 0);
  bitmap.close();
  return isPattern(read(copy));
}

const read = (context: CanvasRenderingContext2D) => context.getImageData(0, 0, SIZE, SIZE).data;

function contextOf(size: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser could not draw the picture.');
  return context;
}

/** What is on a canvas as a PNG. */
export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('This browser could not draw the picture.'));
    }, 'image/png'),
  );
}
