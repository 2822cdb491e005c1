/** The text in the bytes of a file, whatever its encoding. */
import { ImportError } from '../../../runs/codec/importError.ts';
import { fileFaults as faults } from '../enLogFaults.ts';
import { logNotes as notes } from '../enLogNotes.ts';

/** What a file is that is no text, by its first bytes (as Latin-1), and what to do with it. */
const binaries: readonly (readonly [RegExp, keyof typeof faults.binary])[] = [
  [/^PK\x03\x04/, 'archive'],
  [/^\x1f\x8b|^BZh|^\xfd7zXZ|^\x28\xb5\x2f\xfd/, 'compressed'],
  [/^SQLite format 3/, 'database'],
  [/brain\.Event:/, 'tensorboard'],
  [/^\xd0\xcf\x11\xe0/, 'oldExcel'],
  [/^\x89HDF|^\x80[\x02-\x05]|^\x93NUMPY|^PAR1/, 'arrays'],
  [/^%PDF|^\x89PNG|^\xff\xd8\xff|^GIF8/, 'picture'],
  [/^\s*<(!doctype|html|svg|\?xml)/i, 'web'],
];

export interface Decoder {
  /** What is said of the encoding; null for UTF-8. */
  readonly note: string | null;
  /** The text of the next bytes. A character whose bytes are not all there yet is kept for later. */
  readonly decode: (bytes: Uint8Array, isLast: boolean) => string;
}

/** A decoder for the file that begins with `start`. `file` stands in the messages. Throws {@link ImportError}. */
export function decoderOf(start: Uint8Array, file: string): Decoder {
  const head = String.fromCharCode(...start.subarray(0, 512));
  const binary = binaries.find(([pattern]) => pattern.test(head));
  if (binary) throw new ImportError(faults.binary[binary[1]](file));
  const encoding = encodingOf(start, head);
  if (encoding === null) throw new ImportError(faults.notText(file));
  const decoder = new TextDecoder(encoding);
  return {
    note: encoding === 'utf-8' ? null : notes.encoding(encoding.toUpperCase()),
    decode(bytes, isLast) {
      const text = decoder.decode(bytes, { stream: !isLast });
      if (text.includes('\0')) throw new ImportError(faults.notText(file));
      return text;
    },
  };
}

function encodingOf(
  start: Uint8Array,
  head: string,
): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | null {
  if (head.startsWith('\xff\xfe')) return 'utf-16le';
  if (head.startsWith('\xfe\xff')) return 'utf-16be';
  if (head.includes('\0')) {
    // Every second byte of plain text in UTF-16 is zero.
    if (/^(?:[^\0]\0){4}/.test(head)) return 'utf-16le';
    return /^(?:\0[^\0]){4}/.test(head) ? 'utf-16be' : null;
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return 'utf-8';
  } catch {
    // Bytes that are no UTF-8: of an older spreadsheet.
    return 'windows-1252';
  }
}
