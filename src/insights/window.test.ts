import { expect, test } from 'vitest';
import { commonWindows, moments } from './window.ts';

const at = (steps: number, batchSize = 64, ended = false) => ({ steps, batchSize, ended });

test('runs of one batch size: the last fifty steps of both, in intervals while one trains', () => {
  expect(commonWindows(at(49, 64, true), at(300, 64, true))).toBeNull();
  expect(commonWindows(at(78), at(78))).toEqual([{ from: 26, to: 75 }, { from: 26, to: 75 }]); // prettier-ignore
  expect(commonWindows(at(78, 64, true), at(90))).toEqual([{ from: 29, to: 78 }, { from: 29, to: 78 }]); // prettier-ignore
});

test('other batch sizes are compared when both have seen as many images', () => {
  expect(commonWindows(at(300, 64, true), at(300, 128, true))).toEqual([
    { from: 201, to: 300 },
    { from: 101, to: 150 },
  ]);
  // 100 of 48 and 75 of 64 images are 4,800.
  expect(commonWindows(at(101, 48), at(200, 64))).toEqual([{ from: 34, to: 100 }, { from: 26, to: 75 }]); // prettier-ignore
  expect(commonWindows(at(300, 16, true), at(300, 128, true))).toBeNull();
  // Both windows hold as many images, to less than a step.
  const [a, b] = commonWindows(at(5000, 7, true), at(500, 60, true))!;
  expect((a.to - a.from + 1) * 7).toBeCloseTo((b.to - b.from + 1) * 60, -1);
});

test('mean and standard error of a window', () => {
  expect(moments([9, 1, 2, 3, 9], { from: 2, to: 4 })).toEqual({ mean: 2, standardError: Math.sqrt(1 / 3) });
});
