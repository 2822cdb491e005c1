import { expect, test, vi } from 'vitest';
import { type TuningSurroundings, openTuningMemory } from './tuningStore.ts';

/** What of the browser's storage is used, in memory; `locks` really take turns. */
function surroundings() {
  const stored = new Map<string, string>();
  const cache = {
    match: (key: string) => Promise.resolve(stored.has(key) ? new Response(stored.get(key)) : undefined),
    put: async (key: string, response: Response) => void stored.set(key, await response.text()),
  };
  let turn: Promise<unknown> = Promise.resolve();
  const request = (...[, work]: [name: string, work: () => Promise<unknown>]) => (turn = turn.then(work));
  const open = vi.fn(() => Promise.resolve(cache));
  return { caches: { open }, locks: { request } } as unknown as TuningSurroundings;
}

test('gives back what was written, by key, in another worker too', async () => {
  const around = surroundings();
  const [one, other] = [(await openTuningMemory(around))!, (await openTuningMemory(around))!];
  await one.write('nvidia: a/b?', 'choices');
  expect(await other.read('nvidia: a/b?')).toBe('choices');
  expect(await other.read('amd')).toBeUndefined();
});

test('lets one worker after the other tune', async () => {
  const around = surroundings();
  const lanes = [(await openTuningMemory(around))!, (await openTuningMemory(around))!];
  const order: string[] = [];
  const tune = (lane: number) => async () => {
    order.push(`${lane} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push(`${lane} ends`);
  };
  await Promise.all(lanes.map((lane, i) => lane.exclusively(tune(i))));
  expect(order).toEqual(['0 begins', '0 ends', '1 begins', '1 ends']);
});

test('there is none where the storage is missing or blocked', async () => {
  const { caches, locks } = surroundings();
  expect(await openTuningMemory({ caches: caches! })).toBeNull();
  expect(await openTuningMemory({ locks: locks! })).toBeNull();
  const blocked = { open: () => Promise.reject(new DOMException('blocked', 'SecurityError')) };
  expect(await openTuningMemory({ caches: blocked, locks: locks! })).toBeNull();
});
