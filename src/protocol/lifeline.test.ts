import { expect, test } from 'vitest';
import { holdLife, lifeline } from './lifeline.ts';

/** Locks as a browser has them, of workers that a test can end. */
function createLocks() {
  const queues = new Map<string, (() => void)[]>();
  const ends: (() => void)[] = [];
  const request = (name: string, ...rest: readonly unknown[]) => {
    const work = rest.at(-1) as () => unknown;
    const signal = rest.length > 1 ? (rest[0] as { readonly signal: AbortSignal }).signal : undefined;
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    return new Promise<void>((resolve, reject) => {
      const leave = () => {
        queue.shift();
        resolve();
        queue[0]?.();
      };
      const enter = () => {
        ends.push(leave);
        void Promise.resolve(work()).then(leave);
      };
      signal?.addEventListener('abort', () => {
        queue.splice(queue.indexOf(enter), 1);
        reject(signal.reason as Error);
      });
      if (queue.push(enter) === 1) enter();
    });
  };
  return { locks: { request } as Pick<LockManager, 'request'>, endWorker: () => ends.shift()?.() };
}

test('the page is told when the worker that holds its name is gone, and not before', async () => {
  const { locks, endWorker } = createLocks();
  const page = lifeline(locks);
  const name = page.name()!;
  expect(page.name()).not.toBe(name);
  await holdLife(name, locks);
  let isGone = false;
  page.watch(name, () => (isGone = true));
  await Promise.resolve();
  expect(isGone).toBe(false);
  endWorker();
  expect(isGone).toBe(true);
});

test('who no longer watches is told nothing', async () => {
  const { locks, endWorker } = createLocks();
  const page = lifeline(locks);
  const name = page.name()!;
  await holdLife(name, locks);
  let isGone = false;
  page.watch(name, () => (isGone = true))();
  endWorker();
  expect(isGone).toBe(false);
});

test('without locks there is no name to hold', () => expect(lifeline(null).name()).toBeUndefined());
