import { expect, test } from 'vitest';
import { placeReferences } from './referenceLabels.ts';
import type { ChartLayout } from './layout.ts';

const layout: ChartLayout = {
  width: 900, height: 400, left: 50, right: 150, top: 10, bottom: 30,
  x: { from: 0, to: 300, isLog: false }, y: { from: 0.5, to: 1, isLog: false },
}; // prettier-ignore
const line = (value: number) => ({
  id: `${value}`,
  name: 'x',
  value,
  split: null,
  stretches: false,
  style: null,
});
const given = { names: [82], from: 50, to: 200, size: 12, widest: 100 };

test('a name stands inside the plot, just above its line; where that is the edge, below it', () => {
  const [guessing] = placeReferences([line(0.9)], layout, given);
  expect(guessing).toMatchObject({ anchor: 'end', line: 82 });
  expect(guessing!.x).toBeLessThan(900 - 150);
  expect(guessing!.line - guessing!.y).toBeGreaterThan(0);
  expect(guessing!.line - guessing!.y).toBeLessThan(6);
  const [top] = placeReferences([line(1)], layout, given);
  expect(top!.y).toBeGreaterThan(top!.line);
});

test('names of near lines do not lie on each other; what is out of sight has none', () => {
  const placed = placeReferences([line(0.601), line(0.6), line(0.602), line(0.3)], layout, given);
  expect(placed).toHaveLength(3);
  const heights = placed.map(({ y }) => y);
  for (let i = 1; i < 3; i++) expect(heights[i]! - heights[i - 1]!).toBeGreaterThan(12);
});

test('while the name of a line lies where it stands, it stands at the left', () => {
  const anchorAt = (from: number, names = [82]) =>
    placeReferences([line(0.9)], layout, { ...given, names, from, to: from + 150 })[0]!.anchor;
  expect([60, 300, 560, 700, 750].map((from) => anchorAt(from))).toEqual([
    'end',
    'end',
    'start',
    'start',
    'end',
  ]);
  expect([anchorAt(600, [140, 200]), anchorAt(600, [])]).toEqual(['end', 'end']);
});
