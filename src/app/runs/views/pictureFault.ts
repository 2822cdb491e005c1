/**
 * What is wrong with the file of a picture that came from outside, such as out of an archive; null if nothing is. It is shown as an image, where
 * browsers run nothing of it and load nothing; that it holds nothing of the kind is asked all the same, for who opens it by itself. Pure.
 */
import { MOST_PICTURE_BYTES, type PictureType } from '../../state/keptView.ts';
import { svgFault } from './svgFault.ts';

export function pictureFault(type: PictureType, file: ArrayBuffer): string | null {
  if (file.byteLength > MOST_PICTURE_BYTES) return 'it is larger than a picture of this page';
  if (type === 'image/png') return pngFault(new Uint8Array(file));
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return 'it is no text';
  }
  return svgFault(text);
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER = [0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
/** Pixels of a side, and of the whole: a small file may ask for much memory. */
const LONGEST_SIDE = 16_384;
const MOST_PIXELS = 2 ** 25;

function pngFault(bytes: Uint8Array): string | null {
  const begins = [...SIGNATURE, ...HEADER];
  if (bytes.length < 57 || begins.some((byte, i) => bytes[i] !== byte)) return 'it is no PNG';
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width < 1 || height < 1 || Math.max(width, height) > LONGEST_SIDE || width * height > MOST_PIXELS)
    return `it has ${width} by ${height} pixels`;
  return null;
}
