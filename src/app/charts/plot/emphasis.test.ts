import { expect, test } from 'vitest';
import { emphasise, inDrawingOrder } from './emphasis.ts';

const lines = (present: number, behind = 0) => [
  ...Array.from({ length: behind }, (_, i) => ({ id: `old ${i}`, faint: true })),
  ...Array.from({ length: present }, (_, i) => ({ id: `${i}`, faint: false })),
];

test('up to five lines of the present experiment are loud, whatever lies behind', () => {
  for (const count of [1, 5]) {
    const all = lines(count, 40);
    const of = emphasise(all, null);
    expect(all.filter((line) => of(line) === 'loud')).toHaveLength(count);
    expect(all.filter((line) => of(line) === 'behind')).toHaveLength(40);
  }
});

test('of eight the first five are loud, and stay so while nothing is pointed at', () => {
  const all = lines(8);
  expect(all.map(emphasise(all, null))).toEqual([
    ...Array<string>(5).fill('loud'),
    'quiet',
    'quiet',
    'quiet',
  ]);
});

test('what is pointed at comes forward and all else is dimmed, also what lies behind', () => {
  const all = lines(8, 1);
  for (const front of ['7', '0', 'old 0']) {
    const looks = all.map(emphasise(all, front));
    expect(looks.filter((look) => look === 'front')).toHaveLength(1);
    expect(looks.filter((look) => look === 'quiet')).toHaveLength(8);
  }
  // What is not on this chart dims nothing.
  expect(all.map(emphasise(all, 'elsewhere'))).toEqual(all.map(emphasise(all, null)));
});

test('the loudest is drawn last', () => {
  const all = lines(2, 1);
  expect(inDrawingOrder(all, emphasise(all, '0')).at(-1)!.id).toBe('0');
  expect(inDrawingOrder(all, emphasise(all, null)).map(({ id }) => id)).toEqual(['old 0', '0', '1']);
});
