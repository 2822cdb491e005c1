import { expect, test } from 'vitest';
import { SubmitPace } from './submitPace.ts';

/** A device that takes so many seconds for a dispatch, and does one submission after the other; recording one takes no time. */
function device(secondsEach: number) {
  let [now, end] = [0, 0];
  let idle = true;
  const pace = new SubmitPace(
    async () => {
      const at = end;
      await Promise.resolve();
      now = Math.max(now, at);
    },
    () => now,
  );
  const add = (count: number, more = 0) => {
    end = Math.max(end, now) + count * secondsEach + more;
    pace.submitted(count);
  };
  const submit = async (times: number) => {
    for (let i = 0; i < times; i++) {
      add(pace.dispatches);
      await new Promise(setImmediate);
      // A thread that waits now and then, as one that reads numbers does.
      if (idle && i % 2 === 1) now = Math.max(now, end);
    }
    return pace.dispatches;
  };
  return {
    submit,
    /** Numbers are read: what is recorded by then is submitted, and waited for. */
    read: (count: number) => {
      add(count, 0.5);
      now = Math.max(now, end);
    },
    becomes: (seconds: number) => (secondsEach = seconds),
    /** It is given more than it can do, and is always behind. */
    falls: () => (idle = false),
  };
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
  expect(await submit(60)).toBe(40);
});

test('one that is always behind gets few at once: it is not the processor that it waits for', async () => {
  const { submit, falls } = device(100e-6);
  falls();
  expect(await submit(400)).toBeLessThan(40);
});

test('what is submitted early, because numbers are read, is not measured', async () => {
  const { submit, read } = device(10e-6);
  for (let i = 0; i < 200; i++) {
    await submit(4);
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
  expect([asked, pace.dispatches]).toEqual([1, 15]);
});
