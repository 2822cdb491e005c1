import { expect, test } from 'vitest';
import type { KeepMessage } from '../protocol/keptData.ts';
import { createDataKeeping, KeepError } from './keptData.ts';

class FakeWorker extends EventTarget {
  readonly told: unknown[] = [];
  isOver = false;
  postMessage = (message: unknown) => void this.told.push(message);
  terminate = () => void (this.isOver = true);
  say = (data: KeepMessage) => this.dispatchEvent(new MessageEvent('message', { data }));
}
const kept = { shards: 3, bytes: 30, allShards: 60, allBytes: 600 };
function start() {
  const worker = new FakeWorker();
  const keeping = createDataKeeping('https://host/data/', () => worker as unknown as Worker);
  return { worker, keeping, end: new AbortController() };
}

test('a worker does one thing, tells how far it is, and is gone', async () => {
  const { worker, keeping, end } = start();
  const told: unknown[] = [];
  const keepingAll = keeping.keep(end.signal, (now) => told.push(now));
  expect(worker.told).toEqual([{ kind: 'keep', url: 'https://host/data/' }]);
  worker.say({ kind: 'kept', kept });
  expect([told, worker.isOver]).toEqual([[kept], false]);
  worker.say({ kind: 'done', kept });
  expect(await keepingAll).toEqual(kept);
  expect(worker.isOver).toBe(true);
});

test.each([
  ['says so', 'full', (worker: FakeWorker) => worker.say({ kind: 'failed', trouble: 'full', failure: { name: 'StoreError', message: 'no room' } })], // prettier-ignore
  ['breaks', 'worker', (worker: FakeWorker) => worker.dispatchEvent(new Event('error'))],
])('one that %s rejects with why, and is gone', async (_, trouble, act) => {
  const { worker, keeping, end } = start();
  const looking = keeping.look(end.signal);
  act(worker);
  const error: unknown = await looking.catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(KeepError);
  expect([error, worker.isOver]).toMatchObject([{ trouble }, true]);
});

test('to cancel is to end the worker; what is cancelled before is not begun', async () => {
  const { worker, keeping, end } = start();
  const removing = keeping.remove(end.signal);
  end.abort();
  await expect(removing).rejects.toMatchObject({ name: 'AbortError' });
  expect(worker.isOver).toBe(true);
  await expect(keeping.look(end.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(worker.told).toHaveLength(1);
});
