import { expect, test, vi } from 'vitest';
import { calibrateThreads } from './calibrateThreads.ts';
import { threadsUnmeasured } from './threadsUnmeasured.ts';

type Times = Readonly<Record<number, number | readonly number[]>>;

/** Calibrates with these seconds by threads: the same at each measurement, or one after the other. */
async function calibrate(
  cores: number,
  lanes: number,
  seconds: Times,
  started: (n: number) => number = (n) => n,
) {
  const asked: number[] = [];
  const order: number[] = [];
  let open = 0;
  let most = 0;
  const found = await calibrateThreads({ cores, lanes }, (threads) => {
    asked.push(threads);
    most = Math.max(most, ++open);
    let measured = 0;
    return Promise.resolve({
      threads: started(threads),
      seconds: () => {
        order.push(threads);
        const given = seconds[threads] ?? NaN;
        return Promise.resolve(typeof given === 'number' ? given : given[measured++ % given.length]!);
      },
      close: () => {
        open--;
      },
    });
  });
  return { asked, found, order, open, most };
}

test.each([
  ['a second thread that helps', 2, 1, { 1: 60, 2: 40 }, { threads: 2, tried: 2, gain: 1.5 }],
  ['a busy core', 2, 1, { 1: 60, 2: 75 }, { threads: 1, tried: 2, gain: 0.8 }],
  ['a gain too small', 2, 1, { 1: 42, 2: 40 }, { threads: 1, tried: 2, gain: 1.05 }],
  ['lanes that share eight cores', 8, 2, { 1: 80, 4: 20, 2: 40 }, { threads: 4, tried: 4, gain: 4 }],
  [
    'one moment in which something else was busy',
    2,
    1,
    { 1: [60, 600, 60], 2: 50 },
    { threads: 2, tried: 2, gain: 1.2 },
  ],
  ['the same for the other', 2, 1, { 1: 60, 2: [50, 50, 700] }, { threads: 2, tried: 2, gain: 1.2 }],
  [
    'more times as fast than there are threads, which is noise',
    2,
    1,
    { 1: 164, 2: 40 },
    { threads: 2, tried: 2, gain: null },
  ],
])('%s', async (_, cores, lanes, seconds: Times, expected) => {
  const { asked, found, open } = await calibrate(cores, lanes, seconds);
  expect(found).toEqual(expected);
  expect(asked.sort()).toEqual(Object.keys(seconds).map(Number).sort());
  expect(open).toBe(0);
});

test('cores in pairs: fewer threads that are as fast are better, and their gain is over one', async () => {
  const { found, open, most } = await calibrate(8, 2, { 1: 80, 4: 40, 2: 41 });
  expect(found).toMatchObject({ threads: 2, tried: 2 });
  expect(found?.gain).toBeCloseTo(80 / 41, 10);
  expect([open, most]).toEqual([0, 2]);
});

test('each is measured three times, in turn with what it is compared with', async () => {
  const { order } = await calibrate(8, 2, { 1: 80, 4: 40, 2: 41 });
  expect(order).toEqual([1, 4, 1, 4, 1, 4, 4, 2, 4, 2, 4, 2]);
});

test('threads that did not start are not measured, and nothing is said of their gain', async () => {
  const { found, order, open } = await calibrate(4, 1, { 1: 60, 4: 15 }, () => 1);
  expect(found).toEqual({ threads: 1, tried: 4, gain: null });
  expect(order).toEqual([]);
  expect(open).toBe(0);
});

test.each([
  [2, 2],
  [4, 3],
  [1, 1],
])('%i cores for %i lanes: nothing to measure, one thread', async (cores, lanes) => {
  expect(await calibrate(cores, lanes, {})).toMatchObject({ asked: [], found: null });
  expect(threadsUnmeasured(cores, lanes)).toBe(1);
});

test('what cannot be measured is told', async () => {
  const open = vi.fn(() => Promise.reject(new Error('no memory')));
  await expect(calibrateThreads({ cores: 2, lanes: 1 }, open)).rejects.toThrow('no memory');
});
