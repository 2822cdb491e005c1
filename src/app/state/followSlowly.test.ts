import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { followSlowly, type SlowOptions } from './followSlowly.ts';
import { sameItems } from './sameItems.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  ends.splice(0).forEach((end) => end());
  // The beat that all share stops at its next when nobody waits for it.
  rest();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const ends: (() => void)[] = [];

interface Lists {
  readonly one: readonly number[];
  readonly two: readonly number[];
}

const period = 500;

function follow<T>(select: (state: Lists) => T, options?: SlowOptions<T>) {
  const store = createStore<Lists>()(() => ({ one: [1], two: [2] }));
  const selected = vi.fn(select);
  const shown: T[] = [];
  const end = followSlowly(store, selected, (value) => shown.push(value), period, options);
  ends.push(end);
  return { store, selected, shown, end };
}

const rest = () => vi.advanceTimersByTime(2 * period);

test('what changes often is shown once a period, its last change too, and the first after a rest at once', () => {
  const { store, shown, selected } = follow(({ one }) => one.at(-1));
  rest();
  expect(shown).toEqual([1]);
  for (let i = 2; i <= 20; i++) store.setState({ one: [i] });
  expect(shown).toEqual([1, 2]);
  // Nothing is selected while it waits.
  expect(selected).toHaveBeenCalledTimes(2);
  rest();
  expect(shown).toEqual([1, 2, 20]);
  rest();
  expect(shown).toEqual([1, 2, 20]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a selector that makes a new list shows it only when it has other items', () => {
  const { store, shown } = follow(({ one, two }) => [...one, ...two], { isSame: sameItems });
  rest();
  store.setState({ one: [1] });
  store.setState({ two: [2] });
  rest();
  expect(shown).toEqual([[1, 2]]);
  store.setState({ one: [1, 7] });
  expect(shown).toEqual([
    [1, 2],
    [1, 7, 2],
  ]);
});

test('what was changed and changed back while it waited is not shown again', () => {
  const { store, shown } = follow(({ one }) => one.at(-1));
  rest();
  store.setState({ one: [5] });
  store.setState({ one: [6] });
  store.setState({ one: [5] });
  rest();
  expect(shown).toEqual([1, 5]);
});

test('what is urgent does not wait', () => {
  const { store, shown } = follow(({ one }) => one, { urgentKey: (one) => String(one.length) });
  store.setState({ one: [2] });
  expect(shown).toEqual([[1]]);
  store.setState({ one: [2, 3] });
  expect(shown).toEqual([[1], [2, 3]]);
  store.setState({ one: [2, 4] });
  rest();
  expect(shown).toEqual([[1], [2, 3], [2, 4]]);
});

test('what has ended shows nothing more, and leaves no timer', () => {
  const { store, shown, end } = follow(({ one }) => one);
  store.setState({ one: [2] });
  end();
  rest();
  expect(shown).toEqual([[1]]);
  expect(vi.getTimerCount()).toBe(0);
});
