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
