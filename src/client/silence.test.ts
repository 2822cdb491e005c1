import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deadlines } from '../model/deadlines.ts';
import { poll } from './poll.ts';
import { Silence } from './silence.ts';

const { look: every, silence: patience } = deadlines;

function watched() {
  const told: (number | null)[] = [];
  const ask = vi.fn();
  const silence = new Silence(ask, (seconds) => told.push(seconds));
  /** `seconds` of looks, answered after each question by `answer`. */
  const pass = (seconds: number) => {
    for (let i = 0; i < seconds / every; i++) silence.look(every);
  };
  return { silence, ask, told, pass };
}

test('a worker that tells something between two looks is never asked', () => {
  const { silence, ask, told, pass } = watched();
  for (let i = 0; i < 100; i++) {
    silence.heard();
    pass(every);
  }
  expect([ask.mock.calls.length, told]).toEqual([0, []]);
});

test('one that is quiet is asked once, and is well when it answers', () => {
  const { silence, ask, told, pass } = watched();
  for (let i = 0; i < 20; i++) {
    pass(2 * every);
    silence.heard();
  }
  expect(ask.mock.calls.length).toBeGreaterThan(5);
  expect(told).toEqual([]);
});

test('one that does not answer is said to be silent, for how long, until it answers', () => {
  const { silence, ask, told, pass } = watched();
  pass(2 * every);
  expect(ask).toHaveBeenCalledTimes(1);
  pass(patience - every);
  expect(told).toEqual([]);
  pass(2 * every);
  expect(told).toEqual([patience, patience + every]);
  expect(ask).toHaveBeenCalledTimes(1);
  silence.heard();
  expect(told.at(-1)).toBeNull();
});

test('one whose steps take 30 s is said to be silent once, and then known to be slow', () => {
  const { silence, told, pass } = watched();
  for (let step = 0; step < 10; step++) {
    pass(30 + every);
    silence.heard();
  }
  expect(told.filter((seconds) => seconds === null)).toHaveLength(1);
  // A thread that hangs for good is still told.
  pass(120);
  expect(told.at(-1)).toBeGreaterThan(60);
});

describe('a page that slept', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('has waited for two looks at most, however far its clock jumped', () => {
    let now = 0;
    const seconds: number[] = [];
    const stop = poll((gone) => seconds.push(gone), { seconds: () => now });
    const tick = (gone: number) => {
      now += gone;
      vi.advanceTimersByTime(1000 * every);
    };
    tick(every);
    tick(8 * 3600); // A night, or a tab whose timers come once a minute.
    tick(60);
    stop();
    tick(every);
    expect(seconds).toEqual([every, 2 * every, 2 * every]);
  });
});
