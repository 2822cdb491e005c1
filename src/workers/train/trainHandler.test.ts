import { afterEach, expect, test, vi } from 'vitest';
import { createReferenceOps } from '../../kernels/reference/reference.ts';
import { parseRun } from '../../model/config.ts';
import { systemClock } from '../../model/clock.ts';
import { createDeferred } from '../../model/deferred.ts';
import { openDataset } from '../../data/dataset.ts';
import { Dealer } from '../../data/dealer.ts';
import { createSmallDataset } from '../../data/testing/smallDataset.ts';
import { serveLane } from '../data/laneServer.ts';
import { buildGraph } from '../../model/graph.ts';
import { layoutOf } from '../../model/parameters.ts';
import { PROTOCOL_VERSION, type DeviceChoice, type TrainMessage } from '../../protocol/protocol.ts';
import { type TrainHandlerOptions, createTrainHandler } from './trainHandler.ts';

const device: DeviceChoice = {
  backend: 'wasm',
  threads: 1,
  hardware: '',
  software: true,
  reason: 'no-webgpu',
};
const run = parseRun({ model: { depth: 8, width: 2 }, batchSize: 2, steps: 1, evaluation: { atEnd: false } });
const warm = { kind: 'warm', backend: 'wasm', threads: 1, run } as const;
const dataset = await openDataset({ url: '.', fetch: (await createSmallDataset()).fetch });

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

type ReferenceOps = ReturnType<typeof createReferenceOps>;

function worker(
  open: (() => Promise<ReferenceOps>) | null = null,
  takeTurn: TrainHandlerOptions<never>['takeTurn'] = () => Promise.resolve(() => undefined),
) {
  const messages: TrainMessage[] = [];
  const ops = createReferenceOps();
  const opened = vi.fn(() => Promise.resolve(ops));
  const handle = createTrainHandler({
    post: (message) => messages.push(message),
    openOps: open ?? opened,
    clock: systemClock,
    takeTurn,
  });
  const start = () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serveLane(port2, Promise.resolve(new Dealer(dataset, run, { pace: 'free', lanes: 1 }).addLane()));
    handle({ kind: 'start', version: PROTOCOL_VERSION, run, device, data: port1 });
  };
  const last = () => {
    const message = messages.at(-1);
    return message?.kind === 'event' && message.event.kind === 'state' ? message.event : null;
  };
  return { handle, start, opened, messages, last };
}

test('a run uses the device that was opened before it', async () => {
  const { handle, start, opened, last } = worker();
  handle(warm);
  start();
  await vi.waitFor(() => expect(last()).toMatchObject({ state: 'finished', step: 1 }));
  expect(opened).toHaveBeenCalledTimes(1);
});

test('a run that is stopped while its device opens ends at once, and does not begin when it has opened', async () => {
  for (const failure of [undefined, { name: 'WorkerError', message: 'The data worker broke.' }]) {
    const opening = createDeferred<ReferenceOps>();
    const { handle, start, messages, last } = worker(() => opening.promise);
    start();
    handle(failure ? { kind: 'stop', failure } : { kind: 'stop' });
    expect(last()).toMatchObject(
      failure ? { state: 'failed', reason: 'error', failure } : { state: 'finished', reason: 'stopped' },
    );
    opening.resolve(createReferenceOps());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(messages).toHaveLength(1);
  }
});

test('a worker answers at once, whatever it waits for', () => {
  const { handle, start, messages } = worker(() => new Promise(() => undefined));
  start();
  handle({ kind: 'ping' });
  expect(messages).toEqual([{ kind: 'pong' }]);
});

test('a device that could not be opened ahead is told by the run that needs it, and by nothing before', async () => {
  const { handle, start, messages, last } = worker(() => Promise.reject(new RangeError('no memory')));
  handle(warm);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(messages).toEqual([]);
  start();
  await vi.waitFor(() => expect(last()?.state).toBe('failed'));
  expect(last()?.failure).toMatchObject({ name: 'RangeError', message: 'no memory' });
});

test('a run ends a measurement, which is not answered', async () => {
  const { handle, start, messages, last } = worker();
  handle({ kind: 'measure', backend: 'wasm', threads: 1 });
  start();
  await vi.waitFor(() => expect(last()?.state).toBe('finished'), 20_000);
  expect(messages.filter(({ kind }) => kind === 'measured' || kind === 'failure')).toEqual([]);
});

test('a worker opens its device with the precision asked for, and has no other', async () => {
  const { handle, start, opened, last } = worker();
  handle({ ...warm, backend: 'webgpu', threads: 1, precision: 'f16-storage' });
  expect(opened).toHaveBeenCalledWith(
    { backend: 'webgpu', threads: 1, precision: 'f16-storage' },
    expect.any(Function),
  );
  start();
  await vi.waitFor(() => expect(last()?.failure?.message).toMatch(/after webgpu 1 f16-storage/));
});

test('a worker has one device', async () => {
  const { handle, start, last } = worker();
  handle({ ...warm, threads: 2 });
  start();
  await vi.waitFor(() => expect(last()?.failure).toMatchObject({ name: 'ProtocolError' }));
});

test('warming gets the run ready, again when asked again, and a measurement waits for it', async () => {
  const ready = createDeferred<undefined>();
  const prepare = vi.fn(() => Promise.reject<undefined>(new RangeError('asked twice')));
  prepare.mockReturnValueOnce(ready.promise);
  const ops = { ...createReferenceOps(), prepare };
  const { handle, messages } = worker(() => Promise.resolve(ops));
  handle(warm);
  handle({ kind: 'measure', backend: 'wasm', threads: 1 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(prepare).toHaveBeenCalledTimes(1);
  expect(messages).toEqual([]);
  ready.resolve(undefined);
  await vi.waitFor(() => expect(messages).toMatchObject([{ failure: { message: 'asked twice' } }]));
  handle(warm);
  await vi.waitFor(() => expect(prepare).toHaveBeenCalledTimes(3));
});

test('a run that could not be got ready ahead is told nothing of it', async () => {
  const prepare = vi.fn(() => Promise.resolve());
  prepare.mockRejectedValueOnce(new RangeError('refused'));
  const ops = { ...createReferenceOps(), prepare };
  const { handle, start, last } = worker(() => Promise.resolve(ops));
  handle(warm);
  await vi.waitFor(() => expect(prepare).toHaveBeenCalledTimes(1));
  start();
  await vi.waitFor(() => expect(last()).toMatchObject({ state: 'finished', step: 1 }));
});

test('operations that ask for it get ready in their turn, ahead and in a run; others wait for nobody', async () => {
  const order: string[] = [];
  const takeTurn = (turn: string) => {
    order.push(turn);
    return Promise.resolve(() => void order.push('over'));
  };
  const prepare = () => {
    order.push('ready');
    return Promise.resolve();
  };
  for (const inTurn of [true, false]) {
    const ops = { ...createReferenceOps(), inTurn, prepare };
    const { handle, start, last } = worker(() => Promise.resolve(ops), takeTurn);
    handle(warm);
    await vi.waitFor(() => expect(order.at(-1)).toBe(inTurn ? 'over' : 'ready'));
    start();
    await vi.waitFor(() => expect(last()).toMatchObject({ state: 'finished', step: 1 }));
    expect(order.slice(0, 6)).toEqual(
      inTurn
        ? ['getting-ready', 'ready', 'over', 'first-step', 'ready', 'over']
        : ['ready', 'ready', 'ready'],
    );
    order.length = 0;
  }
});

test('nothing is got ready ahead in a worker that trains', async () => {
  const prepare = vi.fn(() => Promise.resolve());
  const ops = { ...createReferenceOps(), prepare };
  const { handle, start, last } = worker(() => Promise.resolve(ops));
  start();
  handle(warm);
  await vi.waitFor(() => expect(last()).toMatchObject({ state: 'finished', step: 1 }));
  // The run's own: its steps, then its evaluation.
  expect(prepare).toHaveBeenCalledTimes(2);
});

test('only what was asked for last is got ready when a turn comes late', async () => {
  const turn = createDeferred<() => void>();
  const prepare = vi.fn(() => Promise.resolve());
  const reference = createReferenceOps();
  const lengths: number[] = [];
  const upload: typeof reference.upload = (values, shape) => {
    lengths.push(values.length);
    return reference.upload(values, shape);
  };
  const ops = { ...reference, upload, inTurn: true, prepare };
  const { handle } = worker(
    () => Promise.resolve(ops),
    () => turn.promise,
  );
  const runs = [2, 4, 3].map((width) => ({ ...run, model: { ...run.model, width } }));
  for (const asked of runs) handle({ ...warm, run: asked });
  await new Promise((resolve) => setTimeout(resolve, 20));
  turn.resolve(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(prepare).toHaveBeenCalledTimes(1);
  const parameters = runs.map(({ model }) => layoutOf(buildGraph(model)).trainableLength);
  expect(parameters.map((length) => lengths.includes(length))).toEqual([false, false, true]);
});

test('a device that failed before the run is opened anew for it: it may have come back', async () => {
  const ops = createReferenceOps();
  const openOps = vi.fn(() => Promise.resolve(ops));
  openOps.mockRejectedValueOnce(new TypeError('the connection was lost'));
  const { handle, start, last } = worker(openOps);
  handle(warm);
  await new Promise((resolve) => setTimeout(resolve, 20));
  start();
  await vi.waitFor(() => expect(last()).toMatchObject({ state: 'finished', step: 1 }));
  expect(openOps).toHaveBeenCalledTimes(2);
});

test('a device that is lost while the worker waits is opened anew for the run; lost before the first step it fails it', async () => {
  const ops = createReferenceOps();
  const lose: ((error: Error) => void)[] = [];
  const openOps = vi.fn((_: unknown, onFailure: (error: Error) => void) => {
    lose.push(onFailure);
    return Promise.resolve(ops);
  });
  const { handle, start, last } = worker(openOps as never);
  handle(warm);
  await new Promise((resolve) => setTimeout(resolve, 20));
  lose[0]!(new Error('the laptop slept'));
  start();
  await vi.waitFor(() => expect(lose).toHaveLength(2));
  lose[1]!(new Error('the card was taken'));
  await vi.waitFor(() => expect(last()?.failure?.message).toBe('the card was taken'));
});

test('a worker says with which kernels and threads it really opened, when it is ready and when it measures', async () => {
  const build = { kernels: 'wasm-simd-relaxed', threads: 1, adapter: '' } as const;
  const { handle, start, messages, last } = worker(() => Promise.resolve({ ...createReferenceOps(), build }));
  handle({ ...warm, threads: 1 });
  handle({
    kind: 'measure',
    backend: 'wasm',
    threads: 1,
    probe: { model: { depth: 8, width: 1 }, batchSize: 1 },
  });
  await vi.waitFor(() => expect(messages).toMatchObject([{ kind: 'measured', build }]), 20_000);
  start();
  await vi.waitFor(() => expect(last()?.state).toBe('finished'));
  expect(messages).toContainEqual(expect.objectContaining({ kind: 'ready', build }));
});
