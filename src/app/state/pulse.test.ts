import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atBeat } from './pulse.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('callbacks of one period fall into one beat, whenever they were asked for, and are called once', () => {
  const calls: string[] = [];
  atBeat(1000, () => calls.push('a'));
  vi.advanceTimersByTime(300);
  atBeat(1000, () => calls.push('b'));
  atBeat(250, () => calls.push('fast'));
  vi.advanceTimersByTime(250);
  expect(calls).toEqual(['fast']);
  vi.advanceTimersByTime(1000);
  expect(calls).toEqual(['fast', 'a', 'b']);
  vi.advanceTimersByTime(5000);
  expect(calls).toHaveLength(3);
});

test('one that is taken back is not called, and nothing beats when nobody waits', () => {
  let called = 0;
  const cancel = atBeat(500, () => called++);
  cancel();
  vi.advanceTimersByTime(2000);
  expect(called).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('who asks again in its callback is called a period later', () => {
  let called = 0;
  const again = () => {
    called++;
    if (called < 3) atBeat(500, again);
  };
  atBeat(500, again);
  vi.advanceTimersByTime(1600);
  expect(called).toBe(3);
});
