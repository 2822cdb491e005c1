import { expect, test } from 'vitest';
import type { InsideCommand, InsideMessage } from '../protocol/inside.ts';
import { createInsideClient } from './insideClient.ts';
import { device } from './testing/fakeExperiment.ts';
import { FakeWorker } from './testing/fakeWorker.ts';

function begin() {
  const workers: FakeWorker<InsideCommand, InsideMessage>[] = [];
  const spawn = () => {
    const worker = new FakeWorker<InsideCommand, InsideMessage>((command) =>
      command.kind === 'look' ? { kind: 'answer', id: command.id, answer: 'there' } : undefined,
    );
    workers.push(worker);
    return worker as unknown as Worker;
  };
  const client = createInsideClient('data/', spawn, () => 8);
  return { client, workers };
}
const training = (worker: FakeWorker<InsideCommand, InsideMessage> | undefined) =>
  worker?.sent.flatMap((command) => (command.kind === 'lanes' ? [command.train] : []));

test('a worker is opened with all threads on WASM, with one elsewhere', async () => {
  const { client, workers } = begin();
  await client.look(device, 'any', [], null);
  await client.look({ ...device, backend: 'webgpu' }, 'any', [], null);
  expect(workers.map(({ sent }) => sent[0])).toMatchObject([
    { kind: 'open', device: { backend: 'wasm', threads: 8 } },
    { kind: 'open', device: { backend: 'webgpu', threads: 1 } },
  ]);
});

test('a worker that was opened before is the one that looks', async () => {
  const { client, workers } = begin();
  client.open(device);
  expect(workers.map((worker) => worker.kinds())).toEqual([['open']]);
  await client.look(device, 'any', [], null);
  expect(workers.map((worker) => worker.kinds())).toEqual([['open', 'look']]);
});

test('that lanes train is said once: to the worker that is there, and to one that comes later', async () => {
  const { client, workers } = begin();
  await client.look(device, 'any', [], null);
  for (const train of [false, true, true, false, true]) client.lanesTrain(train);
  expect(training(workers[0])).toEqual([true, false, true]);
  await client.look({ ...device, backend: 'webgpu' }, 'any', [], null);
  expect(workers[1]?.kinds()).toEqual(['open', 'lanes', 'look']);
  expect(training(workers[1])).toEqual([true]);
});
