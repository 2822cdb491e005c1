import { expect, test } from 'vitest';
import { freshRuns, grown, over } from './testing/grownRun.ts';
import { lastError, meanError } from './meanError.ts';

const [fresh] = freshRuns();
/** Grown by so many steps. */
const run = (steps: number) => grown(fresh, steps);

test('while more steps come it is the mean of the last whole window, as the verdict has it', () => {
  for (const steps of [50, 60, 74, 75, 99]) {
    const whole = steps - (steps % 25);
    expect(meanError(run(steps)), String(steps)).toBe(lastError(run(whole)));
  }
  expect(meanError(run(60))).not.toBe(lastError(run(60)));
});

test('before there is a window, and when a run has ended, it is that of the last steps', () => {
  expect(meanError(run(30))).toBe(lastError(run(30)));
  expect(meanError(over(run(60)))).toBe(lastError(run(60)));
  expect(meanError(run(0))).toBeNull();
});
