import { encode } from 'uqr';

/** A code as the path of an SVG whose unit is a module. */
export interface QrCode {
  /** Modules in a row, without the quiet edge. */
  readonly size: number;
  readonly path: string;
}

/** More bytes make modules that a camera at the back of a room does not see. */
const MOST_BYTES = 450;

/** A text as a QR code; null where it is too long for one. */
export function qrCode(content: string): QrCode | null {
  if (new TextEncoder().encode(content).length > MOST_BYTES) return null;
  const { data, size } = encode(content, { ecc: 'L', boostEcc: true, border: 0 });
  let path = '';
  data.forEach((row, y) => {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      path += `M${from} ${y}h${x + 1 - from}v1h${from - x - 1}z`;
    }
  });
  return { size, path };
}
