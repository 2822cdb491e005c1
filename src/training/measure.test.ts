import { expect, test } from 'vitest';
import { createReferenceOps } from '../kernels/reference/reference.ts';
import { measureStep } from './measure.ts';

const probe = { model: { depth: 8, width: 1 }, batchSize: 1 };

/** A clock by which every step takes so many seconds, and how many there were. */
function timed(seconds: number) {
  const ops = createReferenceOps();
  let now = 0;
  let steps = 0;
  const upload: typeof ops.upload = (values, shape) => {
    if (shape.length === 4) {
      steps++;
      now += seconds;
    }
    return ops.upload(values, shape);
  };
  const clock = { seconds: () => now };
  return { ops: { ...ops, upload }, clock, steps: () => steps };
}

test('the median of five steps after two that warm up', async () => {
  const { ops, clock, steps } = timed(0.01);
  expect(await measureStep(ops, clock, () => false, probe)).toBeCloseTo(0.01, 9);
  expect(steps()).toBeGreaterThanOrEqual(7);
});

test('a step that takes seconds is measured once', async () => {
  const { ops, clock, steps } = timed(20);
  const before = steps();
  expect(await measureStep(ops, clock, () => false, probe)).toBeCloseTo(20, 9);
  expect(steps() - before).toBeLessThanOrEqual(2);
});
