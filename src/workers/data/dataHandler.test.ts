import { parse } from 'valibot';
import { afterEach, expect, test, vi } from 'vitest';
import { openDataset } from '../../data/dataset.ts';
import { Dealer } from '../../data/dealer.ts';
import { createSmallDataset } from '../../data/testing/smallDataset.ts';
import { recipeSchema } from '../../model/config.ts';
import { createDataHandler } from './dataHandler.ts';
import { connectLane } from '../train/laneSource.ts';
import { PROTOCOL_VERSION, type DataCommand, type DataMessage } from '../../protocol/protocol.ts';

const recipe = parse(recipeSchema, { batchSize: 4, steps: 10, seed: 2 });
const small = await createSmallDataset({ train: [6, 6], test: [4, 3] });

const open = (change: Partial<Extract<DataCommand, { kind: 'open' }>> = {}): DataCommand => ({
  kind: 'open',
  version: PROTOCOL_VERSION,
  url: 'https://host/data',
  recipe,
  pace: 'lockstep',
  lanes: 1,
  ...change,
});
const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));
const failures = (messages: readonly DataMessage[]) =>
  messages.flatMap((message) => (message.kind === 'failure' ? [message.failure] : []));

function start(fetch = small.fetch) {
  const messages: DataMessage[] = [];
  const handle = createDataHandler((message) => messages.push(message), fetch);
  const addLane = (lane = 'a', from = 0) => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    handle({ kind: 'addLane', lane, port: port2, from });
    return { port: port1, source: connectLane(port1) };
  };
  return { handle, addLane, messages };
}

test('over a port a lane gets what it would get in-process, and leaves the same way', async () => {
  const { handle, addLane } = start();
  handle(open({ lanes: 2 }));
  const [a, b] = await Promise.all([addLane().source, addLane().source]);
  expect([a.trainingImages, a.testImages]).toEqual([12, 7]);

  const dataset = await openDataset({ url: '.', fetch: small.fetch });
  const local = new Dealer(dataset, recipe, { pace: 'free', lanes: 1 }).addLane();
  for (let i = 0; i < 4; i++) {
    const [batch, twin] = await Promise.all([a.next(), b.next()]);
    expect(batch).toEqual(await local.next());
    expect(twin).toEqual(batch);
  }
  b.leave();
  expect((await a.next()).index).toBe(4);
  await expect(b.next()).rejects.toMatchObject({ name: 'LaneLeftError' });

  const tested: number[][] = [];
  for await (const batch of b.evaluation(1000, 3)) tested.push([...batch.labels]);
  const labels = [0, 1, 2, 3, 4, 5, 6].map((index) => small.label('test', index));
  expect(tested).toEqual([labels.slice(0, 3), labels.slice(3, 6), labels.slice(6)]);
});

test('lanes that go on get the batches from theirs on', async () => {
  const { handle, addLane } = start();
  handle(open({ lanes: 2 }));
  const [a, b] = await Promise.all([addLane('a', 4).source, addLane('b', 5).source]);
  expect((await a.next()).index).toBe(4);
  const both = await Promise.all([a.next(), b.next()]);
  expect(both.map(({ index }) => index)).toEqual([5, 5]);
});

test('an evaluation is not held up by a batch for which another lane is waited for', async () => {
  const { handle, addLane } = start();
  handle(open({ lanes: 2 }));
  const [a, b] = await Promise.all([addLane().source, addLane().source]);
  const training = a.next();
  for await (const { size } of a.evaluation(4, 4)) expect(size).toBe(4);
  await b.next();
  expect((await training).index).toBe(0);
});

test('a lane whose worker is gone is not waited for', async () => {
  const { handle, addLane } = start();
  handle(open({ lanes: 2 }));
  const [gone, here] = [addLane(), addLane()];
  const [, lane] = await Promise.all([gone.source, here.source]);
  const waiting = lane.next();
  gone.port.close();
  expect((await waiting).index).toBe(0);
});

test('a lane that the page removes is not waited for, and the others are', async () => {
  const { handle, addLane } = start();
  handle(open({ lanes: 3 }));
  const [a, b] = await Promise.all(['a', 'b', 'c'].map((name) => addLane(name).source));
  handle({ kind: 'removeLane', lane: 'c' });
  handle({ kind: 'removeLane', lane: 'unknown' });
  // Each lane asks for the first by itself: one that is ready need not wait for the other.
  expect((await a!.next()).index).toBe(0);
  let dealt = false;
  const waiting = a!.next().then(() => (dealt = true));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(dealt).toBe(false);
  expect((await b!.next()).index).toBe(0);
  expect((await b!.next()).index).toBe(1);
  await waiting;
});

test('everything is loaded once the first batch has been used, and progress tells every shard once', async () => {
  const { fetch } = await createSmallDataset({ train: [16, 16], test: [4, 3] });
  const { handle, addLane, messages } = start(fetch);
  handle(open());
  const lane = await addLane().source;
  await lane.next();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(messages).toHaveLength(1);
  await lane.next();
  await vi.waitFor(() => expect(messages).toHaveLength(4));
  const loaded = messages.map((message) => message.kind === 'progress' && message.shardsLoaded);
  expect(loaded).toEqual([1, 2, 3, 4]);
  expect(messages.at(-1)).toMatchObject({ shards: 4 });
});

test('what was warmed up is not asked for again; a failure of it is told by nobody until the data is opened', async () => {
  const { fetch, requests, files } = await createSmallDataset({ train: [16, 16] });
  const { handle, addLane, messages } = start(fetch);
  const warm = { kind: 'warm', url: 'https://host/data', order: recipe } as const;
  const manifest = files.get('manifest.json')!;
  files.delete('manifest.json');
  handle(warm);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect([requests.length, messages]).toEqual([1, []]);
  files.set('manifest.json', manifest);
  handle(warm);
  await vi.waitFor(() => expect(messages).toHaveLength(1));
  handle(open());
  await (await addLane().source).next();
  expect(requests.map((request) => request.slice(0, 5))).toEqual(['manif', 'manif', 'train']);
});

test('a dataset that is not there is told to the page once and to every lane', async () => {
  const { fetch } = await createSmallDataset();
  const missing = start((url, init) => fetch(`${url}.gone`, init));
  missing.handle(open());
  const error = await missing.addLane().source.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'ManifestError' });
  expect((error as Error).message).toMatch(/There is no dataset at .*HTTP 404/);
  expect((error as Error).stack).toContain('openDataset');
  expect(missing.messages).toMatchObject([{ kind: 'failure', failure: { name: 'ManifestError' } }]);
});

test('a broken shard reaches the lane typed, with its cause, and not the page', async () => {
  const { fetch } = await createSmallDataset();
  const { handle, addLane, messages } = start((url, init) =>
    url.includes('train') ? Promise.reject(new TypeError('offline')) : fetch(url, init),
  );
  handle(open());
  const lane = await addLane().source;
  const refused = lane.next();
  await expect(refused).rejects.toThrow(/train-0\d\.png.*offline/);
  await expect(refused).rejects.toMatchObject({
    name: 'ShardError',
    cause: { name: 'NetworkError', cause: { name: 'TypeError', message: 'offline' } },
  });
  expect(failures(messages)).toEqual([]);
});

test.each([
  ['another version', [open({ version: 99 as never })], /load the page again/],
  ['a second open', [open(), open()], /twice/],
])('%s is refused', async (_, commands, message) => {
  const { handle, messages } = start();
  commands.forEach(handle);
  await vi.waitFor(() => expect(failures(messages)).toHaveLength(1));
  expect(failures(messages)).toMatchObject([{ name: 'ProtocolError' }]);
  expect(failures(messages)[0]!.message).toMatch(message);
});

test('a lane before the data is refused', async () => {
  const { addLane, messages } = start();
  await expect(addLane().source).rejects.toMatchObject({ name: 'ProtocolError' });
  expect(messages).toMatchObject([{ kind: 'failure', failure: { name: 'ProtocolError' } }]);
});
