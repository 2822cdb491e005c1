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
    const [first, second] = [
      await takeTurn('first-step', signal, locks),
      await takeTurn('first-step', signal, locks),
    ];
    first();
    second();
  }
});

test('a first step does not wait for who gets ready ahead', async () => {
  const { locks } = globalLocks();
  const endReady = await takeTurn('getting-ready', signal, locks);
  const endStep = await takeTurn('first-step', signal, locks);
  endStep();
  endReady();
});

test('who gives up waits no longer, and takes no turn from the others', async () => {
  const { locks } = globalLocks();
  const end = await takeTurn('first-step', signal, locks);
  const abort = new AbortController();
  const given = takeTurn('first-step', abort.signal, locks);
  const next = takeTurn('first-step', signal, locks);
  abort.abort();
  (await given)();
  end();
  (await next)();
});

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
