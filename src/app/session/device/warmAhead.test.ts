import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFakeClient } from '../../testing/fakeClient.ts';
import { createApp } from '../../store.ts';
import { noKeeping } from '../../state/keeping.ts';
import { warmAhead } from './warmAhead.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function page() {
  const client = createFakeClient({ every: () => () => undefined, stepsPerTick: 5 });
  const app = createApp({
    client,
    chooseDevice: () =>
      Promise.resolve({ backend: 'wasm', threads: 1, hardware: '', software: true, reason: 'no-webgpu' }),
    scheduleUpdate: (callback) => callback(),
    describeDifference: () => '',
    firstOrdinal: 0,
    keeping: noKeeping,
    now: () => 0,
    preferences: { read: () => ({}), write: () => undefined },
  });
  const warm = vi.fn();
  warmAhead(app.store, { warm });
  return { app, warm };
}
const soon = () => vi.advanceTimersByTimeAsync(1000);

test('workers are warmed as soon as the device is found, and again when the experiment needs others', async () => {
  const { app, warm } = page();
  await soon();
  expect(warm).not.toHaveBeenCalled();
  await app.findDevice();
  expect(warm).toHaveBeenCalledTimes(1);
  app.addTwins();
  app.addTwins();
  expect(warm).toHaveBeenCalledTimes(1);
  await soon();
  expect(warm).toHaveBeenCalledTimes(2);
  const [experiment] = warm.mock.lastCall as [{ lanes: unknown[] }];
  expect(experiment.lanes).toHaveLength(app.store.getState().draft.lanes.length);
});

test('nothing is warmed while something trains, and all is again when it has ended', async () => {
  const { app, warm } = page();
  await app.findDevice();
  await app.train();
  await soon();
  expect(warm).toHaveBeenCalledTimes(1);
  app.store.setState(({ training }) => ({ training: { ...training, runs: [] } }));
  await soon();
  expect(warm).toHaveBeenCalledTimes(2);
});
