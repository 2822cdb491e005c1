import { expect, test } from 'vitest';
import { chooseMoments, type Ladder } from './chooseMoments.ts';

const all = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 16_000];
const ladder = (kind: string, bytes: number, last: number): Ladder => ({
  kind,
  bytes,
  steps: [...all.filter((step) => step < last), last],
});

test('twins are taken at the same steps, and the last of each always', () => {
  const ladders = [
    ladder('20', 140, 16_000),
    ladder('56', 440, 16_000),
    ladder('20', 140, 16_000),
    ladder('56', 440, 16_000),
  ];
  const chosen = chooseMoments(ladders, 6000)!;
  expect(chosen[0]).toEqual(chosen[2]);
  expect(chosen[1]).toEqual([10, 100, 1000, 5000, 16_000]);
  expect(chosen[3]).toEqual(chosen[1]);
  const bytes = chosen.reduce((sum, steps, i) => sum + steps.length * ladders[i]!.bytes, 0);
  expect(bytes).toBeLessThanOrEqual(6000);
  expect(chosen[0]!.length).toBeGreaterThan(4);
});

test('a run that is not over yet is taken as far as it is, at its twin\u2019s steps', () => {
  const [short, long] = chooseMoments([ladder('56', 400, 750), ladder('56', 400, 8250)], 3300)!;
  expect(short).toEqual([10, 100, 750]);
  expect(long).toEqual([10, 100, 1000, 5000, 8250]);
});

test('what does not fit is left out, and where not even the last ones fit nothing is chosen', () => {
  expect(chooseMoments([ladder('a', 10, 16_000)], 10)).toEqual([[16_000]]);
  expect(chooseMoments([ladder('a', 10, 16_000)], 29)).toEqual([[1000, 16_000]]);
  expect(chooseMoments([ladder('a', 10, 16_000), ladder('b', 1, 1)], 10)).toBeNull();
  // A step that no ladder has in its order stays out.
  expect(chooseMoments([{ kind: 'a', bytes: 1, steps: [7, 100, 300] }], 100)).toEqual([[100, 300]]);
});
