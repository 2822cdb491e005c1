/** Files of safetensors as other programs write them, for tests. */
import { decodeSafetensors, type HostTensor } from '../safetensors.ts';

/** A file with this header and `bytes` behind it. */
export function fileOf(header: unknown, bytes: Uint8Array | number = 0): ArrayBuffer {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const body = typeof bytes === 'number' ? new Uint8Array(bytes) : bytes;
  const file = new Uint8Array(8 + json.length + body.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  file.set(body, 8 + json.length);
  return file.buffer;
}

type Encode = (value: number) => { readonly bits: number | bigint; readonly bytes: 2 | 4 | 8 };

/** How a number is written in each kind, to the nearest, ties to even. Coded by arithmetic and not by bits. */
export const encoders: Readonly<Record<'F16' | 'BF16' | 'F32' | 'F64', Encode>> = {
  F16: (value) => ({ bits: roundedBits(value, 5, 10), bytes: 2 }),
  BF16: (value) => ({ bits: roundedBits(value, 8, 7), bytes: 2 }),
  F32: (value) => ({ bits: new Uint32Array(Float32Array.of(value).buffer)[0]!, bytes: 4 }),
  F64: (value) => ({ bits: new BigUint64Array(Float64Array.of(value).buffer)[0]!, bytes: 8 }),
};

/** The number that {@link encoders} made of `value`. */
export function roundedTo(kind: 'F16' | 'BF16', value: number): number {
  const [exponents, fractions] = kind === 'F16' ? ([5, 10] as const) : ([8, 7] as const);
  return Math.sign(value) * magnitude(Math.abs(value), exponents, fractions);
}

function magnitude(value: number, exponents: number, fractions: number): number {
  if (value === 0) return 0;
  const least = 2 - 2 ** (exponents - 1);
  const exponent = Math.max(least, Math.floor(Math.log2(value)));
  const unit = 2 ** (exponent - fractions);
  const whole = Math.floor(value / unit);
  const rest = value / unit - whole;
  const isUp = rest > 0.5 || (rest === 0.5 && whole % 2 === 1);
  return (whole + (isUp ? 1 : 0)) * unit;
}

function roundedBits(value: number, exponents: number, fractions: number): number {
  const sign = value < 0 ? 2 ** (exponents + fractions) : 0;
  const size = magnitude(Math.abs(value), exponents, fractions);
  const bias = 2 ** (exponents - 1) - 1;
  const least = 1 - bias;
  const exponent = size === 0 ? least - 1 : Math.max(least - 1, Math.floor(Math.log2(size)));
  if (exponent < least) return sign + size / 2 ** (least - fractions);
  return sign + (exponent + bias) * 2 ** fractions + (size / 2 ** exponent - 1) * 2 ** fractions;
}

export interface Variant {
  readonly kind?: keyof typeof encoders;
  readonly rename?: (name: string) => string;
  /** Beside the net's own: name, dtype and shape, filled with zeros. */
  readonly extra?: readonly (readonly [
    name: string,
    dtype: string,
    shape: readonly number[],
    bytes: number,
  ])[];
}

/** The tensors of a file once more, in another kind and by other names. */
export function variantOf(
  file: ArrayBuffer,
  { kind = 'F32', rename = (name) => name, extra = [] }: Variant,
): ArrayBuffer {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  const parts: Uint8Array[] = [];
  let end = 0;
  const put = (name: string, dtype: string, shape: readonly number[], bytes: Uint8Array) => {
    header[name] = { dtype, shape, data_offsets: [end, (end += bytes.length)] };
    parts.push(bytes);
  };
  for (const [name, { shape, values }] of decodeSafetensors(file)) {
    put(rename(name), kind, shape, bytesOf(values, kind));
  }
  for (const [name, dtype, shape, bytes] of extra) put(name, dtype, shape, new Uint8Array(bytes));
  const body = new Uint8Array(end);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return fileOf(header, body);
}

function bytesOf(values: HostTensor['values'], kind: keyof typeof encoders): Uint8Array {
  const encode = encoders[kind];
  const { bytes: width } = encode(0);
  const view = new DataView(new ArrayBuffer(values.length * width));
  values.forEach((value, i) => {
    const { bits } = encode(value);
    if (typeof bits === 'bigint') view.setBigUint64(i * width, bits, true);
    else if (width === 4) view.setUint32(i * width, bits, true);
    else view.setUint16(i * width, bits, true);
  });
  return new Uint8Array(view.buffer);
}
