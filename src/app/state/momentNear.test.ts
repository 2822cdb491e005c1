import { expect, test } from 'vitest';
import { momentNear } from './momentNear.ts';

const at = (step: number) => ({ step, why: 'ladder', bytes: 1, evaluationDue: false }) as const;

test.each([
  [300, 280],
  [0, 0],
  [1, 0],
  [150, 100],
  [190, 100],
  [191, 280],
])('near step %i of 0, 100, 280 is kept step %i', (step, nearest) => {
  expect(momentNear([at(0), at(100), at(280)], step)?.step).toBe(nearest);
});

test('where nothing is kept there is none', () => {
  expect(momentNear([], 5)).toBeUndefined();
});
