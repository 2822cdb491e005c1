/** What the lanes that wait for a place come to, whatever the others do. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { train } from './testing/fakeExperiment.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(1000 * seconds);

test.each(['before it is ready', 'in training'])(
  'a lane that dies %s gives its place to the next that waits, and no other',
  async (when) => {
    const { run, workers, data, begin, ends, has } = train({ lanes: ['a', 'b', 'c', 'd'], atOnce: 2 });
    await pass(0);
    if (when === 'in training') begin();
    workers[0]!.break('out of memory');
    await pass(0);
    expect(ends().map(([lane, state]) => [lane, state])).toEqual([['a', 'failed']]);
    expect(has('unqueued')).toEqual([{ kind: 'unqueued', lane: 'c' }]);
    expect(workers).toHaveLength(3);
    expect(data.sent.flatMap((command) => ('lane' in command ? [[command.kind, command.lane]] : []))).toEqual(
      [
        ['addLane', 'a'],
        ['addLane', 'b'],
        ['removeLane', 'a'],
        ['addLane', 'c'],
      ],
    );
    run.dispose();
  },
);

test('a lane that is stopped while it waits never begins; those behind it keep their order', async () => {
  const { run, workers, begin, ends, has } = train({ lanes: ['a', 'b', 'c', 'd'], atOnce: 1 });
  begin();
  run.stop('b');
  expect(ends()).toEqual([['b', 'finished', 'stopped', undefined]]);
  for (const lane of ['a', 'c', 'd']) {
    run.stop(lane);
    await pass(0);
  }
  expect(has('unqueued').map((event) => 'lane' in event && event.lane)).toEqual(['c', 'd']);
  expect(ends().map(([lane]) => lane)).toEqual(['b', 'a', 'c', 'd']);
  expect(workers).toHaveLength(3);
});

test('a lane that joins and waits begins with the weights that it came with, and the others without', async () => {
  const { run, workers, begin, experiment } = train({ lanes: ['a'], atOnce: 1 });
  begin();
  const own = Uint8Array.of(9).buffer;
  run.addLane({ ...experiment.lanes[0]!, id: 'joining' }, { weights: own });
  await pass(0);
  expect(workers).toHaveLength(1);
  run.stop('a');
  await pass(0);
  expect(workers.map(({ sent }) => 'weights' in sent[0]! && sent[0].weights)).toEqual([false, own]);
  run.dispose();
});

test('pause and resume reach one lane or all, and none that waits', () => {
  const { run, workers, begin } = train({ lanes: ['a', 'b', 'c'], atOnce: 2 });
  begin();
  run.pause('b');
  run.pause('c');
  run.pause();
  run.resume('a');
  expect(workers.map((worker) => worker.kinds().slice(1))).toEqual([
    ['pause', 'resume'],
    ['pause', 'pause'],
  ]);
  run.dispose();
});

test('what waits when the page lets the experiment go never begins, and nothing more is told', async () => {
  const { run, workers, data, events, lives } = train({ lanes: ['a', 'b'], atOnce: 1 });
  await pass(0);
  run.dispose();
  const told = events.length;
  workers[0]!.break('late');
  data.say({ kind: 'waiting', wait: null });
  for (const worker of [data, ...workers]) worker.say({ kind: 'alive' });
  expect([...lives.keys()]).toEqual([]);
  await pass(600);
  expect([workers.length, workers[0]!.ended, events.length]).toEqual([1, true, told]);
});
