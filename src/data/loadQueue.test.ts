import { expect, test } from 'vitest';
import { createDeferred } from '../model/deferred.ts';
import { LoadQueue } from './loadQueue.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function watched(limit: number) {
  const queue = new LoadQueue(limit);
  const begun: string[] = [];
  const add = (name: string) => {
    const work = createDeferred<string>();
    const ticket = queue.add(() => {
      begun.push(name);
      return work.promise;
    });
    return { ...ticket, finish: () => work.resolve(name), fail: () => work.reject(new Error(name)) };
  };
  return { begun, add };
}

test('at most `limit` tasks run at a time, in the order they were added', async () => {
  const { begun, add } = watched(2);
  const [a, , c] = ['a', 'b', 'c', 'd'].map(add);
  expect(begun).toEqual(['a', 'b']);
  a!.finish();
  expect(await a!.result).toBe('a');
  await settled();
  expect(begun).toEqual(['a', 'b', 'c']);
  c!.finish();
  await settled();
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('a task in a hurry goes before those that have not begun', async () => {
  const { begun, add } = watched(1);
  const [a, , , d] = ['a', 'b', 'c', 'd'].map(add);
  d!.hurry();
  a!.finish();
  await settled();
  expect(begun).toEqual(['a', 'd']);
  d!.hurry();
  d!.finish();
  await settled();
  expect(begun).toEqual(['a', 'd', 'b']);
});

test('a task that fails tells who asked and makes room for the next', async () => {
  const { begun, add } = watched(1);
  const a = add('a');
  add('b');
  a.fail();
  await expect(a.result).rejects.toThrow('a');
  await settled();
  expect(begun).toEqual(['a', 'b']);
});
