import { describe, expect, test } from 'vitest';
import { openDataset } from './dataset.ts';
import { Dealer, LaneLeftError } from './dealer.ts';
import { ShardError } from './shards.ts';
import { createSmallDataset } from './testing/smallDataset.ts';
import { settings, small, dataset, dealer, settled, isPending, take, counted } from './testing/dealing.ts';

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

  test('a lane with batches of its own gets those, is waited for by nobody, and keeps nobody waiting', async () => {
    const own = { ...settings, batchSize: 3, seed: 9 };
    const table = dealer('lockstep', 2);
    const a = table.addLane();
    const first = a.next();
    expect(await isPending(first)).toBe(true);
    const b = table.addLane(1, own);
    expect((await first).index).toBe(0);
    const alone = new Dealer(dataset, own, { pace: 'lockstep', lanes: 1 }).addLane(1);
    expect(await take(b, 3)).toEqual(await take(alone, 3));
    expect((await take(a, 4)).map(({ index }) => index)).toEqual([1, 2, 3, 4]);
    // Who is left alone still has the table's batches, and the other its own.
    a.leave();
    const c = table.addLane();
    expect((await take(c, 2)).map(({ index, size }) => [index, size])).toEqual([
      [0, 4],
      [1, 4],
    ]);
    expect((await take(b, 1))[0]!.size).toBe(3);
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
