/** The page's state as it is when nothing was done yet. */
import type { StoreApi } from 'zustand/vanilla';
import { createFakeClient } from '../../testing/fakeClient.ts';
import { noKeeping } from '../../state/keeping.ts';
import type { AppState } from '../../state/AppState.ts';
import { createApp } from '../../store.ts';

export const createFakeApp = (): StoreApi<AppState> =>
  createApp({
    client: createFakeClient({ every: () => () => undefined, stepsPerTick: 1 }),
    chooseDevice: () => Promise.reject(new Error('a test has no device')),
    scheduleUpdate: (callback) => callback(),
    describeDifference: () => '',
    firstOrdinal: 0,
    keeping: noKeeping,
    now: () => 0,
    preferences: { read: () => ({}), write: () => undefined },
  }).store;
