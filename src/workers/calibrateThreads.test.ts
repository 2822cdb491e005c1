import { expect, test } from 'vitest';
import { calibrateThreads, threadsUnmeasured } from './calibrateThreads.ts';

/** Calibrates with these seconds by threads. */
async function calibrate(cores: number, lanes: number, seconds: Readonly<Record<number, number>>) {
  const asked: number[] = [];
  const found = await calibrateThreads({ cores, lanes }, (threads) => {
    asked.push(threads);
    return Promise.resolve(seconds[threads] ?? NaN);
  });
  return { asked, found };
}

test.each([
  ['a second thread that helps', 2, 1, { 1: 60, 2: 40 }, { threads: 2, tried: 2, gain: 1.5 }],
  ['a busy core', 2, 1, { 1: 60, 2: 75 }, { threads: 1, tried: 2, gain: 0.8 }],
  ['a gain too small', 2, 1, { 1: 42, 2: 40 }, { threads: 1, tried: 2, gain: 1.05 }],
  ['lanes that share eight cores', 8, 2, { 1: 80, 4: 20, 2: 40 }, { threads: 4, tried: 4, gain: 4 }],
  ['cores in pairs', 8, 2, { 1: 80, 4: 40, 2: 41 }, { threads: 2, tried: 2, gain: 80 / 41 }],
])('%s', async (_, cores, lanes, seconds, expected) => {
  const { asked, found } = await calibrate(cores, lanes, seconds);
  expect(found).toEqual(expected);
  expect(asked.sort()).toEqual(Object.keys(seconds).map(Number).sort());
});

test.each([
  [2, 2],
  [4, 3],
  [1, 1],
])('%i cores for %i lanes: nothing to measure, one thread', async (cores, lanes) => {
  expect(await calibrate(cores, lanes, {})).toEqual({ asked: [], found: null });
  expect(threadsUnmeasured(cores, lanes)).toBe(1);
});

test('what cannot be measured is told', async () => {
  const failing = calibrateThreads({ cores: 2, lanes: 1 }, () => Promise.reject(new Error('no memory')));
  await expect(failing).rejects.toThrow('no memory');
});
