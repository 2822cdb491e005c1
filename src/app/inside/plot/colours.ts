/** Colours of a map of d3-scale-chromatic as bytes, for pictures made of pixels. */

/** Red, green, blue of `#rrggbb` or `rgb(r, g, b)`. Throws RangeError for another notation. */
export function rgbOf(colour: string): readonly [red: number, green: number, blue: number] {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour);
  const decimal = /^rgb\((\d+), ?(\d+), ?(\d+)\)$/.exec(colour);
  const [, red, green, blue] = hex ?? decimal ?? [];
  if (red === undefined || green === undefined || blue === undefined)
    throw new RangeError(`${colour} is no colour that is known here`);
  const read = (part: string) => parseInt(part, hex ? 16 : 10);
  return [read(red), read(green), read(blue)];
}
