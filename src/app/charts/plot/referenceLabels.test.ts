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
const at = (from: number, heights = [82]) => heights.map((y) => ({ from, to: from + 150, y }));
const given = { written: at(50), size: 12, widest: 100 };

test('a name stands inside the plot, just above its line; where that is the edge, below it', () => {
  const [guessing] = placeReferences([line(0.9)], layout, given);
  expect(guessing).toMatchObject({ anchor: 'end', line: 82 });
  expect(guessing!.x).toBeLessThan(900 - 150);
  expect(guessing!.line - guessing!.y).toBeGreaterThan(0);
  expect(guessing!.line - guessing!.y).toBeLessThan(7);
  const [top] = placeReferences([line(1)], layout, given);
  expect(top!.y).toBeGreaterThan(top!.line);
});

test('names of near lines do not lie on each other; what is out of sight has none', () => {
  const placed = placeReferences([line(0.601), line(0.6), line(0.602), line(0.3)], layout, given);
  expect(placed).toHaveLength(3);
  const heights = placed.map(({ y }) => y);
  for (let i = 1; i < 3; i++) expect(heights[i]! - heights[i - 1]!).toBeGreaterThan(12);
});

test('where something is written on its line, it stands a little higher', () => {
  const heightAt = (from: number, heights?: readonly number[]) => {
    const [placed] = placeReferences([line(0.9)], layout, { ...given, written: at(from, heights?.slice()) });
    expect(placed!.anchor).toBe('end');
    return placed!.line - placed!.y;
  };
  const usual = heightAt(60);
  expect(heightAt(300)).toBe(usual);
  for (const from of [560, 700]) expect(heightAt(from)).toBeGreaterThan(usual + 4);
  expect(heightAt(600, [140, 200])).toBe(usual);
});

test('where that is taken, too, it stands behind the end of its line, and else at the left', () => {
  const placed = (written: ReturnType<typeof at>) =>
    placeReferences([line(0.9)], layout, { ...given, written })[0]!;
  const behind = placed(at(590, [82, 66]));
  expect(behind.anchor).toBe('start');
  expect(behind.x).toBeGreaterThan(900 - 150);
  expect(behind.x + 100).toBeLessThan(900);
  const left = placed(at(700, [82, 66]));
  expect([left.anchor, left.x < 100]).toEqual(['start', true]);
});
