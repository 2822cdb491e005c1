import { expect, test } from 'vitest';
import { quantities } from '../quantities.ts';
import { placeTicksWithin, valueRoom, valueTicks } from './axisTicks.ts';
import type { ChartLayout } from './layout.ts';
import { fitted, fittedName, measureIn } from './textWidth.ts';

const layout = (from: number, to: number, width = 400): ChartLayout => ({
  width, height: 220, left: 46, right: 100, top: 10, bottom: 26,
  x: { from: 0, to: 1e6, isLog: false }, y: { from, to, isLog: false },
}); // prettier-ignore
const texts = (from: number, to: number) => {
  const ticks = valueTicks(layout(from, to));
  return ticks.map((value) => quantities.rate.formatTick(value, Math.max(...ticks)));
};

test('small and large values are written alike along an axis, and none by a row of zeros', () => {
  expect(texts(0, 2e-4)).toEqual(['0', '5e-5', '1e-4', '1.5e-4', '2e-4']);
  expect(texts(0, 2e-7)).toEqual(['0', '5e-8', '1e-7', '1.5e-7', '2e-7']);
  expect(texts(0, 0.15)).toEqual(['0', '0.05', '0.1', '0.15']);
  expect(texts(0, 200_000)).toEqual(['0', '50,000', '100,000', '150,000', '200,000']);
  expect(texts(0, 2e30)).toEqual(['0', '5e29', '1e30', '1.5e30', '2e30']);
  expect(quantities.gap.formatTick(-0.1, 0.1)).toBe('-10');
});

test('the room beside the plot holds every text whole, and does not move with each digit', () => {
  const measure = measureIn(12);
  for (const [from, to] of [
    [0, 1],
    [0, 2e-4],
    [0, 200_000],
    [-1e6, 0],
    [0, 2e30],
  ] as const) {
    const widest = Math.max(...texts(from, to).map(measure));
    expect(valueRoom(layout(from, to), quantities.rate.formatTick)).toBeGreaterThanOrEqual(widest + 8);
  }
  expect(valueRoom(layout(0, 1), quantities.rate.formatTick)).toBe(46);
});

test('places are named as many as fit beside each other', () => {
  const count = (width: number) => placeTicksWithin(layout(0, 1, width), 'step').length;
  expect(count(1000)).toBeGreaterThan(count(260));
  expect(count(260)).toBeLessThanOrEqual(3);
});

test('a name is shortened by whole signs to the room that it has', () => {
  const measure = measureIn(12);
  expect(fitted('plain-20', 200, measure)).toBe('plain-20');
  const short = fitted('a rather long name of a lane', 60, measure);
  expect(short).toMatch(/^a rat.*\u2026$/);
  expect(measure(short)).toBeLessThanOrEqual(60);
  expect(fitted('\u{1F469}\u200D\u{1F52C}\u{1F469}\u200D\u{1F52C}', 1, measure)).toBe('\u2026');
  expect(fitted('\u6df1\u6df1\u6df1\u6df1\u6df1\u6df1', 45, measure)).toBe('\u6df1\u6df1\u2026');
});

const [error, loss, rate] = [quantities.error.format, quantities.loss.format, quantities.rate.format];

test('values that fill a page with digits, or leave none, are read by their power of ten; no number is no percentage', () => {
  expect([loss(1e30), loss(2.5e-5), loss(1.9), loss(0)]).toEqual(['1.00e30', '2.50e-5', '1.900', '0.000']); // prettier-ignore
  expect([rate(1e-7), rate(1e-4), error(0.7)]).toEqual(['1.00e-7', '0.0001', '70.0%']); // prettier-ignore
  expect([error(NaN), loss(Infinity), loss(-Infinity)]).toEqual(['NaN', '\u221e', '\u2212\u221e']); // prettier-ignore
});

test('a name is shortened in its middle: its end tells it from others', () => {
  const measure = (text: string) => Array.from(text).length;
  expect(fittedName('plain-20', 8, measure)).toBe('plain-20');
  const names = ['ResNet-56 rec. (1)', 'ResNet-56 rec. (2)'].map((name) => fittedName(name, 16, measure));
  expect(names).toEqual(['ResNet-56\u2026c. (1)', 'ResNet-56\u2026c. (2)']);
  // Hardly any room: the beginning.
  expect(fittedName('ResNet-56 rec. (1)', 8, measure)).toBe('ResNet-\u2026');
  expect(fittedName('\u{1F469}\u200D\u{1F52C}'.repeat(9), 4, measure)).toMatch(/\u2026$/);
});
