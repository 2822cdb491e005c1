import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBatches } from './batches.ts';
import { LaneLeftError, type Lane } from './dealer.ts';
import { settings, dataset, dealer, isPending, take } from './testing/dealing.ts';
import type { TrainingBatch } from '../protocol/source.ts';

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
        const watch = { isOver: false };
        const over = Promise.all(lanes.map((lane) => lane.done)).finally(() => (watch.isOver = true));
        for (let i = 0; i < 5000 && !watch.isOver; i++) await turn();
        expect(watch.isOver, 'nobody waits for ever').toBe(true);
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
