import { interpolateCividis, interpolateRdBu, interpolateViridis } from 'd3-scale-chromatic';
import { expect, test } from 'vitest';
import { rgbOf } from './colours.ts';

test('colours of every map are read as bytes', () => {
  expect(rgbOf('#440154')).toEqual([68, 1, 84]);
  expect(rgbOf('rgb(1, 20, 255)')).toEqual([1, 20, 255]);
  for (const map of [interpolateViridis, interpolateCividis, interpolateRdBu])
    for (const at of [0, 0.3, 1]) expect(rgbOf(map(at)).every((part) => part >= 0 && part <= 255)).toBe(true);
  expect(() => rgbOf('tomato')).toThrow(RangeError);
});
