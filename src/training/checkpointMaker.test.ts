import { describe, expect, it } from 'vitest';
import { checkpointOf } from '../model/testing/checkpoints.ts';
import { createDeferred, type Deferred } from '../model/deferred.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { KeptCheckpoint, Unkept } from '../protocol/keeping.ts';
import { CheckpointMaker } from './checkpointMaker.ts';
import type { Moment } from './moment.ts';

const parent = checkpointOf();

/** A maker of a run whose steps, clock and device are the test's. */
function maker({
  everySteps = null,
  atSteps = [],
  cost = 0,
}: { everySteps?: number | null; atSteps?: readonly number[]; cost?: number } = {}) {
  const kept: KeptCheckpoint[] = [];
  const unkept: Unkept[] = [];
  const device: Deferred<() => Checkpoint>[] = [];
  const run = { now: 0, step: 0, evaluationDue: false, hasFailed: false, isBetween: true };
  const checkpoint = (): Checkpoint => {
    // What the host computes takes its time.
    run.now += cost;
    return parent;
  };
  const made = new CheckpointMaker({
    session: () => ({
      hasFailed: run.hasFailed,
      moment(): Moment | null {
        if (!run.isBetween) return null;
        const read = () => {
          const numbers = createDeferred<() => Checkpoint>();
          device.push(numbers);
          return numbers.promise;
        };
        const state = { ...parent.state, step: run.step, isEvaluationDue: run.evaluationDue };
        return { state, read };
      },
    }),
    everySteps,
    atSteps,
    clock: { seconds: () => run.now },
    onKept: (one) => kept.push(one),
    onUnkept: (one) => unkept.push(one),
  });
  const answer = (i = device.length - 1) => device[i]!.resolve(checkpoint);
  const keep = async (step: number) => {
    run.step = step;
    await made.keep('interval');
    answer();
    await made.settled();
  };
  return { made, run, kept, unkept, device, answer, keep };
}

describe('is due', () => {
  it('where others go on from, as lasting as the ladder', () => {
    const { made } = maker({ atSteps: [7, 300] });
    expect([6, 7, 8, 300].map((step) => made.due(step))).toEqual([null, 'ladder', null, 'ladder']);
  });

  it('on the ladder and every so many steps', () => {
    const { made } = maker({ everySteps: 30 });
    const due = Array.from({ length: 101 }, (_, step) => [step, made.due(step)] as const).filter(
      ([, why]) => why,
    );
    expect(due).toEqual([
      ...[0, 1, 2, 5, 10, 20].map((step) => [step, 'ladder']),
      [30, 'interval'],
      [50, 'ladder'],
      [60, 'interval'],
      [90, 'interval'],
      [100, 'ladder'],
    ]);
  });

  it('twenty seconds after the last, and not while one is being made', async () => {
    const { made, run, answer } = maker();
    run.now = 19.9;
    expect(made.due(3)).toBeNull();
    run.now = 20;
    expect(made.due(3)).toBe('interval');
    run.step = 3;
    await made.keep('interval');
    run.now = 60;
    await Promise.resolve();
    expect(made.due(4)).toBeNull();
    answer();
    await made.settled();
    expect(made.due(4)).toBe('interval');
  });

  it.each([
    [0.05, 20],
    [0.2, 20],
    [0.5, 50],
    [3, 300],
  ])('so rarely that what costs %d s takes no hundredth of the time: after %d s', async (cost, seconds) => {
    const { made, run, keep } = maker({ cost });
    await keep(3);
    const { now } = run;
    // A checkpoint was taken before its cost was spent.
    run.now = now - cost + seconds - 0.01;
    expect(made.due(4)).toBeNull();
    run.now += 0.02;
    expect(made.due(4)).toBe('interval');
  });
});

it('takes a moment once, and again when its evaluation was told', async () => {
  const { made, run, kept, device, keep } = maker();
  await keep(7);
  await made.keep('pause');
  expect(device).toHaveLength(1);
  run.evaluationDue = true;
  await keep(7);
  expect(kept.map(({ step, evaluationDue }) => [step, evaluationDue])).toEqual([
    [7, false],
    [7, true],
  ]);
});

it('asks the device at once, tells in order, and has training wait for the one before', async () => {
  const { made, run, kept, device, answer } = maker();
  run.step = 1;
  await made.keep('ladder');
  run.step = 2;
  let goesOn = false;
  const second = made.keep('ladder').then(() => (goesOn = true));
  expect(device).toHaveLength(2);
  answer(1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([goesOn, kept.length]).toEqual([false, 0]);
  answer(0);
  await second;
  await made.settled();
  expect(kept.map(({ step }) => step)).toEqual([1, 2]);
});

it('takes nothing while steps are not told', async () => {
  const { made, run, device } = maker();
  run.isBetween = false;
  await made.keep('asked');
  expect(device).toEqual([]);
});

it('tells what could not be made, and tries the moment again; not of a run that has failed, nor of a net that has diverged', async () => {
  const { made, run, kept, unkept, device, keep } = maker();
  run.step = 4;
  await made.keep('asked');
  device[0]!.reject(new RangeError('Array buffer allocation failed'));
  await made.settled();
  expect(unkept).toMatchObject([{ step: 4, why: 'asked', failure: { name: 'RangeError' } }]);
  await keep(4);
  expect(kept).toHaveLength(1);

  run.step = 5;
  await made.keep('ladder');
  run.hasFailed = true;
  device.at(-1)!.reject(new Error('the device was lost'));
  await made.settled();
  run.hasFailed = false;
  run.step = 6;
  await made.keep('interval');
  const [name, tensor] = [...parent.tensors][0]!;
  const wild = new Map(parent.tensors).set(name, { ...tensor, values: tensor.values.map(() => Infinity) });
  device.at(-1)!.resolve(() => ({ ...parent, tensors: wild }));
  await made.settled();
  expect([unkept.length, kept.length]).toEqual([1, 1]);
});
