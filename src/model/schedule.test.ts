import { describe, expect, it } from 'vitest';
import { parseRun } from './config.ts';
import { createSchedule } from './schedule.ts';

const scheduleOf = (schedule: unknown) =>
  createSchedule(parseRun({ model: { depth: 20 }, steps: 1, schedule }).schedule, 0.1);
const at = (step: number, spent = 0, recentError = 1) => ({ step, spent, recentError });

describe('learning-rate schedules', () => {
  it('constant', () => {
    expect(scheduleOf('constant').rate(at(1e6))).toBe(0.1);
  });

  it("the paper's: divided by ten at 32k and 48k steps", () => {
    const schedule = scheduleOf('steps');
    const rates = [0, 31_999, 32_000, 47_999, 48_000].map((step) => schedule.rate(at(step)));
    [0.1, 0.1, 0.01, 0.01, 0.001].forEach((rate, i) => expect(rates[i]).toBeCloseTo(rate, 12));
  });

  it('cosine of the budget spent', () => {
    const schedule = scheduleOf('cosine');
    expect(schedule.rate(at(0, 0))).toBeCloseTo(0.1, 12);
    expect(schedule.rate(at(5, 0.5))).toBeCloseTo(0.05, 12);
    expect(schedule.rate(at(9, 1))).toBeCloseTo(0, 12);
  });

  it('warms up for a number of steps', () => {
    const schedule = scheduleOf({ type: 'constant', warmUp: { learningRate: 0.01, steps: 2 } });
    expect([0, 1, 2, 3].map((step) => schedule.rate(at(step)))).toEqual([0.01, 0.01, 0.1, 0.1]);
  });

  it('warms up until the training error is below the mark, once and for all (depth 110)', () => {
    const schedule = scheduleOf({ type: 'constant', warmUp: { learningRate: 0.01, untilError: 0.8 } });
    const rates = [0.9, 0.8, 0.79, 0.9].map((error, step) => schedule.rate(at(step, 0, error)));
    expect(rates).toEqual([0.01, 0.01, 0.1, 0.1]);
  });
});
