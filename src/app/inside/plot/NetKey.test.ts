import { expect, test } from 'vitest';
import { keyPlaces, netKeyMore } from './NetKey.tsx';

const named = (...names: readonly string[]) => names.map((name) => ({ name }));

test('a key has as many rows as its names need', () => {
  const nets = named('plain-20', 'ResNet-20', 'plain-110', 'ResNet-110');
  expect(keyPlaces(nets, Infinity).map(({ row }) => row)).toEqual([0, 0, 0, 0]);
  expect(keyPlaces(nets, 314).map(({ row }) => row)).toEqual([0, 0, 1, 1]);
  expect(keyPlaces(nets, 100).map(({ x, row }) => [x, row])).toEqual([0, 1, 2, 3].map((row) => [0, row]));
  expect([netKeyMore(nets, 360 - 46), netKeyMore(nets, 1280 - 46), netKeyMore([], 0)]).toEqual([20, 0, 0]);
});

test('no two names overlap, and none begins outside, whatever they are called', () => {
  const nets = named('a', 'a name that somebody gave to a net of theirs, and a long one', 'b', 'c');
  for (const width of [50, 200, 314, 700]) {
    const places = keyPlaces(nets, width);
    places.forEach(({ x, row }, i) => {
      const end = x + 30 + nets[i]!.name.length * 7.5;
      const next = places[i + 1];
      expect(x === 0 || end <= width).toBe(true);
      if (next && next.row === row) expect(next.x).toBeGreaterThan(end);
    });
  }
});
