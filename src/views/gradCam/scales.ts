/** How numbers become colours in these pictures. */
import { interpolateRdBu, interpolateViridis } from 'd3-scale-chromatic';
import { paletteOf, type Rgb } from '../../app/inside/plot/colours.ts';
import { percentiles } from '../../insights/percentiles.ts';

/** Blue below zero, red above: both ends are told apart by every eye. */
export const signed = (share: number): string => interpolateRdBu(1 - share);
export const rising = interpolateViridis;

export const risingPixel = paletteOf(rising);
const signedPixel = paletteOf(signed);

/** Shares of the way for some values, and the colours of them. */
export interface FieldScale {
  readonly from: number;
  readonly to: number;
  readonly colour: (share: number) => string;
  readonly pixel: (value: number) => Rgb;
}

/** The scale's end: a few values that stand far out would leave all others dark. */
const HELD = 0.995;

/** One scale for all of these values: from 0, or about 0 where some are negative. */
export function scaleOfAll(fields: readonly ArrayLike<number>[]): FieldScale {
  const values = fields.flatMap((field) => Array.from(field));
  const isSigned = values.some((value) => value < 0);
  // Of many zeros the end would be zero: it is that of the values that are none.
  const sizes = values.flatMap((value) => (value === 0 ? [] : [Math.abs(value)]));
  const end = percentiles(sizes, HELD, HELD)?.[0] ?? 1;
  return isSigned
    ? { from: -end, to: end, colour: signed, pixel: (value) => signedPixel((value + end) / (2 * end)) }
    : { from: 0, to: end, colour: rising, pixel: (value) => risingPixel(value / end) };
}

/** From the least to the greatest value of one field; a level one is all the least. */
export function scaleOfOne(field: ArrayLike<number>): FieldScale {
  let [from, to] = [Infinity, -Infinity];
  for (let i = 0; i < field.length; i++) {
    from = Math.min(from, field[i]!);
    to = Math.max(to, field[i]!);
  }
  const way = to - from || 1;
  return { from, to, colour: rising, pixel: (value) => risingPixel((value - from) / way) };
}

/** A field's pixels, for pngUrl. */
export function pixelsOf(field: ArrayLike<number>, pixel: (value: number) => Rgb): Uint8Array {
  const pixels = new Uint8Array(3 * field.length);
  for (let i = 0; i < field.length; i++) pixels.set(pixel(field[i]!), 3 * i);
  return pixels;
}
