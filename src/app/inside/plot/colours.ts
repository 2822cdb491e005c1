/** Colours of a map of d3-scale-chromatic as bytes, for pictures made of pixels. */

export type Rgb = readonly [red: number, green: number, blue: number];

/** Red, green, blue of `#rrggbb` or `rgb(r, g, b)`. Throws RangeError for another notation. */
export function rgbOf(colour: string): Rgb {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour);
  const decimal = /^rgb\((\d+), ?(\d+), ?(\d+)\)$/.exec(colour);
  const [, red, green, blue] = hex ?? decimal ?? [];
  if (red === undefined || green === undefined || blue === undefined)
    throw new RangeError(`${colour} is no colour that is known here`);
  const read = (part: string) => parseInt(part, hex ? 16 : 10);
  return [read(red), read(green), read(blue)];
}

/** What is no number, in a picture made of pixels. */
const NONE: Rgb = [128, 128, 128];
const SHADES = 256;

/** The pixels of a map of colours, for shares of its way from 0 to 1; beyond, its ends; grey for NaN. */
export function paletteOf(colour: (share: number) => string): (share: number) => Rgb {
  const shades = Array.from({ length: SHADES }, (_, i) => rgbOf(colour(i / (SHADES - 1))));
  return (share) => shades[Math.round((SHADES - 1) * Math.min(1, Math.max(0, share)))] ?? NONE;
}
