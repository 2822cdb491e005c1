import { expect, test } from 'vitest';
import { SubmitPace } from './submitPace.ts';

/** A device that takes so many seconds for a dispatch, and does one submission after the other. */
function device(secondsEach: number) {
  let [now, end] = [0, 0];
  const pace = new SubmitPace(
    () => {
      const at = end;
      // In the order of their ends.
      return Promise.resolve().then(() => void (now = Math.max(now, at)));
    },
    () => now,
  );
  const submit = async (times: number) => {
    for (let i = 0; i < times; i++) {
      const count = pace.dispatches;
      end += count * secondsEach;
      pace.submitted(count);
      await new Promise(setImmediate);
    }
    return pace.dispatches;
  };
  /** Numbers are read: what is recorded by then is submitted. */
  const read = (count: number) => {
    end += count * secondsEach + 0.5;
    pace.submitted(count);
  };
  return { submit, read, becomes: (seconds: number) => (secondsEach = seconds) };
}

test('a fast device gets more at once, step by step, up to a bound', async () => {
  const { submit } = device(10e-6);
  expect(await submit(2)).toBe(30);
  expect(await submit(200)).toBe(256);
});

test('a slow one gets what takes it some milliseconds, and never less than at the start', async () => {
  expect(await device(100e-6).submit(200)).toBe(80);
  expect(await device(5e-3).submit(200)).toBe(15);
});

test('it follows a device that becomes slower', async () => {
  const { submit, becomes } = device(10e-6);
  await submit(200);
  becomes(200e-6);
  expect(await submit(40)).toBe(40);
});

test('what is submitted early, because numbers are read, is not measured', async () => {
  const { submit, read } = device(10e-6);
  for (let i = 0; i < 200; i++) {
    await submit(3);
    read(i % 2 === 0 ? 0 : 7);
  }
  expect(await submit(1)).toBe(256);
});

test('a device that is lost is asked no more', async () => {
  let asked = 0;
  const pace = new SubmitPace(
    () => {
      asked += 1;
      return Promise.reject(new Error('lost'));
    },
    () => 0,
  );
  for (let i = 0; i < 100; i++) {
    pace.submitted(15);
    await new Promise(setImmediate);
  }
  expect([asked, pace.dispatches]).toEqual([2, 15]);
});
