import { expect, test } from 'vitest';
import { countByOrigin, originOf } from './runOrigin.ts';
import type { Run } from './run.ts';

test.each([
  ['here', { imported: false, id: 'lane 1' }],
  ['recorded', { imported: true, id: 'recorded/plain-20-s1' }],
  ['file', { imported: true, id: 'import 1/recorded' }],
] as const)('a run is %s', (origin, run) => {
  expect(originOf(run)).toBe(origin);
});

test('runs are counted by where they come from', () => {
  const runs = [
    { imported: false, id: 'recorded/mine' },
    { imported: true, id: 'recorded/x' },
  ] as Run[];
  expect(countByOrigin(runs)).toEqual({ here: 1, recorded: 1, file: 0 });
});
