import { expect, test } from 'vitest';
import { ShardStore } from '../../data/shardStore.ts';
import { MemoryCaches } from '../../data/testing/memoryCaches.ts';
import { createSmallDataset } from '../../data/testing/smallDataset.ts';
import type { KeepCommand, KeepMessage } from '../../protocol/keptData.ts';
import { createKeepDataHandler } from './keepDataHandler.ts';

const url = 'https://host/data/';
async function start({ hasStore = true, quota = Infinity, room = null as number | null } = {}) {
  const small = await createSmallDataset({ train: [3, 4], test: [2] });
  const memory = new MemoryCaches();
  memory.quota = quota;
  const messages: KeepMessage[] = [];
  let isOnline = true;
  const handle = createKeepDataHandler(
    (message) => messages.push(message),
    (...asked) => (isOnline ? small.fetch(...asked) : Promise.reject(new TypeError('Failed to fetch'))),
    hasStore ? new ShardStore(memory.storage) : null,
    () => Promise.resolve(room),
  );
  const tell = async (kind: KeepCommand['kind']) => {
    messages.length = 0;
    await handle({ kind, url });
    return messages.at(-1);
  };
  return { small, memory, messages, tell, setOnline: (is: boolean) => (isOnline = is) };
}

test('it looks, keeps all of it and says how far it is, works offline from then on, and removes', async () => {
  const { messages, tell, setOnline } = await start();
  expect(await tell('look')).toMatchObject({ kind: 'done', kept: { shards: 0, bytes: 0, allShards: 3 } });
  expect(await tell('keep')).toMatchObject({ kind: 'done', kept: { shards: 3 } });
  expect(messages.map((one) => ('kept' in one ? one.kept.shards : -1))).toEqual([0, 1, 2, 3, 3]);
  setOnline(false);
  expect(await tell('look')).toMatchObject({ kind: 'done', kept: { shards: 3 } });
  expect(await tell('keep')).toMatchObject({ kind: 'done', kept: { shards: 3 } });
  expect(await tell('remove')).toMatchObject({ kind: 'done', kept: { shards: 0 } });
});

test.each([
  ['denied', {}, { hasStore: false }],
  ['full', {}, { room: 10 }],
  ['full', {}, { quota: 10 }],
  ['unreachable', { missing: 'train-01.png' }, {}],
  ['unreachable', { missing: 'manifest.json' }, {}],
  ['damaged', { changed: 'train-01.png' }, {}],
  ['damaged', { changed: 'manifest.json' }, {}],
] as const)('what is %s is told as that (%o, %o)', async (trouble, spoilt, given) => {
  const { small, tell } = await start(given);
  if ('missing' in spoilt) small.files.delete(spoilt.missing);
  if ('changed' in spoilt) small.files.set(spoilt.changed, new TextEncoder().encode('{}'));
  expect(await tell('keep')).toMatchObject({ kind: 'failed', trouble });
});

test('without a network, and with nothing kept, it cannot be said', async () => {
  const { tell, setOnline } = await start();
  setOnline(false);
  expect(await tell('look')).toMatchObject({ kind: 'failed', trouble: 'unreachable' });
});
