/** The page as it is when nothing was done yet, and has no device, no workers and no storage. */
import type { App } from '../state/App.ts';
import { noKeeping } from '../state/keeping.ts';
import { createApp, type Services } from '../store.ts';
import { createFakeClient } from './fakeClient.ts';

export const freshApp = (more: Partial<Services> = {}): App =>
  createApp({
    client: createFakeClient({ every: () => () => undefined, stepsPerTick: 1 }),
    chooseDevice: () => Promise.reject(new Error('a test has no device')),
    scheduleUpdate: (callback) => callback(),
    describeDifference: () => '',
    firstOrdinal: 0,
    keeping: noKeeping,
    now: () => 0,
    preferences: { read: () => ({}), write: () => undefined },
    ...more,
  });
