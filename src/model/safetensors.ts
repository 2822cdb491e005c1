/**
 * The safetensors format (https://huggingface.co/docs/safetensors): eight bytes of header length, a JSON header, the
 * tensors' bytes, which follow each other without holes. Written as float32; half, bfloat and double are read, too.
 */
import { floatsFrom, isFloatKind, type FloatKind } from './floatKinds.ts';

export interface HostTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A tensor as a file holds it: its bytes lie at `from` to `to` behind the header. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** What a file holds, before its numbers are looked at. */
export interface StoredTensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Where the tensors' bytes begin in the file. */
  readonly begin: number;
  /** The texts of its `__metadata__`. */
  readonly metadata: ReadonlyMap<string, string>;
}

export type WeightsFault =
  /** No safetensors, or not what its own header says. */
  | 'damaged'
  /** Beyond {@link MOST_FILE_BYTES} or {@link MOST_HEADER_BYTES}. */
  | 'tooLarge'
  /** Of another net, or of numbers that are none of {@link FloatKind}. */
  | 'misfit'
  /** Not every number is finite. */
  | 'notFinite';

/** A file that is not what it should be; the message says what is wrong and where, in less than 1,000 characters. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
  constructor(
    message: string,
    readonly fault: WeightsFault = 'damaged',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The widest ResNet-20 that can be asked for (256 filters) takes 278 MB. */
export const MOST_FILE_BYTES = 512 * 2 ** 20;
/** ResNet-1202 needs 0.8 MB. */
export const MOST_HEADER_BYTES = 4 * 2 ** 20;

/** A tensor as it is written: `bytes` are its numbers, row by row, little-endian. */
export interface RawTensor {
  readonly dtype: FloatKind | 'U8';
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

const bytesIn = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer, byteOffset, byteLength);

export function encodeSafetensors(
  tensors: ReadonlyMap<string, HostTensor>,
  metadata: Readonly<Record<string, string>> = {},
): ArrayBuffer {
  const raw = [...tensors].map(
    ([name, { shape, values }]) => [name, { dtype: 'F32', shape, bytes: bytesIn(values) }] as const,
  );
  return encodeRawTensors(new Map(raw), { format: 'pt', ...metadata });
}

export function encodeRawTensors(
  tensors: ReadonlyMap<string, RawTensor>,
  metadata: Readonly<Record<string, string>>,
): ArrayBuffer {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { dtype, shape, bytes }] of tensors) {
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(0x20, 8, 8 + headerLength);
  file.set(json, 8);
  let offset = 8 + headerLength;
  for (const { bytes } of tensors.values()) {
    file.set(bytes, offset);
    offset += bytes.length;
  }
  return file.buffer;
}

/** The tensors of a file as float32, but for PyTorch's counts. Throws {@link WeightsError} if one cannot be read so. */
export function decodeSafetensors(file: ArrayBuffer): Map<string, HostTensor> {
  const { tensors, begin } = readStoredTensors(file);
  const read = new Map<string, HostTensor>();
  for (const [name, stored] of tensors) {
    if (!isCount(name)) read.set(name, { shape: stored.shape, values: valuesOf(file, begin, name, stored) });
  }
  return read;
}

/** PyTorch's count of the batches that a batch norm has seen: of any type, and of no use here. */
export const isCount = (name: string): boolean => /(^|\.)num_batches_tracked$/.test(name);

/** What the header says, checked against the file of at most `most` bytes. Throws {@link WeightsError}. */
export function readStoredTensors(file: ArrayBuffer, most = MOST_FILE_BYTES): StoredTensors {
  if (file.byteLength > most) throw tooLarge('file', file.byteLength, most);
  const { header, begin } = parseHeader(file);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name !== '__metadata__') tensors.set(name, checkedEntry(name, entry));
  }
  refuseGaps(tensors, file.byteLength - begin);
  return { tensors, begin, metadata: textsOf(header['__metadata__']) };
}

/** The numbers of a tensor of {@link readStoredTensors}. Throws {@link WeightsError} for a type that is no float. */
export function valuesOf(
  file: ArrayBuffer,
  begin: number,
  name: string,
  { dtype, from, to }: StoredTensor,
): Float32Array {
  if (!isFloatKind(dtype)) {
    throw new WeightsError(
      `${shortened(name)} has dtype ${shortened(dtype)}; F32, F16, BF16 and F64 can be read.`,
      'misfit',
    );
  }
  return floatsFrom(dtype, file.slice(begin + from, begin + to));
}

/** A piece of a file as a message may hold it: no longer than 60 characters, and none that steer a terminal. */
export function shortened(text: string): string {
  const part = text.length > 60 ? `${text.slice(0, 59)}\u2026` : text;
  return part.replace(/\p{Cc}|\p{Surrogate}/gu, '\ufffd');
}

/** "[16, 3, 3, 3]", however many there are. */
export const shapeText = (shape: readonly number[]): string =>
  `[${shape.slice(0, 4).join(', ')}${shape.length > 4 ? ', \u2026' : ''}]`;

function tooLarge(what: 'file' | 'header', bytes: number, most: number): WeightsError {
  const inMegabytes = (count: number) => (count / 2 ** 20).toFixed(1).replace(/\.0$/, '');
  return new WeightsError(
    `Its ${what} has ${inMegabytes(bytes)} MiB, and at most ${inMegabytes(most)} MiB are read.`,
    'tooLarge',
  );
}

export const fileTooLarge = (bytes: number): WeightsError => tooLarge('file', bytes, MOST_FILE_BYTES);

function parseHeader(file: ArrayBuffer) {
  const length = file.byteLength < 8 ? Infinity : Number(new DataView(file).getBigUint64(0, true));
  if (length > file.byteLength - 8) {
    throw new WeightsError(
      'This is not a safetensors file, or it was cut short: its header is longer than the file.',
    );
  }
  if (length > MOST_HEADER_BYTES) throw tooLarge('header', length, MOST_HEADER_BYTES);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(file, 8, length));
    const header: unknown = JSON.parse(text);
    if (isRecord(header)) return { header, begin: 8 + length };
  } catch (cause) {
    throw new WeightsError('This is not a safetensors file: its header is not JSON.', 'damaged', { cause });
  }
  throw new WeightsError('This is not a safetensors file: its header is not an object.');
}

const textsOf = (metadata: unknown): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(isRecord(metadata) ? metadata : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

function checkedEntry(name: string, entry: unknown): StoredTensor {
  const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
  if (isRecord(entry)) {
    const { dtype, shape, data_offsets: range } = entry;
    if (typeof dtype === 'string' && Array.isArray(shape) && Array.isArray(range)) {
      const offsets: unknown[] = range;
      const [from, to, ...rest] = offsets;
      const sizes: unknown[] = shape;
      if (sizes.every(isWhole) && isWhole(from) && isWhole(to) && rest.length === 0) {
        refuseWrongSize(name, { dtype, shape: sizes, from, to });
        return { dtype, shape: sizes, from, to };
      }
    }
  }
  throw new WeightsError(
    `${shortened(name)} is no tensor: its entry in the header is not {dtype, shape, data_offsets}.`,
  );
}

/** Of types that are not known here the size is not known either. */
const bytesOf: Readonly<Record<FloatKind, number>> = { F16: 2, BF16: 2, F32: 4, F64: 8 };

function refuseWrongSize(name: string, { dtype, shape, from, to }: StoredTensor): void {
  const size = shape.reduce((product, n) => product * n, 1);
  const isRight = isFloatKind(dtype) ? to - from === bytesOf[dtype] * size : to >= from;
  if (isRight) return;
  throw new WeightsError(
    `${shortened(name)} claims shape ${shapeText(shape)} of ${shortened(dtype)} at bytes ${from} to ${to}, which does not fit: the file is damaged.`,
  );
}

/** As the format has it: every byte belongs to one tensor, so that nothing is read twice and nothing is hidden. */
function refuseGaps(tensors: ReadonlyMap<string, StoredTensor>, bytes: number): void {
  const inOrder = [...tensors].sort(([, a], [, b]) => a.from - b.from || a.to - b.to);
  let [end, last] = [0, ''];
  for (const [name, { from, to }] of inOrder) {
    if (from < end) {
      throw new WeightsError(
        `${shortened(last)} and ${shortened(name)} claim the same bytes, ${from} to ${Math.min(end, to)}: the file is damaged.`,
      );
    }
    if (from > end) {
      throw new WeightsError(
        `The bytes before ${shortened(name)}, ${end} to ${from}, belong to no tensor: the file is damaged.`,
      );
    }
    [end, last] = [to, name];
  }
  if (end > bytes) {
    throw new WeightsError(
      `It was cut short: ${shortened(last)} ends at byte ${end}, and there are ${bytes}.`,
    );
  }
  if (end < bytes) {
    throw new WeightsError(`${bytes - end} bytes follow the last tensor: the file is damaged.`);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
