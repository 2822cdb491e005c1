/**
 * How the numbers of a map lie in its buffer: as f32 or, to halve it, as f16, two in a word. WGSL packs and unpacks them
 * itself, so no adapter needs a feature for that. Kernels compute in f32 either way.
 */
import type { Precision } from '../../../model/precision.ts';
import { type Width, typeOf } from './wgsl.ts';

export type Storage = 'f32' | 'f16';

/** How an activation of `channels` channels is stored. Halves are written in fours: other channels stay f32. */
export function storageFor(precision: Precision, channels: number): Storage {
  return precision === 'f16-storage' && channels % 4 === 0 ? 'f16' : 'f32';
}

/** WGSL: what an array of vectors of `width` channels is an array of; of one channel in f16, of pairs. */
export function elementOf(storage: Storage, width: Width): string {
  if (storage === 'f32') return typeOf(width);
  return width === 4 ? 'vec2u' : 'u32';
}

/** WGSL: the vector of `array` at `index`, in f32. */
export function load(storage: Storage, width: Width, array: string, index: string): string {
  if (storage === 'f32') return `${array}[${index}]`;
  return width === 4
    ? `unpackHalves(${array}[${index}])`
    : `unpack2x16float(${array}[(${index}) / 2])[(${index}) % 2]`;
}

/** WGSL: the statement that stores the vector `value`, of four channels where it is f16, in `array` at `index`. */
export function store(storage: Storage, array: string, index: string, value: string): string {
  return `${array}[${index}] = ${storage === 'f32' ? value : `packHalves(${value})`};`;
}

/** What a kernel's label says of a map that is not stored in f32. */
export function storageLabel(name: string, storage: Storage | null): string {
  return storage === 'f16' ? `, ${name} in f16` : '';
}

const LARGEST = '65504.0';

/**
 * WGSL: the functions that {@link load} and {@link store} call; nothing where no map is f16. What is too large for f16
 * becomes its largest number, and what is not finite becomes NaN, so that a net that has diverged shows it.
 */
export function halvesFor(...storages: readonly (Storage | null)[]): string {
  if (!storages.includes('f16')) return '';
  return `
fn unpackHalves(packed: vec2u) -> vec4f {
  return vec4f(unpack2x16float(packed.x), unpack2x16float(packed.y));
}
fn packHalves(value: vec4f) -> vec2u {
  // By the bits: a compiler may take it that there is no NaN.
  let wild = (bitcast<vec4u>(value) & vec4u(0x7f800000u)) == vec4u(0x7f800000u);
  let tame = clamp(select(value, vec4f(), wild), vec4f(-${LARGEST}), vec4f(${LARGEST}));
  let nan = select(vec4u(), vec4u(0x7e00u, 0x7e000000u, 0x7e00u, 0x7e000000u), wild);
  return vec2u(pack2x16float(tame.xy), pack2x16float(tame.zw)) | (nan.xz | nan.yw);
}`;
}

const SUBNORMAL = 2 ** -24;

/** The numbers of a buffer that is stored in f16. */
export function readHalves(words: Uint16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(words, (bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (exponent === 0 ? fraction * SUBNORMAL : (1024 + fraction) * 2 ** (exponent - 25));
  });
}
