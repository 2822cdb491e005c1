/**
 * The safetensors format (https://huggingface.co/docs/safetensors): eight bytes of header length, a JSON header, the
 * tensors' bytes. Float32 only: all that these nets need.
 */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A file that is not what it should be; the message says what is wrong and where. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

export function encodeSafetensors(
  tensors: ReadonlyMap<string, HostTensor>,
  metadata: Readonly<Record<string, string>> = {},
): ArrayBuffer {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...metadata } };
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + 4 * values.length] };
    end += 4 * values.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(0x20, 8, 8 + headerLength);
  file.set(json, 8);
  let offset = 8 + headerLength;
  for (const { values } of tensors.values()) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return file.buffer;
}

/** The tensors of a file. Throws {@link WeightsError} if it is not sound or has anything but float32. */
export function decodeSafetensors(file: ArrayBuffer): Map<string, HostTensor> {
  const header = parseHeader(file);
  const begin = 8 + Number(new DataView(file).getBigUint64(0, true));
  const tensors = new Map<string, HostTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets: range } = checkedEntry(name, entry);
    if (dtype === 'I64' && name.endsWith('num_batches_tracked')) continue; // PyTorch's count, of no use here
    if (dtype !== 'F32') throw new WeightsError(`${name} has dtype ${dtype}; only F32 can be read.`);
    const size = shape.reduce((product, n) => product * n, 1);
    const [from, to] = range;
    if (to - from !== 4 * size || from < 0 || begin + to > file.byteLength) {
      throw new WeightsError(
        `${name} claims shape [${shape.join(', ')}] at bytes ${from} to ${to}, which does not fit: the file is damaged or cut short.`,
      );
    }
    tensors.set(name, { shape, values: new Float32Array(file.slice(begin + from, begin + to)) });
  }
  return tensors;
}

function parseHeader(file: ArrayBuffer): Record<string, unknown> {
  const length = file.byteLength < 8 ? undefined : Number(new DataView(file).getBigUint64(0, true));
  if (length === undefined || length > file.byteLength - 8) {
    throw new WeightsError('This is not a safetensors file: its header is longer than the file.');
  }
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, length)));
    if (isRecord(header)) return header;
  } catch (cause) {
    throw new WeightsError('This is not a safetensors file: its header is not JSON.', { cause });
  }
  throw new WeightsError('This is not a safetensors file: its header is not an object.');
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function checkedEntry(name: string, entry: unknown): Entry {
  const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
  if (isRecord(entry)) {
    const { dtype, shape, data_offsets: range } = entry;
    if (typeof dtype === 'string' && Array.isArray(shape) && Array.isArray(range)) {
      const offsets: unknown[] = range;
      const [from, to, ...rest] = offsets;
      const sizes: unknown[] = shape;
      if (sizes.every(isWhole) && isWhole(from) && isWhole(to) && rest.length === 0) {
        return { dtype, shape: sizes, data_offsets: [from, to] };
      }
    }
  }
  throw new WeightsError(`The safetensors header's entry for ${name} is not {dtype, shape, data_offsets}.`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
