import { interpolateCividis, interpolateRdBu, interpolateViridis } from 'd3-scale-chromatic';
import { expect, test } from 'vitest';
import { paletteOf, rgbOf } from './colours.ts';

test('colours of every map are read as bytes', () => {
  expect(rgbOf('#440154')).toEqual([68, 1, 84]);
  expect(rgbOf('rgb(1, 20, 255)')).toEqual([1, 20, 255]);
  for (const map of [interpolateViridis, interpolateCividis, interpolateRdBu])
    for (const at of [0, 0.3, 1]) expect(rgbOf(map(at)).every((part) => part >= 0 && part <= 255)).toBe(true);
  expect(() => rgbOf('tomato')).toThrow(RangeError);
});

test('a palette has a map\u2019s own colours, its ends beyond them, and grey for what is no number', () => {
  const pixel = paletteOf(interpolateViridis);
  expect([pixel(0), pixel(1)]).toEqual([rgbOf(interpolateViridis(0)), rgbOf(interpolateViridis(1))]);
  expect([pixel(-3), pixel(9), pixel(Infinity)]).toEqual([pixel(0), pixel(1), pixel(1)]);
  expect(pixel(NaN)).toEqual([128, 128, 128]);
});
