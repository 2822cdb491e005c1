import { expect, test } from 'vitest';
import { takeTurn } from './takeTurn.ts';

test('turns come one after the other, each when the one before is over', async () => {
  const { locks } = globalLocks();
  const order: string[] = [];
  const lane = async (name: string) => {
    const end = await takeTurn('first-step', locks);
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
    const [first, second] = [await takeTurn('first-step', locks), await takeTurn('first-step', locks)];
    first();
    second();
  }
});

test('a first step does not wait for who gets ready ahead', async () => {
  const { locks } = globalLocks();
  const endReady = await takeTurn('getting-ready', locks);
  const endStep = await takeTurn('first-step', locks);
  endStep();
  endReady();
});

/** A lock manager as browsers have it: a request's work holds the lock of its name until its promise is settled. */
function globalLocks() {
  const held = new Map<string, Promise<unknown>>();
  const request = (name: string, work: () => Promise<void>) => {
    const done = (held.get(name) ?? Promise.resolve()).then(work);
    held.set(name, done);
    return done;
  };
  return { locks: { request } as unknown as Pick<LockManager, 'request'> };
}
