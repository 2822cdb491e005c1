/** What a file of a picture says of itself in its first bytes: whether it is one, and how large, before anything decodes it. */

export interface PictureFile {
  readonly format: 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp' | 'avif';
  readonly width: number;
  readonly height: number;
  readonly isAnimated: boolean;
}

/** What is none, by why: `drawing` is SVG, `foreign` a picture that browsers do not read. */
export type NoPicture = 'empty' | 'drawing' | 'foreign' | 'unknown' | 'damaged';

/** Never throws. */
export function readPictureFile(bytes: Uint8Array): PictureFile | NoPicture {
  if (bytes.length === 0) return 'empty';
  const reader = new Reader(bytes);
  try {
    for (const read of [png, jpeg, gif, webp, bmp, isoMedia]) {
      const found = read(reader);
      if (found === null) continue;
      if (typeof found === 'object' && !(found.width > 0 && found.height > 0)) return 'damaged';
      return found;
    }
  } catch (error) {
    if (error instanceof CutShort) return 'damaged';
    throw error;
  }
  if (isTiff(reader)) return 'foreign';
  return isDrawing(reader.textStart()) ? 'drawing' : 'unknown';
}

/** SVG, behind what may stand before it: a declaration, comments, a document type. */
function isDrawing(text: string): boolean {
  let rest = text.trimStart();
  while (/^<[?!]/.test(rest)) {
    const end = rest.startsWith('<!--') ? '-->' : /^<!DOCTYPE[^>]*\[/i.test(rest) ? ']>' : '>';
    const at = rest.indexOf(end);
    if (at < 0) return false;
    rest = rest.slice(at + end.length).trimStart();
  }
  return /^<svg[\s>/]/i.test(rest);
}

class CutShort extends Error {}

class Reader {
  readonly #view: DataView;
  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  startsWith(text: string, at = 0): boolean {
    return at + text.length <= this.length && this.text(at, text.length) === text;
  }

  /** One character for each byte. */
  text(at: number, length: number): string {
    this.#mustHold(at, length);
    return String.fromCharCode(...this.bytes.subarray(at, at + length));
  }

  /** What stands first, as a text. */
  textStart(): string {
    return new TextDecoder().decode(this.bytes.subarray(0, 4096));
  }

  uint(at: number, size: 1 | 2 | 3 | 4, isLittle = false): number {
    this.#mustHold(at, size);
    let value = 0;
    for (let i = 0; i < size; i++)
      value = value * 256 + this.#view.getUint8(at + (isLittle ? size - 1 - i : i));
    return value;
  }

  #mustHold(at: number, length: number): void {
    if (at + length > this.length) throw new CutShort();
  }
}

type Read = (file: Reader) => PictureFile | NoPicture | null;

const png: Read = (file) => {
  if (!file.startsWith('\x89PNG\r\n\x1a\n')) return null;
  const [width, height] = [file.uint(16, 4), file.uint(20, 4)];
  // An animation says so before its first picture (APNG).
  let isAnimated = false;
  for (let at = 8; at + 8 <= file.length && !file.startsWith('IDAT', at + 4); at += 12 + file.uint(at, 4))
    isAnimated ||= file.startsWith('acTL', at + 4);
  return { format: 'png', width, height, isAnimated };
};

const jpeg: Read = (file) => {
  if (!file.startsWith('\xff\xd8\xff')) return null;
  for (let at = 2; ;) {
    if (file.uint(at, 1) !== 0xff) return 'damaged';
    const marker = file.uint(at + 1, 1);
    // Filling.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { format: 'jpeg', height: file.uint(at + 5, 2), width: file.uint(at + 7, 2), isAnimated: false };
    }
    // The picture begins, and nobody said how large it is.
    if (marker === 0xda || marker === 0xd9) return 'damaged';
    at += 2 + file.uint(at + 2, 2);
  }
};

const gif: Read = (file) => {
  if (!file.startsWith('GIF87a') && !file.startsWith('GIF89a')) return null;
  const [width, height] = [file.uint(6, 2, true), file.uint(8, 2, true)];
  return { format: 'gif', width, height, isAnimated: gifFrames(file) > 1 };
};

/** Pictures in a GIF, counted up to two; what is cut short after the first is none. */
function gifFrames(file: Reader): number {
  const tableOf = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const afterBlocks = (from: number) => {
    let at = from;
    for (let size = file.uint(at, 1); size > 0; size = file.uint(at, 1)) at += 1 + size;
    return at + 1;
  };
  let frames = 0;
  let at = 13 + tableOf(file.uint(10, 1));
  while (at < file.length && frames < 2) {
    const kind = file.uint(at, 1);
    if (kind === 0x21) at = afterBlocks(at + 2);
    else if (kind === 0x2c) {
      frames++;
      if (frames === 1) at = afterBlocks(at + 11 + tableOf(file.uint(at + 9, 1)));
    } else break;
  }
  return frames;
}

const webp: Read = (file) => {
  if (!file.startsWith('RIFF') || !file.startsWith('WEBP', 8)) return null;
  const found = (width: number, height: number, isAnimated = false): PictureFile => ({
    format: 'webp',
    width,
    height,
    isAnimated,
  });
  switch (file.text(12, 4)) {
    case 'VP8 ':
      return found(file.uint(26, 2, true) & 0x3fff, file.uint(28, 2, true) & 0x3fff);
    case 'VP8L': {
      const bits = file.uint(21, 4, true);
      return found((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return found(file.uint(24, 3, true) + 1, file.uint(27, 3, true) + 1, (file.uint(20, 1) & 2) !== 0);
    default:
      return 'damaged';
  }
};

const bmp: Read = (file) => {
  if (!file.startsWith('BM')) return null;
  // A text may begin with these letters: a header of a known size has to follow.
  if (file.length < 26 || ![12, 40, 52, 56, 64, 108, 124].includes(file.uint(14, 4, true))) return null;
  if (file.uint(14, 4, true) === 12)
    return {
      format: 'bmp',
      width: file.uint(18, 2, true),
      height: file.uint(20, 2, true),
      isAnimated: false,
    };
  const signed = (at: number) => Math.abs(file.uint(at, 4, true) | 0);
  return { format: 'bmp', width: signed(18), height: signed(22), isAnimated: false };
};

/** AVIF; HEIF, which shares its boxes, is read by few browsers. */
const isoMedia: Read = (file) => {
  if (!file.startsWith('ftyp', 4)) return null;
  const brand = file.text(8, 4);
  if (brand !== 'avif' && brand !== 'avis') return /^(hei|hev|mif1|msf1)/.test(brand) ? 'foreign' : 'unknown';
  const { bytes } = file;
  let [width, height] = [0, 0];
  // The largest of the pictures in it: a preview may stand before the picture itself.
  for (let at = 8; at + 16 <= Math.min(bytes.length, 1 << 16); at++) {
    if (bytes[at] !== 0x69 || !file.startsWith('ispe', at)) continue;
    width = Math.max(width, file.uint(at + 8, 4));
    height = Math.max(height, file.uint(at + 12, 4));
  }
  return { format: 'avif', width, height, isAnimated: brand === 'avis' };
};

const isTiff = (file: Reader) => file.startsWith('II*\0') || file.startsWith('MM\0*');
