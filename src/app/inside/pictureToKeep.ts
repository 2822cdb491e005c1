import { pictureFault } from '../runs/views/pictureFault.ts';
import type { PictureType, ViewToKeep } from '../state/keptView.ts';

/** A picture as a file that is kept: the drawing, or its pixels where these are smaller; null where either is too large. */
export async function pictureToKeep(
  svg: string,
  /** Rejects where the browser gives no pixels. */
  pixelsOf: (svg: string) => Promise<Blob>,
): Promise<ViewToKeep['picture']> {
  const drawn = picture('image/svg+xml', new TextEncoder().encode(svg).buffer);
  const pixels = await pixelsOf(svg).then(
    async (blob) => picture('image/png', await blob.arrayBuffer()),
    () => null,
  );
  const both = [drawn, pixels].filter((one) => one !== null);
  const sound = both.filter(({ type, file }) => pictureFault(type, file) === null);
  return sound.sort((a, b) => a.file.byteLength - b.file.byteLength)[0] ?? null;
}

const picture = (type: PictureType, file: ArrayBuffer) => ({ type, file });
