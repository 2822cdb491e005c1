import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deadlines } from '../model/deadlines.ts';
import { openDataset } from './dataset.ts';
import { Dealer } from './dealer.ts';
import { NetworkError, type DatasetFetch } from './fetchFile.ts';
import { LoadQueue } from './loadQueue.ts';
import { Patience } from './patience.ts';
import type { DataWait } from '../protocol/source.ts';
import { createSmallDataset } from './testing/smallDataset.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(1000 * seconds);
const blip = () => Promise.reject(new NetworkError('network', 'Failed to fetch'));

function patient() {
  const told: (DataWait | null)[] = [];
  let back: () => void = () => undefined;
  const connection = { offline: false, isOffline: () => connection.offline, onBack: (call: () => void) => void (back = call) }; // prettier-ignore
  return {
    told,
    connection,
    comeBack: () => back(),
    patience: new Patience(connection, (wait) => told.push(wait)),
  };
}

test('a file is asked for again after growing pauses until it comes, and the wait is told to whom it concerns', async () => {
  const { patience, told } = patient();
  let attempts = 0;
  const ticket = patience.load('a.png', new LoadQueue(1), () =>
    ++attempts < 4 ? blip() : Promise.resolve('a'),
  );
  ticket.need();
  await pass(0);
  expect([attempts, told.at(-1)]).toEqual([
    1,
    { file: 'a.png', trouble: 'network', detail: 'Failed to fetch', attempt: 1, seconds: 1 },
  ]);
  await pass(1);
  expect([attempts, told.at(-1)?.seconds]).toEqual([2, 2]);
  await pass(2);
  expect([attempts, told.at(-1)?.seconds]).toEqual([3, 4]);
  await pass(4);
  expect(await ticket.result).toBe('a');
  expect(told.at(-1)).toBeNull();
});

test('it is given up after a stated number of attempts, which time asleep does not spend', async () => {
  const { patience, told } = patient();
  const attempt = vi.fn(blip);
  const ticket = patience.load('a.png', new LoadQueue(1), attempt);
  ticket.need();
  const failed = expect(ticket.result).rejects.toThrow(NetworkError);
  await pass(19 * 60);
  expect(attempt.mock.calls.length).toBeLessThan(deadlines.attempts);
  await pass(2 * 60);
  await failed;
  expect(attempt).toHaveBeenCalledTimes(deadlines.attempts);
  expect(told.at(-1)).toBeNull();
});

test('what is no matter of the network is not tried again', async () => {
  const { patience } = patient();
  const attempt = vi.fn(() => Promise.reject(new Error('a wrong hash')));
  await expect(patience.load('a.png', new LoadQueue(1), attempt).result).rejects.toThrow('a wrong hash');
  expect(attempt).toHaveBeenCalledTimes(1);
});

test('without a connection that is what is said, and its return ends the pause', async () => {
  const { patience, told, connection, comeBack } = patient();
  connection.offline = true;
  let attempts = 0;
  const ticket = patience.load('a.png', new LoadQueue(1), () =>
    ++attempts < 9 ? blip() : Promise.resolve('a'),
  );
  ticket.need();
  await pass(60);
  expect(told.at(-1)).toMatchObject({ trouble: 'offline', seconds: 30 });
  const before = attempts;
  comeBack();
  await pass(0);
  expect(attempts).toBe(before + 1);
});

test('nothing is said of what nobody needs yet; who comes to need it ends the pause', async () => {
  const { patience, told } = patient();
  let attempts = 0;
  const ticket = patience.load('a.png', new LoadQueue(1), () =>
    ++attempts < 7 ? blip() : Promise.resolve('a'),
  );
  await pass(40);
  expect(told).toEqual([]);
  const before = attempts;
  ticket.need();
  await pass(0);
  expect([attempts, told[0]?.file]).toEqual([before + 1, 'a.png']);
});

test('a file in a pause takes no place from others', async () => {
  const { patience } = patient();
  const queue = new LoadQueue(1);
  patience.load('a.png', queue, blip).result.catch(() => undefined);
  await pass(0);
  expect(await patience.load('b.png', queue, () => Promise.resolve('b')).result).toBe('b');
});

test('a blip pauses the dealing of batches, which goes on with the same ones', async () => {
  vi.useRealTimers();
  const settings = { seed: 3, batchSize: 4, order: 'shuffled', augment: 'none', normalisation: 'channel' } as const; // prettier-ignore
  const small = await createSmallDataset({ train: [4, 4, 4], test: [2] });
  const dealt = async (fetch: DatasetFetch, patience?: Patience) => {
    const dataset = await openDataset({ url: '.', fetch, ...(patience && { patience }) });
    const lane = new Dealer(dataset, settings, { pace: 'lockstep', lanes: 1 }).addLane();
    const batches = [];
    for (let i = 0; i < 3; i++) batches.push(await lane.next());
    return batches;
  };
  let refused = 0;
  const { patience, told } = patient();
  const shaky: DatasetFetch = (url, init) =>
    url.includes('train') && refused++ % 2 === 0 ? Promise.reject(new TypeError('Failed to fetch')) : small.fetch(url, init); // prettier-ignore
  expect(await dealt(shaky, patience)).toEqual(await dealt(small.fetch));
  expect(told.some((wait) => wait?.trouble === 'network')).toBe(true);
  expect(told.at(-1)).toBeNull();
});
