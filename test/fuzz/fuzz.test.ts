/** A part of `npm run fuzz`, with a seed of its own so that it is the same each time. */
import { expect, test } from 'vitest';
import { fuzz, reading, Violation } from './fuzz.ts';
import { targets } from './targets/all.ts';

test.each(targets.map((target) => [target.name, target] as const))(
  '%s: 300 inputs that are almost right are taken whole or refused in words',
  async (_, target) => {
    const { taken, refused, violations } = await fuzz(target, 20_261_126, 300);
    expect(violations).toEqual([]);
    // Inputs that are never taken, or never refused, show nothing.
    expect([taken > 10, refused > 10]).toEqual([true, true]);
  },
);

test('what must not happen is seen', async () => {
  class OwnError extends Error {}
  const refusing = (error: Error) => () => {
    throw error;
  };
  expect(await reading(() => 7, OwnError)).toEqual({ value: 7 });
  expect(await reading(refusing(new OwnError('no')), OwnError)).toBeNull();
  await expect(reading(refusing(new TypeError('no')), OwnError)).rejects.toThrow(Violation);
  await expect(reading(refusing(new OwnError('x'.repeat(1000))), OwnError)).rejects.toThrow(
    /1,000 characters/,
  );
  const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 1050));
  await expect(reading(slow, OwnError)).rejects.toThrow(/more than 1000 ms/);
});
