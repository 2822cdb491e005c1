import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { floatsFrom, halvesOf } from './floatKinds.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  MOST_HEADER_BYTES,
  readStoredTensors,
  WeightsError,
} from './safetensors.ts';
import { encoders, fileOf, roundedTo } from './testing/safetensorsFiles.ts';

const tensors = new Map([['a', { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }]]);
const file = () => encodeSafetensors(tensors);

it('aligns the data and round-trips', () => {
  expect(Number(new DataView(file()).getBigUint64(0, true)) % 8).toBe(0);
  expect(decodeSafetensors(file())).toEqual(tensors);
});

const entry = (dtype: string, shape: readonly number[], from: number, to: number) => ({
  dtype,
  shape,
  data_offsets: [from, to],
});

test.each<readonly [string, ArrayBuffer, RegExp]>([
  ['a file cut short', file().slice(0, -4), /cut short: a ends at byte 16, and there are 12/],
  ['a file of three bytes', new ArrayBuffer(3), /not a safetensors file/],
  ['an empty file', new ArrayBuffer(0), /not a safetensors file/],
  ['no JSON', fileOf('hello'), /header is not JSON/],
  ['no UTF-8', fileOf('{"\ufffd":1}').slice(0, 10), /longer than the file/],
  ['a list', fileOf('[]'), /header is not an object/],
  [
    'a size that is not the shape\u2019s',
    fileOf({ a: entry('F32', [8], 0, 16) }, 16),
    /a claims shape \[8\] of F32/,
  ],
  ['half of a number', fileOf({ a: entry('BF16', [8], 0, 15) }, 15), /a claims shape \[8\] of BF16/],
  ['a number for an entry', fileOf('{"a":7}'), /^a is no tensor/],
  ['a null for an entry', fileOf({ a: null }), /^a is no tensor/],
  ['an offset below 0', fileOf({ a: entry('F32', [1], -4, 0) }), /^a is no tensor/],
  ['an offset beyond 2^53', fileOf({ a: entry('F32', [1], 1e300, 1e300) }), /^a is no tensor/],
  [
    'a size that overflows',
    fileOf({ a: entry('F32', [2 ** 52, 2 ** 52, 2 ** 52], 0, 4) }, 4),
    /claims shape/,
  ],
  [
    'a dtype that has a toString',
    fileOf({ 'conv1.weight': { dtype: { toString: 1 }, shape: [1], data_offsets: [0, 4] } }, 4),
    /^conv1\.weight is no tensor/,
  ],
  [
    'an unknown dtype',
    fileOf({ a: entry('F8_E4M3', [4], 0, 4) }, 4),
    /a has dtype F8_E4M3; F32, F16, BF16 and F64/,
  ],
  [
    'one range for two tensors',
    fileOf({ a: entry('F32', [4], 0, 16), b: entry('F32', [4], 0, 16) }, 16),
    /a and b claim the same bytes, 0 to 16/,
  ],
  [
    'ranges that overlap',
    fileOf({ a: entry('F32', [4], 0, 16), b: entry('F32', [4], 8, 24) }, 24),
    /a and b claim the same bytes, 8 to 16/,
  ],
  [
    'a hole',
    fileOf({ a: entry('F32', [1], 0, 4), b: entry('F32', [1], 8, 12) }, 12),
    /before b, 4 to 8, belong to no tensor/,
  ],
  ['bytes at the end', fileOf({ a: entry('F32', [1], 0, 4) }, 9), /5 bytes follow the last tensor/],
  [
    'a header that is too large',
    fileOf({ __metadata__: { text: 'x'.repeat(MOST_HEADER_BYTES) } }),
    /header has 4 MiB, and at most 4 MiB|header has 4\.0 MiB/,
  ],
])('%s is refused, saying what and where', (_, bytes, message) => {
  expect(() => decodeSafetensors(bytes)).toThrow(WeightsError);
  expect(() => decodeSafetensors(bytes)).toThrow(message);
});

describe('what is large or deep', () => {
  const attempt = (bytes: ArrayBuffer) => {
    try {
      readStoredTensors(bytes);
    } catch (error) {
      if (error instanceof WeightsError) return error.message;
      throw error;
    }
    return '';
  };
  test('one range that a thousand tensors name is not read a thousand times', () => {
    const names = Array.from({ length: 1000 }, (_, i) => [`t${i}`, entry('F32', [1000], 0, 4000)]);
    expect(attempt(fileOf(Object.fromEntries(names), 4000))).toMatch(/t0 and t1 claim the same bytes/);
  });
  test('names of a megabyte, with control characters, make a short message', () => {
    const message = attempt(fileOf({ [`\u001b[2J${'x'.repeat(1e6)}`]: 7 }));
    expect(message).toMatch(/^\ufffd\[2Jx{20,}\u2026 is no tensor/);
    expect(message.length).toBeLessThan(200);
  });
  test('a shape of 100,000 sizes makes a short message', () => {
    const shape = Array<number>(100_000).fill(2);
    expect(attempt(fileOf({ a: entry('F32', shape, 0, 4) }, 4)).length).toBeLessThan(200);
  });
  test('arrays of 100,000 levels', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(attempt(fileOf(deep))).toMatch(/^a is no tensor/);
  });
  test('keys that every object has', () => {
    const text = `{"__proto__":${JSON.stringify(entry('F32', [1], 0, 4))},"constructor":${JSON.stringify(entry('F32', [1], 4, 8))}}`;
    expect([...decodeSafetensors(fileOf(text, 8)).keys()]).toEqual(['__proto__', 'constructor']);
  });
});

describe('kinds of numbers', () => {
  test.each(['F16', 'BF16'] as const)('every %s is its number, exactly', (kind) => {
    const [exponents, fractions] = kind === 'F16' ? [5, 10] : [8, 7];
    const bias = 2 ** (exponents - 1) - 1;
    const all = Uint16Array.from({ length: 65_536 }, (_, i) => i);
    const read = floatsFrom(kind, all.buffer);
    const wrong = [...all].filter((bits, i) => {
      const fraction = (bits % 2 ** fractions) / 2 ** fractions;
      const exponent = Math.floor(bits / 2 ** fractions) % 2 ** exponents;
      const sign = bits >= 32_768 ? -1 : 1;
      const size =
        exponent === 2 ** exponents - 1
          ? fraction === 0
            ? Infinity
            : NaN
          : exponent === 0
            ? fraction * 2 ** (1 - bias)
            : (1 + fraction) * 2 ** (exponent - bias);
      return !Object.is(read[i], sign * size);
    });
    expect(wrong).toEqual([]);
  });

  test('what is written in 16 bits is read back as it was rounded', () => {
    const value = fc.float({ noNaN: true, min: -60_000, max: 60_000 });
    fc.assert(
      fc.property(value, fc.constantFrom('F16', 'BF16'), (number, kind) => {
        const bits = Uint16Array.of(Number(encoders[kind](number).bits));
        expect(floatsFrom(kind, bits.buffer)[0]! + 0).toBe(roundedTo(kind, number) + 0);
      }),
    );
    // By hand: 1/3 is 0x3555 and 0x3EAB; the least half is 2^-24; 65504 the greatest.
    expect([encoders.F16(1 / 3).bits, encoders.BF16(1 / 3).bits]).toEqual([0x3555, 0x3eab]);
    expect([...floatsFrom('F16', Uint16Array.of(0x3555, 1, 0x7bff, 0x8400).buffer)]).toEqual([
      0.333251953125,
      2 ** -24,
      65_504,
      -(2 ** -14),
    ]);
    expect([...floatsFrom('BF16', Uint16Array.of(0x3eab, 0xc049).buffer)]).toEqual([0.333984375, -3.140625]);
  });

  test('F16 is written as the nearest, ties to even, to the ends of its range', () => {
    const all = Uint16Array.from({ length: 65_536 }, (_, i) => i).filter((bits) => (bits & 0x7fff) <= 0x7c00);
    expect(halvesOf(floatsFrom('F16', all.slice().buffer))).toEqual(all);
    fc.assert(
      fc.property(fc.float({ noNaN: true, min: -60_000, max: 60_000 }), (number) => {
        const written = halvesOf(Float32Array.of(number));
        expect(floatsFrom('F16', written.buffer)[0]! + 0).toBe(roundedTo('F16', number) + 0);
      }),
    );
    // Half of the least number goes to 0, a little more to it; 65,520 is as near to infinity as to 65,504.
    const edges = [2 ** -25, 2 ** -25 * (1 + 2 ** -23), 65_519.996, 65_520, -1e30, NaN];
    expect([...halvesOf(Float32Array.from(edges))]).toEqual([0, 1, 0x7bff, 0x7c00, 0xfc00, 0x7e00]);
  });

  test('F64 is rounded to the nearest float32', () => {
    expect([...floatsFrom('F64', Float64Array.of(0.1, 1e300, -1e-300).buffer)]).toEqual([
      Math.fround(0.1),
      Infinity,
      -0,
    ]);
  });
});
