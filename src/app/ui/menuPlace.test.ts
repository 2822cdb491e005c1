import { expect, test } from 'vitest';
import { menuPlace, nextItem } from './menuPlace.ts';

const screen = { width: 360, height: 640 };
const menu = { width: 220, height: 300 };
const button = (left: number, top: number) => ({ left, right: left + 28, top, bottom: top + 28 });

test.each([
  ['below its button, ending where that ends', button(300, 100), menu, { left: 108, top: 132 }],
  ['moved to the right where it would leave the window', button(10, 100), menu, { left: 8, top: 132 }],
  ['moved to the left where its button is scrolled half out', button(350, 100), menu, { left: 132, top: 132 }],
  ['above, where there is no room below', button(300, 560), menu, { left: 108, top: 256 }],
  ['over its button, where there is no room on either side', button(300, 300), { width: 220, height: 400 }, { left: 108, top: 232 }],
  ['as high as the window, where it is higher', button(300, 300), { width: 220, height: 900 }, { left: 108, top: 8, most: 624 }],
])('a menu opens %s', (_, at, size, place) => {
  expect(menuPlace(at, size, screen)).toMatchObject(place);
}); // prettier-ignore

test('arrows go round, Home and End to the ends, other keys nowhere', () => {
  expect(['ArrowDown', 'ArrowUp', 'Home', 'End', 'a'].map((key) => nextItem(key, 0, 4))).toEqual([1, 3, 0, 3, null]);
  expect(nextItem('ArrowDown', 3, 4)).toBe(0);
  expect([nextItem('ArrowDown', -1, 4), nextItem('ArrowUp', -1, 4)]).toEqual([0, 3]);
}); // prettier-ignore
