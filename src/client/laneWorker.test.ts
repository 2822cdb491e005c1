import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseRun } from '../model/config.ts';
import { deadlines } from '../model/deadlines.ts';
import type { RunEvent, TrainCommand, TrainMessage } from '../protocol/protocol.ts';
import type { ClientEvent } from './clientTypes.ts';
import { LaneWorker } from './laneWorker.ts';
import { device, running, steps, weights } from './testing/fakeExperiment.ts';
import { FakeWorker } from './testing/fakeWorker.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const finished: RunEvent = { kind: 'state', state: 'finished', step: 5, reason: 'completed' };
const broken = { name: 'DeviceLostError', message: 'The device was lost.' };
const failed: RunEvent = { kind: 'state', state: 'failed', step: 5, reason: 'error', failure: broken };
const tested: RunEvent = {
  kind: 'evaluation',
  step: 5,
  images: 100,
  complete: false,
  loss: 2,
  error: 0.9,
  seconds: 1,
};

/** A lane whose worker says only what the test has it say; `locks`: whether the browser can tell that a worker is gone. */
function lane({ initial, locks = true }: { initial?: ArrayBuffer; locks?: boolean } = {}) {
  const worker = new FakeWorker<TrainCommand, TrainMessage>();
  const events: ClientEvent[] = [];
  const ended: boolean[] = [];
  const watched = new Map<string, () => unknown>();
  const held = new LaneWorker(
    worker,
    {
      lane: 'a',
      run: parseRun({ model: { depth: 8, width: 4 }, steps: 10 }),
      device,
      data: new MessageChannel().port2,
      origin: initial ? { weights: initial } : {},
      lifeline: {
        name: () => (locks ? 'life' : undefined),
        watch: (name, gone) => (watched.set(name, gone), () => watched.delete(name)),
      },
    },
    (event) => events.push(event),
    (died) => ended.push(died),
  );
  const tell = (...told: RunEvent[]) => told.forEach((event) => worker.say({ kind: 'event', event }));
  const ends = () =>
    events.flatMap((one) => (one.kind === 'run' && one.event.kind === 'state' && one.event.reason ? [one.event] : [])); // prettier-ignore
  return { worker, events, ended, watched, held, tell, ends };
}
const giveWeights = (worker: FakeWorker<TrainCommand, TrainMessage>, bytes = weights) =>
  worker.say({ kind: 'weights', step: 5, safetensors: bytes.slice(0) });
const settle = () => vi.advanceTimersByTimeAsync(0);

test('the start names the life to be held, and carries weights that stay the page\u2019s own', () => {
  const { worker } = lane({ initial: weights });
  expect(worker.sent).toMatchObject([{ kind: 'start', life: 'life', weights, device }]);
  expect(weights.byteLength).toBe(3);
  const plain = lane({ locks: false });
  expect(Object.keys(plain.worker.sent[0]!)).not.toContain('life');
  expect(Object.keys(plain.worker.sent[0]!)).not.toContain('weights');
  plain.worker.say({ kind: 'alive' });
  expect(plain.watched.size).toBe(0);
});

const stages: Readonly<Record<string, readonly RunEvent[]>> = {
  'before its net is ready': [],
  'in training': [running, steps],
  'in an evaluation': [running, steps, tested],
};
const deaths = {
  'with an error': ({ worker }: ReturnType<typeof lane>) => worker.break('out of memory.'),
  'with a message that cannot be read': ({ worker }: ReturnType<typeof lane>) =>
    worker.dispatchEvent(new Event('messageerror')),
  'without a word': ({ watched }: ReturnType<typeof lane>) => watched.get('life')!(),
};
const said = {
  'with an error': 'The training worker broke: out of memory.',
  'with a message that cannot be read': 'A message of the training worker could not be read.',
  'without a word': 'The training worker ended without a word: the browser took it away, most often because memory was short.', // prettier-ignore
};

describe.each(Object.keys(stages))('a worker that dies %s', (stage) => {
  test.each(Object.keys(deaths) as (keyof typeof deaths)[])(
    '%s: the run fails once, the others are told, nothing is left running',
    async (death) => {
      const one = lane();
      const { worker, held, ended, watched, tell, ends, events } = one;
      worker.say({ kind: 'alive' });
      tell(...stages[stage]!);
      const asked = held.exportWeights();
      const refusal = expect(asked).rejects.toMatchObject({ name: 'WorkerError', message: said[death] });
      deaths[death](one);
      await refusal;
      expect(ends()).toEqual([
        { kind: 'state', state: 'failed', step: 0, reason: 'error', failure: { name: 'WorkerError', message: said[death] } }, // prettier-ignore
      ]);
      expect([ended, worker.ended, held.over, held.done]).toEqual([[true], true, true, true]);
      expect([watched.size, vi.getTimerCount()]).toEqual([0, 0]);
      await expect(held.exportWeights()).rejects.toThrow(said[death]);
      // Whatever is still said of it.
      const told = events.length;
      tell(steps, finished);
      for (const again of Object.values(deaths)) if (again !== deaths['without a word']) again(one);
      held.vanished();
      held.stop();
      held.look(3600);
      await settle();
      expect([ends().length, events.length, ended]).toEqual([1, told, [true]]);
    },
  );
});

test('a script that does not load is told as that', () => {
  const { worker, ends } = lane();
  worker.break('');
  expect(ends()[0]!.failure?.message).toBe('The training worker broke, or its script could not be loaded.');
});

describe('a run that is over', () => {
  test('its weights are asked for once and kept, and every export gets a copy of its own', async () => {
    const { worker, held, ended, watched, tell } = lane();
    worker.say({ kind: 'alive' });
    tell(running, steps, finished);
    expect([held.over, held.done, worker.ended, ended]).toEqual([true, false, false, []]);
    giveWeights(worker);
    await settle();
    expect([held.done, worker.ended, ended, watched.size]).toEqual([true, true, [false], 0]);
    const first = new Uint8Array(await held.exportWeights());
    first.fill(0);
    expect(new Uint8Array(await held.exportWeights())).toEqual(new Uint8Array(weights));
    expect(worker.kinds()).toEqual(['start', 'exportWeights']);
  });

  test('one that failed makes room at once, and its weights come all the same', async () => {
    const { worker, held, ended, tell } = lane();
    tell(running, steps, failed);
    expect([ended, worker.ended]).toEqual([[true], false]);
    giveWeights(worker);
    await settle();
    expect([ended, worker.ended]).toEqual([[true], true]);
    expect(await held.exportWeights()).toHaveProperty('byteLength', 3);
  });

  test.each(['breaks', 'vanishes'])(
    'a worker that %s with the weights it owes costs the weights, not the run',
    async (how) => {
      const { worker, held, ended, tell, ends, events } = lane();
      tell(running, steps, finished);
      if (how === 'breaks') worker.break('out of memory');
      else held.vanished();
      await settle();
      expect(ends()).toEqual([finished]);
      expect(events.at(-1)).toEqual({ kind: 'run', lane: 'a', event: finished });
      expect([ended, worker.ended, held.done]).toEqual([[false], true, true]);
      await expect(held.exportWeights()).rejects.toMatchObject({ name: 'WorkerError' });
    },
  );

  test('weights that are refused, or owed for too long, are given up with the reason', async () => {
    const refusing = lane();
    refusing.tell(running, failed);
    refusing.worker.say({ kind: 'failure', failure: broken });
    await settle();
    await expect(refusing.held.exportWeights()).rejects.toMatchObject(broken);
    expect(refusing.worker.ended).toBe(true);

    const quiet = lane();
    quiet.tell(running, finished);
    quiet.held.look(deadlines.weights);
    await settle();
    expect([quiet.ended, quiet.worker.ended]).toEqual([[], false]);
    quiet.held.look(1);
    await settle();
    expect([quiet.ended, quiet.worker.ended]).toEqual([[false], true]);
    await expect(quiet.held.exportWeights()).rejects.toThrow(/did not give the weights/);
    expect(quiet.events.filter(({ kind }) => kind === 'silent')).toEqual([]);
  });

  test('it is not stopped, and tells nothing more', () => {
    const { worker, held, tell, events, ends } = lane();
    tell(running, finished);
    const told = events.length;
    tell(steps, tested, failed);
    held.stop();
    expect([events.length, ends().length]).toEqual([told, 1]);
    expect(worker.kinds()).toEqual(['start', 'exportWeights']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('exports are answered in the order in which they were asked for', async () => {
  const { worker, held } = lane();
  const both = [held.exportWeights(), held.exportWeights()];
  giveWeights(worker, Uint8Array.of(1).buffer);
  giveWeights(worker, Uint8Array.of(1, 2).buffer);
  expect((await Promise.all(both)).map(({ byteLength }) => byteLength)).toEqual([1, 2]);
});

test('one that was stopped for a failure elsewhere and hangs ends as failed with that failure', async () => {
  const { worker, held, ended, ends } = lane();
  held.stop(broken);
  held.stop();
  expect(worker.sent.slice(1)).toEqual([{ kind: 'stop', failure: broken }, { kind: 'stop' }]);
  await vi.advanceTimersByTimeAsync(1000 * deadlines.stop);
  expect(ends()).toEqual([{ kind: 'state', state: 'failed', step: 0, reason: 'error', failure: broken }]);
  expect([ended, worker.ended]).toEqual([[true], true]);
});

test('one that ends after Stop in time is not ended a second time', async () => {
  const { worker, held, tell, events } = lane();
  held.stop();
  await vi.advanceTimersByTimeAsync(900 * deadlines.stop);
  tell({ ...finished, reason: 'stopped' });
  await vi.advanceTimersByTimeAsync(10_000 * deadlines.stop);
  expect(events.map(({ kind }) => kind)).toEqual(['stopping', 'run']);
  expect(worker.ended).toBe(false);
});
