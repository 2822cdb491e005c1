import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deadlines } from '../model/deadlines.ts';
import type { TrainCommand } from '../protocol/protocol.ts';
import { dead, obedient, steps, train, weights } from './testing/fakeExperiment.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(1000 * seconds);

test('a run that ends hands over its weights, and its worker is ended; with the last lane the data worker', async () => {
  const { run, workers, data, begin, ends } = train();
  begin();
  run.stop('a');
  await pass(0);
  expect(ends()).toEqual([['a', 'finished', 'stopped', undefined]]);
  expect([workers[0]!.ended, workers[1]!.ended, data.ended]).toEqual([true, false, false]);
  expect(new Uint8Array(await run.exportWeights('a'))).toEqual(new Uint8Array(weights));
  run.stop();
  await pass(60);
  expect([workers[1]!.ended, data.ended]).toEqual([true, true]);
  expect(await run.exportWeights('b')).toHaveProperty('byteLength', 3);
});

test.each(['getting ready', 'training'])(
  'a lane that hangs while it is %s is ended within 5 s of Stop',
  async (when) => {
    const { run, workers, data, begin, ends, has, events } = train({ behaviours: { 0: dead } });
    if (when === 'training') begin();
    run.stop('a');
    expect(has('stopping')).toEqual([{ kind: 'stopping', lane: 'a' }]);
    expect(deadlines.stop).toBeLessThan(4.5);
    await pass(deadlines.stop - 0.1);
    expect(ends()).toEqual([]);
    run.stop('a'); // Pressed again it does not begin to wait anew.
    await pass(0.2);
    expect(ends()).toEqual([['a', 'finished', 'stopped', undefined]]);
    expect(has('terminated')).toEqual([{ kind: 'terminated', lane: 'a' }]);
    expect([workers[0]!.ended, workers[1]!.ended]).toEqual([true, false]);
    // The others must not wait for it.
    expect(data.sent.at(-1)).toEqual({ kind: 'removeLane', lane: 'a' });
    await expect(run.exportWeights('a')).rejects.toThrow(/its worker was ended, and its weights with it/);
    // What was on its way when it was ended is not told.
    const told = events.length;
    workers[0]!.say({ kind: 'event', event: steps });
    expect(events).toHaveLength(told);
  },
);

test('a lane that never answers is said to be silent and goes on, until a person stops it', async () => {
  const { workers, begin, silences, ends, run } = train({ behaviours: { 0: dead } });
  begin();
  await pass(15);
  expect(silences()).toEqual([]);
  await pass(20);
  expect(silences()[0]).toEqual(['a', deadlines.silence]);
  await pass(3600);
  expect([ends(), workers[0]!.ended]).toEqual([[], false]);
  expect(silences().every(([lane]) => lane === 'a')).toBe(true);
  run.stop('a');
  await pass(deadlines.stop);
  expect(ends()).toEqual([['a', 'finished', 'stopped', undefined]]);
});

test('a lane that tells its steps is sent nothing for it; one that answers again is well', async () => {
  let answers = false;
  const { workers, begin, silences } = train({
    behaviours: { 1: (command) => (answers ? obedient(command) : undefined) },
  });
  begin();
  for (let i = 0; i < 30; i++) {
    await pass(2);
    workers[0]!.say({ kind: 'event', event: steps });
  }
  expect(workers[0]!.kinds()).toEqual(['start']);
  expect(silences().at(-1)![0]).toBe('b');
  answers = true;
  workers[1]!.say({ kind: 'pong' });
  expect(silences().at(-1)).toEqual(['b', null]);
});

test('a data worker that never answers is said; Stop ends every lane all the same', async () => {
  const { run, begin, silences, ends } = train({ answersData: false });
  begin();
  await pass(60);
  expect(silences()[0]).toEqual([null, deadlines.silence]);
  run.stop();
  await pass(0);
  expect(ends().map(([lane, , reason]) => [lane, reason])).toEqual([
    ['a', 'stopped'],
    ['b', 'stopped'],
  ]);
});

test('when the data worker breaks every lane ends, with its weights; those that wait do not begin', async () => {
  const { run, data, workers, begin, ends, has } = train({ lanes: ['a', 'b', 'c'], atOnce: 2 });
  begin();
  data.break('out of memory');
  await pass(0);
  expect(has('failure')).toMatchObject([
    { failure: { name: 'WorkerError', message: 'The data worker broke: out of memory.' } },
  ]);
  const message = 'The data worker broke: out of memory.';
  expect(ends()).toEqual([
    ['c', 'failed', 'error', message],
    ['a', 'failed', 'error', message],
    ['b', 'failed', 'error', message],
  ]);
  expect(workers).toHaveLength(2);
  expect(workers.every(({ ended }) => ended)).toBe(true);
  expect(await run.exportWeights('a')).toHaveProperty('byteLength', 3);
  await expect(run.exportWeights('c')).rejects.toThrow(/has not begun/);
});

test('when the data worker breaks and a lane hangs, that lane is ended as well', async () => {
  const { data, begin, ends } = train({ behaviours: { 0: dead } });
  begin();
  data.break('');
  await pass(deadlines.stop);
  expect(ends().map(([lane, state]) => [lane, state])).toEqual([
    ['b', 'failed'],
    ['a', 'failed'],
  ]);
});

test('a lane whose worker breaks, or is gone without a word, ends alone', async () => {
  for (const die of ['break', 'vanish'] as const) {
    const { run, data, workers, begin, ends, has } = train();
    begin();
    if (die === 'break') workers[0]!.break('out of memory');
    else data.say({ kind: 'laneLost', lane: 'a' });
    await pass(60);
    expect(ends()).toMatchObject([
      ['a', 'failed', 'error', expect.stringMatching(/out of memory|without a word/)],
    ]);
    expect([has('failure').length, workers[1]!.ended, data.ended]).toEqual([0, false, false]);
    expect(data.sent).toContainEqual({ kind: 'removeLane', lane: 'a' });
    await expect(run.exportWeights('a')).rejects.toMatchObject({ name: 'WorkerError' });
    run.stop();
    await pass(0);
    // The browser tells it of every channel, of those that have ended as well.
    data.say({ kind: 'laneLost', lane: 'b' });
    expect(ends().at(-1)).toEqual(['b', 'finished', 'stopped', undefined]);
  }
});

test('a worker that is certainly gone is not waited for: a lane ends alone, the data worker with all', async () => {
  const { lives, data, workers, begin, ends, run } = train();
  for (const worker of [data, ...workers]) worker.say({ kind: 'alive' });
  begin();
  lives.get('worker 1')!();
  expect(ends()).toMatchObject([['a', 'failed', 'error', expect.stringMatching(/without a word/)]]);
  lives.get('worker 0')!();
  await pass(0);
  expect(ends().at(-1)).toMatchObject(['b', 'failed', 'error', expect.stringMatching(/deals the images/)]);
  expect(await run.exportWeights('b')).toHaveProperty('byteLength', 3);
  // Those that the page ends itself are watched no longer.
  expect([...lives.keys()]).toEqual([]);
});

test('a lane that waits begins when another is gone, even one that gives no weights', async () => {
  const keepsQuiet = (command: TrainCommand) =>
    command.kind === 'exportWeights' ? undefined : obedient(command);
  const { run, workers, begin, has } = train({ atOnce: 1, behaviours: { 0: keepsQuiet } });
  await pass(0);
  expect(has('queued')).toEqual([{ kind: 'queued', lane: 'b' }]);
  begin();
  run.stop('a');
  await pass(deadlines.weights - 10);
  expect(workers).toHaveLength(1);
  await pass(30);
  expect([workers.length, workers[0]!.ended]).toEqual([2, true]);
  expect(has('unqueued')).toEqual([{ kind: 'unqueued', lane: 'b' }]);
  await expect(run.exportWeights('a')).rejects.toThrow(/did not give the weights/);
});

test("Stop ends what waits at once, and it takes nobody's place", async () => {
  const { run, workers, data, begin, ends } = train({ lanes: ['a', 'b', 'c'], atOnce: 1 });
  begin();
  run.stop();
  await pass(0);
  expect(ends().map(([lane, , reason]) => [lane, reason])).toEqual([
    ['b', 'stopped'],
    ['c', 'stopped'],
    ['a', 'stopped'],
  ]);
  expect([workers.length, data.ended]).toEqual([1, true]);
});

test('a lane that the device cannot hold is not tried, and says what would fit', async () => {
  const { run, workers, data, events, ends } = train({ laneBytes: 1e6 });
  expect(events).toEqual([]);
  await pass(0);
  expect(ends()).toMatchObject([
    ['a', 'failed', 'error', expect.stringMatching(/needs about .* GB.*With a batch of \d+/)],
    ['b', 'failed', 'error', expect.any(String)],
  ]);
  expect([workers.length, data.ended]).toEqual([0, true]);
  await expect(run.exportWeights('a')).rejects.toThrow(/has not begun/);
});

test('a lane that comes when all is over is told so', async () => {
  const { run, begin, ends, experiment } = train();
  begin();
  run.stop();
  await pass(0);
  run.addLane({ ...experiment.lanes[0]!, id: 'late' });
  await pass(0);
  expect(ends().at(-1)).toEqual([
    'late',
    'failed',
    'error',
    'The others had ended before this lane could join them.',
  ]);
});

test('lanes go on from their checkpoints, each with its next batch, and are kept as they are told to be', () => {
  vi.stubGlobal('navigator', { userAgent: 'Imagined/1' });
  const file = Uint8Array.of(7, 7).buffer;
  const { run, workers, data, events, experiment } = train({
    options: {
      checkpoints: new Map([['b', { step: 12, file }]]),
      keepEvery: 50,
      keepAt: new Map([['a', [5]]]),
    },
  });
  const starts = () => workers.map(({ sent }) => sent[0]!);
  expect(starts()).toMatchObject([
    { keepEvery: 50, keepAt: [5] },
    { keepEvery: 50, checkpoint: file },
  ]);
  expect('checkpoint' in starts()[0]!).toBe(false);
  // It is copied: the page may go on from it once more.
  expect(file.byteLength).toBe(2);
  const added = () => data.sent.flatMap((sent) => (sent.kind === 'addLane' ? [[sent.lane, sent.from]] : []));
  expect(added()).toEqual([
    ['a', 0],
    ['b', 12],
  ]);
  run.addLane({ ...experiment.lanes[0]!, id: 'c' }, { checkpoint: { step: 5, file }, weights: file });
  expect(added().at(-1)).toEqual(['c', 5]);
  expect(Object.keys(starts()[2]!)).not.toContain('weights');
  expect(starts()[2]).toMatchObject({ checkpoint: file, keepEvery: 50 });

  const [own, at] = [{ batchSize: 3 }, { lane: 'a', step: 5 }];
  run.addLane({ ...experiment.lanes[0]!, id: 'd', from: { ...at, changes: own } }, { keepAt: [7] });
  expect([data.sent.at(-1), starts()[3]]).toMatchObject([{ batches: own }, { keepAt: [7], run: own }]);
  run.keep('b');
  run.keep();
  expect(workers.map((worker) => worker.kinds().slice(1))).toEqual([
    ['keep'],
    ['keep', 'keep'],
    ['keep'],
    ['keep'],
  ]);
  const resumed = { step: 12, evaluationDue: false, differences: [] };
  workers[1]!.say({ kind: 'ready', build: { kernels: 'wasm-simd', threads: 1, adapter: '' }, resumed });
  const checkpoint = { step: 13, why: 'asked', evaluationDue: true, file } as const;
  workers[1]!.say({ kind: 'checkpoint', ...checkpoint });
  const unkept = {
    step: 14,
    why: 'interval',
    failure: { name: 'RangeError', message: 'no memory' },
  } as const;
  workers[1]!.say({ kind: 'unkept', ...unkept });
  expect(events.slice(-3)).toEqual([
    { kind: 'ready', lane: 'b', provenance: expect.anything() as unknown, resumed },
    { kind: 'checkpoint', lane: 'b', ...checkpoint },
    { kind: 'unkept', lane: 'b', ...unkept },
  ]);
  run.dispose();
  workers[1]!.say({ kind: 'checkpoint', ...checkpoint });
  expect(events.at(-1)!.kind).toBe('unkept');
  vi.unstubAllGlobals();
});

test('a lane that waits for its place begins with its checkpoint', async () => {
  const file = Uint8Array.of(7).buffer;
  const { run, workers, data, begin } = train({
    atOnce: 1,
    options: { checkpoints: new Map([['b', { step: 3, file }]]) },
  });
  begin();
  run.stop('a');
  await pass(0);
  expect(workers[1]!.sent[0]).toMatchObject({ checkpoint: file });
  expect(data.sent.at(-1)).toMatchObject({ kind: 'addLane', lane: 'b', from: 3 });
});

test('what the network keeps back is handed on; nothing is heard after the end', async () => {
  const { run, data, workers, events, has } = train();
  const wait = { file: 'a.png', trouble: 'network', detail: '', attempt: 1, seconds: 1 } as const;
  data.say({ kind: 'waiting', wait });
  expect(has('waiting')).toEqual([{ kind: 'waiting', wait }]);
  run.dispose();
  const told = events.length;
  await pass(600);
  workers[0]!.say({ kind: 'event', event: steps });
  expect([events.length, data.ended, workers[0]!.ended]).toEqual([told, true, true]);
  expect(vi.getTimerCount()).toBe(0);
});
