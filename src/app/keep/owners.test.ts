import { expect, test } from 'vitest';
import { holdOwner, whoLives, type Locks } from './owners.ts';

/** Locks of one browser: held until a page is gone. */
function someLocks() {
  const held = new Set<string>();
  const locks = {
    request: (name: string) => {
      held.add(name);
      return new Promise(() => undefined);
    },
    query: () => Promise.resolve({ held: [...held].map((name) => ({ name })) }),
  } as unknown as Locks;
  return { locks, held };
}
const at = (time: number) => () => time;

test('a run is elsewhere as long as the page that trains it lives, whatever the clocks say', async () => {
  const { locks, held } = someLocks();
  holdOwner('other', locks);
  const isElsewhere = await whoLives('me', at(1e12), locks);
  expect(isElsewhere({ owner: 'other', updated: 0 })).toBe(true);
  expect(isElsewhere({ owner: 'gone', updated: 1e12 })).toBe(false);
  expect(isElsewhere({ owner: 'me', updated: 1e12 })).toBe(false);
  expect(isElsewhere({ owner: null, updated: 1e12 })).toBe(false);
  held.clear();
  expect((await whoLives('me', at(0), locks))({ owner: 'other', updated: 0 })).toBe(false);
});

test.each<readonly [string, Locks | null]>([
  ['there are no Web Locks', null],
  ['they do not answer', { request: () => Promise.reject(new Error('no')), query: () => Promise.reject(new Error('no')) }], // prettier-ignore
])('where %s it is told by the last sign of life', async (_, locks) => {
  holdOwner('me', locks);
  const isElsewhere = await whoLives('me', at(100_000), locks);
  expect(isElsewhere({ owner: 'other', updated: 95_000 })).toBe(true);
  expect(isElsewhere({ owner: 'other', updated: 60_000 })).toBe(false);
  // A clock that was put back does not make a page live for ever.
  expect(isElsewhere({ owner: 'other', updated: 900_000 })).toBe(false);
});
