import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBatches, type BatchSettings } from './batches.ts';
import { openDataset, type Dataset } from './dataset.ts';
import { Dealer, LaneLeftError, type Lane } from './dealer.ts';
import { ShardError } from './shards.ts';
import { createSmallDataset } from './testing/smallDataset.ts';
import type { TrainingBatch } from '../protocol/source.ts';

const settings: BatchSettings = {
  seed: 1,
  batchSize: 4,
  order: 'shuffled',
  augment: 'paper',
  normalisation: 'channel',
};
const small = await createSmallDataset({ train: [6, 6], test: [4, 3] });
const dataset = await openDataset({ url: '.', fetch: small.fetch });
const dealer = (pace: 'lockstep' | 'free', lanes = 1, from: Dataset = dataset) =>
  new Dealer(from, settings, { pace, lanes });

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
/** Whether a promise is still pending once everything else has come to rest. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let pending = true;
  const done = () => (pending = false);
  promise.then(done, done);
  await settled();
  return pending;
}
async function take(lane: Lane, batches: number) {
  const taken = [];
  for (let i = 0; i < batches; i++) taken.push(await lane.next());
  return taken;
}
/** The dataset, counting what is prepared. */
function counted() {
  const gathered: number[] = [];
  const counting: Dataset = {
    ...dataset,
    gather: (split, indices) => {
      if (split === 'train') gathered.push(indices.length);
      return dataset.gather(split, indices);
    },
  };
  return { counting, gathered };
}

describe('lockstep', () => {
  test('every lane gets its own copy of the same batch, the next when all have asked', async () => {
    const table = dealer('lockstep', 2);
    const [a, b] = [table.addLane(), table.addLane()];
    const [first, second] = await Promise.all([a.next(), b.next()]);
    expect(first).toEqual(second);
    expect(first.images.buffer).not.toBe(second.images.buffer);
    expect(first.labels.buffer).not.toBe(second.labels.buffer);

    const ahead = a.next();
    expect(await isPending(ahead)).toBe(true);
    expect((await b.next()).index).toBe(1);
    expect((await ahead).index).toBe(1);
  });

  test('nothing is dealt before as many lanes have come as were announced', async () => {
    const table = dealer('lockstep', 2);
    const first = table.addLane().next();
    expect(await isPending(first)).toBe(true);
    const second = table.addLane();
    expect(await isPending(first)).toBe(true);
    expect((await second.next()).index).toBe(0);
    expect((await first).index).toBe(0);
  });

  test('a lane that leaves is not waited for, even if it came and left before the others', async () => {
    const table = dealer('lockstep', 3);
    const [a, b, c] = [table.addLane(), table.addLane(), table.addLane()];
    c.leave();
    await Promise.all([a.next(), b.next()]);
    const waiting = a.next();
    expect(await isPending(waiting)).toBe(true);
    b.leave();
    b.leave();
    expect((await waiting).index).toBe(1);
    expect((await a.next()).index).toBe(2);
  });

  test('who leaves while waiting, or asks after leaving, is told; evaluation goes on', async () => {
    const table = dealer('lockstep', 2);
    const [a] = [table.addLane(), table.addLane()];
    const waiting = a.next();
    a.leave();
    await expect(waiting).rejects.toThrow(LaneLeftError);
    await expect(a.next()).rejects.toThrow(LaneLeftError);
    expect((await a.test(0, 2)).size).toBe(2);
  });

  test('a lane that comes later begins at the first batch, catches up alone, and goes in step from there', async () => {
    const table = dealer('lockstep', 1);
    const a = table.addLane();
    const taken = await take(a, 3);
    const b = table.addLane();
    expect(await take(b, 2)).toEqual(taken.slice(0, 2));
    // Nobody waits for a lane that is behind.
    expect((await a.next()).index).toBe(3);
    expect((await take(b, 2)).map(({ index }) => index)).toEqual([2, 3]);

    const inStep = b.next();
    expect(await isPending(inStep)).toBe(true);
    const waiting = a.next();
    expect(await inStep).toEqual(await waiting);
    expect((await waiting).index).toBe(4);
    const next = a.next();
    expect(await isPending(next)).toBe(true);
    b.leave();
    expect((await next).index).toBe(5);
    await expect(b.next()).rejects.toThrow(LaneLeftError);
  });

  test('a late lane goes on alone when the others have left, and may leave before it has caught up', async () => {
    const table = dealer('lockstep', 1);
    const a = table.addLane();
    await take(a, 3);
    const [b, c] = [table.addLane(), table.addLane()];
    c.leave();
    await expect(c.next()).rejects.toThrow(LaneLeftError);
    a.leave();
    expect((await take(b, 5)).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
  });

  test('a lane may not ask twice at once', async () => {
    const a = dealer('lockstep', 2).addLane();
    void a.next();
    await expect(a.next()).rejects.toThrow(/already waits/);
  });
});

describe('free', () => {
  test('lanes go at their own pace through the same batches', async () => {
    const table = dealer('free', 2);
    const [fast, slow] = [table.addLane(), table.addLane()];
    const taken = await take(fast, 4);
    expect(await take(slow, 2)).toEqual(taken.slice(0, 2));
    expect(await take(table.addLane(), 4)).toEqual(taken);
  });
});

test.each(['lockstep', 'free'] as const)('%s: exactly two batches are prepared ahead', async (pace) => {
  const { counting, gathered } = counted();
  const lane = dealer(pace, 1, counting).addLane();
  await settled();
  expect(gathered).toHaveLength(2);
  for (const batches of [1, 2, 3]) {
    await lane.next();
    await settled();
    expect(gathered).toHaveLength(batches + 2);
  }
});

test('lanes that are done with their first batch are told of once', async () => {
  const told: number[] = [];
  let dealt = 0;
  const onBegun = (next: number) => void told.push(dealt, next);
  const table = new Dealer(dataset, settings, { pace: 'lockstep', lanes: 2, onBegun });
  const [a, b] = [table.addLane(), table.addLane()];
  for (dealt = 0; dealt < 4; dealt++) await Promise.all([a.next(), b.next()]);
  expect(told).toEqual([1, 2]);
});

test('evaluation gives the first images in file order, all if fewer are there', async () => {
  const lane = dealer('free').addLane();
  expect([lane.testImages, lane.trainingImages]).toEqual([7, 12]);
  const labels = async (images: number) => {
    const seen: number[][] = [];
    for await (const batch of lane.evaluation(images, 3)) seen.push([...batch.labels]);
    return seen;
  };
  const all = [0, 1, 2, 3, 4, 5, 6].map((index) => small.label('test', index));
  expect(await labels(5)).toEqual([all.slice(0, 3), all.slice(3, 5)]);
  expect(await labels(1000)).toEqual([all.slice(0, 3), all.slice(3, 6), all.slice(6)]);
});

describe('errors', () => {
  test('every lane that waits is told which shard cannot be had; asking again tries again', async () => {
    const broken = await createSmallDataset({ train: [6, 6] });
    const sound = broken.files.get('train-01.png')!;
    broken.files.set('train-01.png', new Uint8Array(sound.length));
    const opened = await openDataset({ url: '.', fetch: broken.fetch });
    const sequential = { ...settings, order: 'sequential' } as const;
    const table = new Dealer(opened, sequential, { pace: 'lockstep', lanes: 2 });
    const [a, b] = [table.addLane(), table.addLane()];
    await Promise.all([a.next(), b.next()]);

    const errors = await Promise.all([a, b].map((lane) => lane.next().catch((error: unknown) => error)));
    for (const error of errors) {
      expect(error).toBeInstanceOf(ShardError);
      expect(error).toMatchObject({ file: 'train-01.png' });
    }
    broken.files.set('train-01.png', sound);
    const [again] = await Promise.all([a.next(), b.next()]);
    expect(again.index).toBe(1);
  });
});

describe('lanes that go on from a later batch', () => {
  const indices = async (lane: Lane, batches: number) =>
    (await take(lane, batches)).map(({ index }) => index);

  test.each(['free', 'lockstep'] as const)('%s: a lane gets the batches from its first on', async (pace) => {
    const whole = await take(dealer('free').addLane(), 9);
    for (const from of [0, 1, 4, 6]) {
      expect(await take(dealer(pace).addLane(from), 3)).toEqual(whole.slice(from, from + 3));
    }
  });

  test('free: each begins where it stands, whatever the others do', async () => {
    const table = dealer('free', 2);
    const [a, b] = [table.addLane(5), table.addLane(2)];
    expect([await indices(a, 2), await indices(b, 2)]).toEqual([
      [5, 6],
      [2, 3],
    ]);
  });

  test('of those that begin together the rearmost goes first, and the others wait in their seats', async () => {
    const table = dealer('lockstep', 3);
    const [a, b, c] = [table.addLane(4), table.addLane(2), table.addLane(3)];
    const [first, third] = [a.next(), c.next()];
    expect(await indices(b, 1)).toEqual([2]);
    expect(await isPending(third)).toBe(true);
    const second = b.next();
    expect([(await second).index, (await third).index]).toEqual([3, 3]);
    expect(await isPending(first)).toBe(true);
    const waiting = b.next();
    expect(await isPending(waiting)).toBe(true);
    expect((await c.next()).index).toBe(4);
    expect([(await waiting).index, (await first).index]).toEqual([4, 4]);
  });

  test('when all those behind have left, the table moves on to the nearest seat', async () => {
    const table = dealer('lockstep', 3);
    const [a, b, c] = [table.addLane(2), table.addLane(9), table.addLane(6)];
    const [far, near] = [b.next(), c.next()];
    await take(a, 1);
    a.leave();
    expect((await near).index).toBe(6);
    expect(await isPending(far)).toBe(true);
    c.leave();
    expect((await far).index).toBe(9);
  });

  test('a lane that comes later and is ahead waits; one that is behind catches up alone, from where it stands', async () => {
    const table = dealer('lockstep', 1);
    const a = table.addLane(4);
    await take(a, 2);
    const [ahead, behind] = [table.addLane(8), table.addLane(3)];
    const waiting = ahead.next();
    expect(await indices(behind, 3)).toEqual([3, 4, 5]);
    const inStep = behind.next();
    expect(await isPending(inStep)).toBe(true);
    expect((await a.next()).index).toBe(6);
    expect((await inStep).index).toBe(6);
    await Promise.all([take(a, 1), take(behind, 1)]);
    const both = [a.next(), behind.next()];
    expect((await Promise.all([...both, waiting])).map(({ index }) => index)).toEqual([8, 8, 8]);
  });

  test('the foremost of those that catch up has the table when all there have left', async () => {
    const table = dealer('lockstep', 1);
    const a = table.addLane(7);
    await take(a, 1);
    const [b, c] = [table.addLane(1), table.addLane(3)];
    await take(b, 1);
    const asked = c.next();
    a.leave();
    expect((await asked).index).toBe(3);
    // c is at 4, and the table with it.
    expect(await indices(b, 2)).toEqual([2, 3]);
    const inStep = b.next();
    expect(await isPending(inStep)).toBe(true);
    expect((await c.next()).index).toBe(4);
    expect((await inStep).index).toBe(4);
  });

  test('a table that all have left is there for whoever comes, from wherever', async () => {
    const table = dealer('lockstep', 1);
    const a = table.addLane(3);
    await take(a, 1);
    a.leave();
    const b = table.addLane(1);
    const c = table.addLane(2);
    expect(await indices(b, 1)).toEqual([1]);
    const waiting = b.next();
    expect(await isPending(waiting)).toBe(true);
    expect((await c.next()).index).toBe((await waiting).index);
  });

  test('whoever comes, goes, pauses and in whatever order: each gets its batches, and nobody waits for ever', async () => {
    const batches = createBatches(dataset, settings);
    const whole = await Promise.all(Array.from({ length: 16 }, (_, index) => batches.training(index)));
    const command = fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('add' as const), from: fc.nat({ max: 9 }) }) },
      fc.record({ kind: fc.constantFrom('leave', 'pause', 'resume'), lane: fc.nat({ max: 6 }) }),
      fc.record({ kind: fc.constant('wait' as const), turns: fc.nat({ max: 12 }) }),
    );
    const sequence = fc.record({
      announced: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }),
      commands: fc.array(command, { maxLength: 14 }),
      pace: fc.constantFrom('lockstep' as const, 'lockstep' as const, 'free' as const),
      wanted: fc.integer({ min: 1, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(sequence, async ({ announced, commands, pace, wanted }) => {
        const table = dealer(pace, announced.length);
        const lanes: ReturnType<typeof walk>[] = [];
        for (const from of announced) lanes.push(walk(table.addLane(from), from, wanted));
        for (const one of commands) {
          if (one.kind === 'add') lanes.push(walk(table.addLane(one.from), one.from, wanted));
          else if (one.kind === 'wait') for (let i = 0; i < one.turns; i++) await turn();
          else lanes[one.lane]?.[one.kind]();
        }
        for (const lane of lanes) lane.resume();
        let isOver = false;
        const over = Promise.all(lanes.map((lane) => lane.done)).finally(() => (isOver = true));
        for (let i = 0; i < 5000 && !isOver; i++) await turn();
        expect(isOver, 'nobody waits for ever').toBe(true);
        await over;
        for (const { from, taken, hasLeft } of lanes) {
          taken.forEach((batch, i) => expectSame(batch, whole[from + i]!));
          if (!hasLeft()) expect(taken).toHaveLength(wanted);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** To the last bit. (`toEqual` takes long over 12,000 numbers.) */
function expectSame({ images, labels, ...rest }: TrainingBatch, expected: TrainingBatch): void {
  expect(rest).toEqual({ ...expected, images: undefined, labels: undefined });
  expect(Buffer.compare(bytesOf(images), bytesOf(expected.images))).toBe(0);
  expect(labels).toEqual(expected.labels);
}
const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  Buffer.from(buffer, byteOffset, byteLength);

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Takes `wanted` batches and leaves, but for pauses, and if it is not told to leave before. */
function walk(lane: Lane, from: number, wanted: number) {
  const taken: TrainingBatch[] = [];
  let isPaused = false;
  let left = false;
  const work = async () => {
    while (taken.length < wanted && !left) {
      if (isPaused) await turn();
      else taken.push(await lane.next());
    }
    lane.leave();
  };
  const done = work().catch((error: unknown) => {
    if (!(error instanceof LaneLeftError) || !left) throw error;
  });
  return {
    ...{ from, taken, done },
    pause: () => (isPaused = true),
    resume: () => (isPaused = false),
    leave: () => {
      left = true;
      lane.leave();
    },
    hasLeft: () => left,
  };
}
