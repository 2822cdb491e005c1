import { expect, test } from 'vitest';
import { countByOrigin } from './runOrigin.ts';

test('runs are counted by where they come from', () => {
  const runs = [{ origin: 'here' }, { origin: 'recorded' }, { origin: 'here' }] as const;
  expect(countByOrigin(runs)).toEqual({ here: 2, recorded: 1, file: 0 });
});
