/** What a training worker keeps of its run, when, and how it goes on from it. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createNodeOps } from '../../../test/backends.ts';
import { endOf, small8, store, trainLanes, until, whole, type LaneTask } from '../../../test/keptLanes.ts';
import type { TrainingOps } from '../../kernels/ops.ts';
import { decodeCheckpoint } from '../../model/checkpoint.ts';
import type { KeptCheckpoint, TrainCommand, TrainMessage } from '../../protocol/protocol.ts';

let ops: TrainingOps<Tensor>;
beforeAll(async () => {
  ops = await createNodeOps('wasm');
});

const kept = (messages: readonly TrainMessage[]): KeptCheckpoint[] =>
  messages.flatMap((message) => (message.kind === 'checkpoint' ? [message] : []));
const reasons = (messages: readonly TrainMessage[]) =>
  kept(messages).map(({ step, why }) => `${step} ${why}`);
const stepsTold = (message: TrainMessage) =>
  message.kind === 'event' && message.event.kind === 'steps'
    ? message.event.first + message.event.loss.length - 1
    : 0;
const run = small8({ steps: 13, evaluation: { every: 0, atEnd: true, images: 5 } });
/** Tells a lane something when a step was told, once. */
const at = (step: number, ...commands: TrainCommand['kind'][]): NonNullable<LaneTask['hear']> => {
  let isDone = false;
  return (message, tell) => {
    if (isDone || stepsTold(message) < step) return;
    isDone = true;
    for (const kind of commands) tell({ kind } as TrainCommand);
  };
};

describe('a run that is kept', () => {
  test('is kept on the ladder, every so many steps and at its end, which comes before its last test', async () => {
    const [messages] = await trainLanes(ops, [{ run }], { keepEvery: 4 });
    expect(reasons(messages!)).toEqual([
      '0 ladder',
      '1 ladder',
      '2 ladder',
      '4 interval',
      '5 ladder',
      '8 interval',
      '10 ladder',
      '12 interval',
      '13 end',
    ]);
    const kinds = messages!.map((message) => (message.kind === 'event' ? message.event.kind : message.kind));
    expect(kinds.slice(-2)).toEqual(['evaluation', 'state']);
    for (const { step, file } of kept(messages!)) {
      expect((await decodeCheckpoint(file)).state).toMatchObject({ step, run });
    }
  });

  test('is kept by the clock where it trains for long', async () => {
    const long = small8({ steps: 190, model: { depth: 8, width: 1 }, evaluation: { atEnd: false } });
    const [messages] = await trainLanes(ops, [{ run: long }], { keepEvery: null });
    const intervals = kept(messages!).filter(({ why }) => why === 'interval');
    expect(intervals.length).toBeGreaterThan(1);
  });

  test('is not kept unasked', async () => {
    const { messages } = await withoutKeeping();
    expect(kept(messages)).toEqual([]);
  });

  test('is kept when it is paused, and goes on from there if it is killed then', async () => {
    const [alone] = await trainLanes(ops, [{ run }]);
    const killed = trainLanes(ops, [
      {
        run,
        hear: (message, tell) => {
          at(7, 'pause')(message, tell);
          if (message.kind === 'checkpoint' && message.why === 'pause') tell({ kind: 'stop' });
        },
      },
    ]);
    const [messages] = await killed;
    const end = messages!.findIndex((message) => message.kind === 'checkpoint' && message.why === 'pause');
    const before = store(messages!.slice(0, end + 1));
    expect(before.last!.step).toBe(before.points.length);
    const [again] = await trainLanes(ops, [{ run, from: before.last! }]);
    expect(whole(store(again!, before))).toEqual(whole(store(alone!)));
  });

  test('is kept when it is asked for, once a moment; an evaluation that was due then is told when it goes on', async () => {
    const tested = small8({ steps: 9, evaluation: { every: 7, images: 5, atEnd: false } });
    const [messages] = await trainLanes(ops, [{ run: tested, hear: at(7, 'keep', 'keep') }], {
      keepEvery: null,
    });
    const asked = kept(messages!).filter(({ why }) => why === 'asked');
    expect(asked).toMatchObject([{ step: 7, evaluationDue: true }]);
    const before = store(messages!);
    expect(before.evaluations).toHaveLength(1);
    const [again] = await trainLanes(ops, [{ run: tested, from: asked[0]! }]);
    expect(whole(store(again!, { ...before, last: asked[0]! }))).toEqual(whole(before));
    expect(again![0]).toMatchObject({ kind: 'ready', resumed: { step: 7, evaluationDue: true } });
  });

  test('is kept while it waits for a lane that is paused, with all its steps told', async () => {
    const tells: ((command: TrainCommand) => void)[] = [];
    const hold = at(5, 'pause');
    const soon = (work: () => void) => void setTimeout(work, 60);
    const [, held] = await trainLanes(ops, [
      {
        run,
        hear: (message, tell) => {
          hold(message, tell);
          if (message.kind === 'checkpoint' && message.why === 'pause')
            soon(() => tells[1]!({ kind: 'keep' }));
          tells[0] = tell;
        },
      },
      {
        run,
        hear: (message, tell) => {
          tells[1] = tell;
          if (message.kind === 'checkpoint' && message.why === 'asked') tells[0]!({ kind: 'resume' });
        },
      },
    ]);
    const at5 = reasons(held!).find((reason) => reason.endsWith('asked'));
    // The other lane has one batch more under way when it pauses.
    expect(Number.parseInt(at5!)).toBeGreaterThanOrEqual(5);
    expect(endOf(held!)).toMatchObject({ reason: 'completed', step: 13 });
  }, 30_000);

  test('is kept when it is stopped', async () => {
    const [messages] = await trainLanes(ops, [{ run, hear: at(6, 'stop') }], { keepEvery: null });
    const last = kept(messages!).at(-1)!;
    expect(last).toMatchObject({ why: 'end', step: endOf(messages!)!.step });
    const [again] = await trainLanes(ops, [{ run, from: last }]);
    const [alone] = await trainLanes(ops, [{ run }]);
    expect(whole(store(again!, store(messages!)))).toEqual(whole(store(alone!)));
  });

  test('keeps its last finite moment when it diverges', async () => {
    const wild = small8({ steps: 40, optimizer: { learningRate: 1e30 } });
    const [messages] = await trainLanes(ops, [{ run: wild }], { keepEvery: 1 });
    const end = endOf(messages!)!;
    expect(end).toMatchObject({ state: 'failed', reason: 'diverged' });
    expect(kept(messages!).at(-1)!.step).toBeLessThan(end.divergedAt!);
    expect(messages!.filter(({ kind }) => kind === 'unkept')).toEqual([]);
  });

  test('that cannot be kept says so, and trains on', async () => {
    const double = {
      ...ops,
      download: async (tensor: Tensor) => Float64Array.from(await ops.download(tensor)),
    };
    const [messages] = await trainLanes(double, [{ run }], { keepEvery: null });
    expect(messages!.find(({ kind }) => kind === 'unkept')).toMatchObject({
      step: 0,
      why: 'ladder',
      failure: { message: expect.stringContaining('float64') as string },
    });
    expect(endOf(messages!)).toMatchObject({ reason: 'completed', step: 13 });
  });
});

describe('a run that goes on', () => {
  const checkpoint = async (step: number) => {
    const [messages] = await trainLanes(ops, [{ run }]);
    return kept(messages!).find((one) => one.step === step)!;
  };

  test('says in what its device is another', async () => {
    const from = await checkpoint(8);
    const [same] = await trainLanes(ops, [{ run, from }]);
    expect(same![0]).toMatchObject({
      kind: 'ready',
      resumed: { step: 8, evaluationDue: false, differences: [] },
    });
    const other = { ...ops, build: { ...ops.build, threads: 4, adapter: 'imagined' } };
    const [messages] = await trainLanes(other, [{ run, from }]);
    expect(messages![0]).toMatchObject({
      resumed: {
        differences: [
          { what: 'threads', was: ops.build.threads, is: 4 },
          { what: 'adapter', was: ops.build.adapter, is: 'imagined' },
        ],
      },
    });
    expect(endOf(messages!)).toMatchObject({ reason: 'completed' });
  });

  test('waits in its warm-up for the error of the steps before', async () => {
    const warmingUp = small8({
      steps: 112,
      model: { depth: 8, width: 1 },
      schedule: { type: 'constant', warmUp: { learningRate: 0.001, untilError: 0.999 } },
      optimizer: { type: 'sgd', learningRate: 0.01, momentum: 0.9 },
      evaluation: { atEnd: false },
    });
    const [alone] = await trainLanes(ops, [{ run: warmingUp }], { keepEvery: 7 });
    const rates = store(alone!).points.map((point) => (point as { rate: number }).rate);
    expect([rates[98], rates.at(-1)].map((rate) => rate?.toFixed(3))).toEqual(['0.001', '0.010']);
    for (const step of [60, 99, 106]) {
      const before = store(until(alone!, step));
      const [again] = await trainLanes(ops, [{ run: warmingUp, from: before.last! }]);
      expect(whole(store(again!, before))).toEqual(whole(store(alone!)));
    }
  });

  test('fails, typed, where its checkpoint is damaged, or of another run', async () => {
    const from = await checkpoint(5);
    const spoilt = from.file.slice(0);
    new Uint8Array(spoilt)[spoilt.byteLength - 3]! ^= 1;
    const [damaged] = await trainLanes(ops, [{ run, from: { ...from, file: spoilt } }]);
    const failure = { name: 'CheckpointError' };
    expect(endOf(damaged!)).toMatchObject({ state: 'failed', reason: 'error', failure });
    const [other] = await trainLanes(ops, [{ run: { ...run, steps: 99 }, from }]);
    expect(endOf(other!)).toMatchObject({
      failure: { ...failure, message: expect.stringContaining('another configuration') as string },
    });
    expect([damaged!.length, other!.length]).toEqual([1, 1]);
  });
});

async function withoutKeeping() {
  const [messages] = await trainLanes(ops, [{ run, hear: at(3, 'keep', 'pause', 'resume') }], {
    keepEvery: undefined,
  });
  return { messages: messages! };
}
