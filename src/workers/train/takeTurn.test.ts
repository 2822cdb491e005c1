import { expect, test } from 'vitest';
import { takeTurn } from './takeTurn.ts';

const { signal } = new AbortController();

test('turns come one after the other, each when the one before is over', async () => {
  const { locks } = globalLocks();
  const order: string[] = [];
  const lane = async (name: string) => {
    const end = await takeTurn('first-step', signal, locks);
    order.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push(`${name} ends`);
    end();
  };
  await Promise.all([lane('a'), lane('b')]);
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('where there are no locks, or they are refused, nobody waits', async () => {
  const refusing = { request: () => Promise.reject(new DOMException('blocked', 'SecurityError')) };
  for (const locks of [null, refusing]) {
    // The second while the first has not ended.
    const turns = Promise.all([takeTurn('first-step', signal, locks), takeTurn('first-step', signal, locks)]);
    expect(await isOver(turns)).toBe(true);
    for (const end of await turns) end();
  }
});

test('a first step does not wait for who gets ready ahead', async () => {
  const { locks } = globalLocks();
  const endReady = await takeTurn('getting-ready', signal, locks);
  expect(await isOver(takeTurn('getting-ready', signal, locks))).toBe(false);
  expect(await isOver(takeTurn('first-step', signal, locks))).toBe(true);
  endReady();
});

test('who gives up waits no longer, and takes no turn from the others', async () => {
  const { locks } = globalLocks();
  const end = await takeTurn('first-step', signal, locks);
  const abort = new AbortController();
  const given = takeTurn('first-step', abort.signal, locks);
  const next = takeTurn('first-step', signal, locks);
  expect([await isOver(given), await isOver(next)]).toEqual([false, false]);
  abort.abort();
  expect([await isOver(given), await isOver(next)]).toEqual([true, false]);
  (await given)();
  expect(await isOver(next)).toBe(false);
  end();
  expect(await isOver(next)).toBe(true);
});

/** Whether a promise is settled once all that is ready has run. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  void promise.then(() => (over = true));
  await new Promise((resolve) => setTimeout(resolve, 5));
  return over;
}

/** A lock manager as browsers have it: a request's work holds the lock of its name until its promise is settled. */
function globalLocks() {
  const held = new Map<string, Promise<unknown>>();
  const request = (name: string, { signal: abort }: { signal: AbortSignal }, work: () => Promise<void>) =>
    new Promise((resolve, reject) => {
      abort.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      const done = (held.get(name) ?? Promise.resolve()).then(() => (abort.aborted ? undefined : work()));
      held.set(name, done);
      void done.then(resolve, reject);
    });
  return { locks: { request } as unknown as Pick<LockManager, 'request'> };
}
