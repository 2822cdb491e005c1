/**
 * POSIX tar (ustar), as every system can open it: headers of 512 bytes, each followed by its file, filled up to 512, and two empty blocks
 * at the end. Nothing in it is compressed, so a file takes what it says.
 */
import { ArchiveError } from './archiveError.ts';
import { archiveFaults as faults } from './enArchive.ts';

export const BLOCK = 512;
/** More entries are no archive of this page. */
const MOST_ENTRIES = 500_000;
/** Headers are read in pieces of so many bytes: small files follow each other in one. */
const PIECE = 1 << 20;
/** Bytes of a file that ustar can say. */
export const MOST_FILE = 8 ** 11 - 1;

/** A file in a tar: where its bytes begin, and how many there are. */
export interface TarEntry {
  readonly path: string;
  readonly at: number;
  readonly bytes: number;
}

const ascii = new TextEncoder();

/** The header of a file; `path` is ASCII of at most 100 characters, `when` in seconds since 1970. */
export function tarHeader(path: string, bytes: number, when: number): Uint8Array<ArrayBuffer> {
  if (path.length > 100 || bytes > MOST_FILE) throw new RangeError(`${path} does not fit into a tar`);
  const header = new Uint8Array(BLOCK);
  const put = (at: number, text: string) => header.set(ascii.encode(text), at);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  put(0, path);
  put(100, octal(0o644, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(bytes, 11));
  put(136, octal(Math.max(0, Math.floor(when)), 11));
  put(148, ' '.repeat(8));
  put(156, '0');
  put(257, 'ustar\u000000');
  put(148, `${octal(sumOf(header), 6)} `);
  return header;
}

/** What follows a file of so many bytes. */
export const padding = (bytes: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array((BLOCK - (bytes % BLOCK)) % BLOCK);

export const tarEnd = (): Uint8Array<ArrayBuffer> => new Uint8Array(2 * BLOCK);

/** Whether bytes begin like a tar. */
export const isTar = (bytes: Uint8Array): boolean => textAt(bytes, 257, 5) === 'ustar';

/**
 * The files of a tar, in their order; folders and what other programs say of a file beside it are passed over. Rejects with
 * {@link ArchiveError}: of links and devices, too, and where a path stands twice.
 */
export async function tarEntries(
  file: Blob,
  name: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TarEntry>> {
  const entries = new Map<string, TarEntry>();
  const blockAt = piecesOf(file);
  for (let at = 0; ;) {
    if (signal.aborted) throw new ArchiveError('cancelled', faults.cancelled(name));
    const header = await blockAt(at);
    if (header === null) throw new ArchiveError('damaged', faults.cutShort(name));
    if (header.every((byte) => byte === 0)) return entries;
    const { path, kind, bytes } = read(header, at, name);
    const begin = at + BLOCK;
    if (begin + bytes > file.size) throw new ArchiveError('damaged', faults.cutShort(name));
    if (kind === 'file') {
      if (entries.has(path)) throw new ArchiveError('damaged', faults.twice(name, path));
      if (entries.size === MOST_ENTRIES)
        throw new ArchiveError('tooLarge', faults.manyFiles(name, MOST_ENTRIES));
      entries.set(path, { path, at: begin, bytes });
    }
    at = begin + bytes + padding(bytes).length;
  }
}

/** 0 a file, 5 a folder, x and g what pax says of the next, L a long name of GNU tar. */
const kinds: Readonly<Record<string, 'file' | 'passed'>> = {
  '0': 'file',
  '\0': 'file',
  '5': 'passed',
  x: 'passed',
  g: 'passed',
};

function read(header: Uint8Array, at: number, name: string) {
  const damaged = (what: string) => new ArchiveError('damaged', faults.header(name, at, what));
  if (!isTar(header)) throw damaged('no header of a tar');
  const number = (from: number, length: number) => {
    const text = textAt(header, from, length).trim();
    return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : NaN;
  };
  const bytes = number(124, 12);
  const blank = header.slice();
  blank.fill(0x20, 148, 156);
  if (number(148, 8) !== sumOf(blank)) throw damaged('a sum that is another');
  if (!Number.isSafeInteger(bytes)) throw damaged('no size');
  const kind = kinds[String.fromCharCode(header[156]!)];
  if (!kind) throw damaged('a link, or another thing that is no file');
  const prefix = textAt(header, 345, 155);
  const path = `${prefix === '' ? '' : `${prefix}/`}${textAt(header, 0, 100)}`.replace(/^\.\//, '');
  // What a Mac puts beside each file.
  return { path, kind: isBeside(path) ? 'passed' : kind, bytes };
}

const isBeside = (path: string) => /(^|\/)\._[^/]*$/.test(path) || /(^|\/)\.DS_Store$/.test(path);

/** The text up to its end or a zero; one character a byte. */
function textAt(bytes: Uint8Array, from: number, length: number): string {
  const part = bytes.subarray(from, from + length);
  const end = part.indexOf(0);
  return String.fromCharCode(...(end < 0 ? part : part.subarray(0, end)));
}

const sumOf = (header: Uint8Array) => header.reduce((sum, byte) => sum + byte, 0);

/** Blocks of a file, read in pieces; null behind its end. */
function piecesOf(file: Blob): (at: number) => Promise<Uint8Array<ArrayBuffer> | null> {
  let from = 0;
  let piece = new Uint8Array(0);
  return async (at) => {
    if (at + BLOCK > file.size) return null;
    if (at < from || at + BLOCK > from + piece.length) {
      piece = new Uint8Array(await file.slice(at, Math.min(file.size, at + PIECE)).arrayBuffer());
      from = at;
    }
    return piece.slice(at - from, at - from + BLOCK);
  };
}
