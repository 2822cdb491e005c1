import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseExperiment } from '../../model/config.ts';
import { createApp } from '../store.ts';
import { noKeeping } from '../state/keeping.ts';
import { createFakeClient } from '../testing/fakeClient.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import { endRun, type Run } from '../state/run.ts';
import type { EndReason } from '../../protocol/protocol.ts';
import { keepTabTitle, tabTitle } from './tabTitle.ts';

const experiment = parseExperiment({
  lanes: [
    { id: 'a', model: { depth: 20, block: 'plain' } },
    { id: 'b', model: { depth: 56, block: 'plain' } },
  ],
  recipe: { steps: 300 },
});
const [a, b] = prepareRuns(experiment, 1, () => '') as [Run, Run];
const at = (run: Run, step: number, state: Run['state'] = 'running'): Run => ({ ...run, step, state });
const ended = (run: Run, reason: EndReason) => endRun(run, { reason, divergedAt: null, failure: null });
const title = (...runs: Run[]) => tabTitle({ runs, failure: null });

test.each([
  [[], ''],
  [[a, b], 'Getting ready'],
  [[at(a, 140), at(b, 131)], 'plain-56 131/300'],
  [[ended(at(a, 300), 'completed'), at(b, 131)], 'plain-56 131/300'],
  [[at(a, 140, 'paused'), at(b, 140, 'paused')], 'Paused: plain-20 140/300'],
  [[ended(a, 'completed'), ended(b, 'completed')], 'Done'],
  [[ended(a, 'completed'), ended(b, 'diverged')], 'plain-56 diverged'],
  [[ended(a, 'diverged'), ended(b, 'diverged')], 'plain-20 and plain-56 diverged'],
  [[ended(a, 'stopped'), ended(b, 'stopped')], 'Stopped'],
  [[ended(a, 'completed'), ended(b, 'error')], 'Failed'],
  // What waits for another one has not begun.
  [[at(a, 140), { ...b, state: 'queued' as const }], 'plain-20 140/300'],
  // A net that is done stays while others are trained.
  [[ended(at(a, 300), 'completed'), b], 'Getting ready'],
  [[{ ...at(a, 5), config: { ...a.config!, steps: undefined, minutes: 2 } }], 'plain-20 5'],
])('%# says how far training is', (runs, text) => {
  expect(title(...runs)).toBe(text);
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the tab tells progress now and then, ends at once, and first of all nothing', async () => {
  let tick = () => {};
  const app = createApp({
    client: createFakeClient({ every: (each) => ((tick = each), () => undefined), stepsPerTick: 1 }),
    chooseDevice: () =>
      Promise.resolve({ backend: 'wasm', threads: 1, hardware: '', software: true, reason: 'no-webgpu' }),
    scheduleUpdate: (callback) => callback(),
    describeDifference: () => '',
    firstOrdinal: 0,
    keeping: noKeeping,
    now: () => 0,
    preferences: { read: () => ({}), write: () => undefined },
  });
  const titles: string[] = [];
  const page = {
    get title() {
      return titles.at(-1) ?? 'Own title';
    },
    set title(text: string) {
      titles.push(text);
    },
  };
  const end = keepTabTitle(app.store, page);
  await vi.advanceTimersByTimeAsync(5000);
  expect(titles).toEqual([]);
  await app.train();
  for (let i = 0; i < 100; i++) {
    tick();
    await vi.advanceTimersByTimeAsync(100);
  }
  // Ten seconds of steps: not a title a step.
  expect(titles.length).toBeLessThan(12);
  expect(page.title).toMatch(/^plain-(20|56) \d+\/300 \u00b7 Residual Playground$/);
  app.pause();
  expect(page.title).toMatch(/^Paused: plain-/);
  app.stop();
  expect(page.title).toBe('Stopped \u00b7 Residual Playground');
  end();
});
