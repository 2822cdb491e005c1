import { expect, test } from 'vitest';
import { qrCode } from './qrCode.ts';

/** The modules that a path fills, as text. */
function modules({ size, path }: NonNullable<ReturnType<typeof qrCode>>): readonly string[] {
  const grid = Array.from({ length: size }, () => Array<string>(size).fill('.'));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let i = 0; i < Number(length); i++) grid[Number(y)]![Number(x) + i] = '#';
  }
  return grid.map((row) => row.join(''));
}

test('has the three finder patterns, and another path for another text', () => {
  const code = qrCode('https://example.org/#e=1p20,p56')!;
  const grid = modules(code);
  const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];
  const corner = (x: number, y: number) => grid.slice(y, y + 7).map((row) => row.slice(x, x + 7));
  for (const [x, y] of [[0, 0], [code.size - 7, 0], [0, code.size - 7]] as const) expect(corner(x, y)).toEqual(finder); // prettier-ignore
  expect(qrCode('https://example.org/#e=1p20,p57')!.path).not.toBe(code.path);
});

test('what no camera could read from a slide has none', () => {
  expect(qrCode('a'.repeat(450))).not.toBeNull();
  expect(qrCode('a'.repeat(451))).toBeNull();
  expect(qrCode('\u00e9'.repeat(300))).toBeNull();
});
