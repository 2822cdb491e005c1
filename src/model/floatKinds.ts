/** The kinds of numbers that files of weights hold, as float32. All are little-endian, as every host here is. */
export const floatKinds = ['F32', 'F16', 'BF16', 'F64'] as const;
export type FloatKind = (typeof floatKinds)[number];

export const isFloatKind = (text: string): text is FloatKind => floatKinds.some((kind) => kind === text);

/**
 * The numbers of `bytes`, whose length is a multiple of the kind's. F16 and BF16 are float32 exactly; F64 is rounded to the
 * nearest, and infinite where it is beyond float32.
 */
export function floatsFrom(kind: FloatKind, bytes: ArrayBuffer): Float32Array {
  switch (kind) {
    case 'F32':
      return new Float32Array(bytes);
    case 'F64':
      return Float32Array.from(new Float64Array(bytes));
    case 'BF16':
      return fromBits(bytes, (bits) => bits << 16);
    case 'F16':
      return fromBits(bytes, halfToSingle);
  }
}

function fromBits(bytes: ArrayBuffer, toSingle: (bits: number) => number): Float32Array {
  const halves = new Uint16Array(bytes);
  const singles = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) singles[i] = toSingle(halves[i]!);
  return new Float32Array(singles.buffer);
}

/** IEEE 754 binary16 to binary32, by their bits. */
function halfToSingle(bits: number): number {
  const sign = (bits & 0x8000) << 16;
  const exponent = (bits >> 10) & 0x1f;
  let fraction = bits & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // A subnormal half is a normal single.
  let shift = 0;
  while ((fraction & 0x400) === 0) {
    fraction <<= 1;
    shift++;
  }
  return sign | ((113 - shift) << 23) | ((fraction & 0x3ff) << 13);
}

/** The F16 nearest to each number, of two that are as near the even one: infinite beyond 65,519. */
export function halvesOf(values: Float32Array): Uint16Array<ArrayBuffer> {
  const singles = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(singles, singleToHalf);
}

/** IEEE 754 binary32 to binary16, by their bits. */
function singleToHalf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200 | (fraction >>> 13));
  // What is rounded up from the largest fraction carries into the exponent, as it should.
  if (exponent >= 143) return sign | 0x7c00;
  if (exponent >= 113) return sign | roundedShift(((exponent - 112) << 23) | fraction, 13);
  // Too small for a normal half; below a half of the smallest one it is 0.
  return exponent < 102 ? sign : sign | roundedShift(0x800000 | fraction, 126 - exponent);
}

/** `value` without its last `places` bits, rounded to the nearest, ties to even. */
function roundedShift(value: number, places: number): number {
  const whole = value >>> places;
  const rest = value & ((1 << places) - 1);
  const half = 1 << (places - 1);
  return whole + (rest > half || (rest === half && (whole & 1) === 1) ? 1 : 0);
}
