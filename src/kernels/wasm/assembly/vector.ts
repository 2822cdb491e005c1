/** Four floats at a time. */

/** Bytes of a float, of a vector of floats, and of a double. */
export const FLOAT: usize = 4;
export const VECTOR: usize = 16;
export const DOUBLE: usize = 8;
/** Bytes of a cache line: each part's scratch begins on one of its own. */
export const LINE: usize = 64;

/** a * b + c, in one rounding where the build has relaxed SIMD. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** max(x, 0); a NaN stays one, so that divergence is seen. */
export function rectify(x: v128): v128 {
  return f32x4.pmax(x, f32x4.splat(0));
}

/** The same of one float. */
export function rectifyOne(x: f32): f32 {
  return x < 0 ? 0 : x;
}

/** The bytes of a row that whole vectors fill; fewer than four floats are left over. */
export function vectorsOf(rowBytes: usize): usize {
  return rowBytes & ~(VECTOR - 1);
}

export function accumulate(at: usize, x: v128): void {
  v128.store(at, f32x4.add(v128.load(at), x));
}

/** The next whole cache line. */
export function upToLine(bytes: usize): usize {
  return (bytes + LINE - 1) & ~(LINE - 1);
}

/** The next multiple of 4, 8: vectors of channels. */
export function upTo4(n: i32): i32 {
  return (n + 3) & ~3;
}
export function upTo8(n: i32): i32 {
  return (n + 7) & ~7;
}
