import { expect, test, vi } from 'vitest';
import { KEPT_RUNS, keepRuns } from '../runs/runArchive.ts';
import { freshRuns, grown, over, tested } from '../runs/testing/grownRun.ts';
import type { Run } from '../state/run.ts';
import { runUpTo } from '../state/runUpTo.ts';
import { BEAT } from './keeper.ts';
import type { KeepDb } from './keepDb.ts';
import { KeepError } from './keepError.ts';
import { keptPage, madeAt } from './testing/keptPage.ts';

const [first, second] = freshRuns();
const steps = async (db: KeepDb, run: Run) =>
  (await db.packs(run.id))?.map(({ error }) => [error?.from, error?.values.length]);
const moments = async (db: KeepDb) => (await db.checkpoints()).map(({ step }) => step);

test('what is new is written soon, in packs that follow each other', async () => {
  const { keeper, db, stage, waiting } = await keptPage('packs');
  keeper.follow();
  const three = grown(first, 3);
  stage(first, second);
  await keeper.flush();
  stage(three, second);
  expect(waiting.map(({ seconds }) => seconds)).toEqual([BEAT]);
  await keeper.flush();
  expect(waiting).toEqual([]);
  const longer = grown(three, 2);
  stage(longer, second);
  await keeper.flush();
  const longest = grown(longer, 1);
  stage(longest, second);
  await keeper.flush();
  expect(await steps(db, first)).toEqual([[0, 3], [3, 2], [5, 1]]); // prettier-ignore
  // A run without a step is there as well.
  expect([await db.ids(), await steps(db, second)]).toEqual([[first.id, second.id].sort(), []]);
  stage(tested(longest, 6), second);
  await keeper.flush();
  expect((await db.record(first.id))?.evaluations).toHaveLength(1);
});

test('an experiment that is begun is there at once, before its first point', async () => {
  const { keeper, db, store, stage, waiting } = await keptPage('begun');
  keeper.follow();
  stage(first);
  await vi.waitFor(async () => expect(await db.ids()).toEqual([first.id]));
  expect(waiting).toEqual([]);
  store.setState({ prediction: 'deep' });
  expect(waiting.map(({ seconds }) => seconds)).toEqual([BEAT]);
});

test('nothing new writes nothing', async () => {
  const { keeper, db, stage } = await keptPage('nothing new');
  stage(grown(first, 3));
  await keeper.flush();
  const write = vi.spyOn(db, 'write');
  await keeper.flush();
  expect(write).not.toHaveBeenCalled();
});

test('a name, tags and a note are kept without the points being written again', async () => {
  const { keeper, db, stage } = await keptPage('named');
  const run = over(grown(first, 3));
  stage(run);
  await keeper.flush();
  stage({ ...run, name: 'mine', tags: ['a'], note: 'good' });
  await keeper.flush();
  expect(await db.record(first.id)).toMatchObject({ name: 'mine', tags: ['a'], note: 'good' });
  expect(await steps(db, first)).toEqual([[0, 3]]);
});

test('a run that goes on from an earlier moment replaces what came after it', async () => {
  const { keeper, db, stage } = await keptPage('resumed');
  const run = over(grown(grown(first, 10), 7), 'interrupted');
  stage(run);
  await keeper.flush();
  const back = runUpTo(run, 10, false);
  stage(grown(back, 2));
  await keeper.flush();
  expect(await steps(db, first)).toEqual([[0, 12]]);
  expect((await db.record(first.id))?.lengths.error).toBe(12);
});

test('a checkpoint waits for the points that lead to it, and of an unknown run is let go', async () => {
  const { keeper, db, stage, state } = await keptPage('waits');
  stage(grown(first, 4));
  keeper.keepCheckpoint(first.id, madeAt(5));
  keeper.keepCheckpoint('nobody', madeAt(2));
  await keeper.flush();
  expect(await moments(db)).toEqual([]);
  stage(grown(grown(first, 4), 1));
  await keeper.flush();
  expect(await moments(db)).toEqual([5]);
  expect(state().moments.get(first.id)).toEqual([{ step: 5, why: 'ladder', bytes: 8, evaluationDue: false }]);
});

test('of moments between the ladder the last two stay; the ladder stays', async () => {
  const { keeper, db, stage, state } = await keptPage('thinned');
  stage(grown(first, 60));
  for (const step of [0, 1, 2, 5, 10, 20]) keeper.keepCheckpoint(first.id, madeAt(step));
  for (const step of [25, 30, 35]) keeper.keepCheckpoint(first.id, madeAt(step, 'interval'));
  keeper.keepCheckpoint(first.id, madeAt(36, 'pause'));
  await keeper.flush();
  expect(await moments(db)).toEqual([0, 1, 2, 5, 10, 20, 35, 36]);
  keeper.keepCheckpoint(first.id, madeAt(40, 'asked'));
  keeper.keepCheckpoint(first.id, madeAt(60, 'end'));
  await keeper.flush();
  expect(await moments(db)).toEqual([0, 1, 2, 5, 10, 20, 36, 40, 60]);
  expect(
    state()
      .moments.get(first.id)!
      .map(({ step }) => step),
  ).toEqual(await moments(db));
  expect(await db.file(first.id, 35)).toBeNull();
});

test('a deleted run stays as long as that can be undone, and goes when it cannot', async () => {
  const { keeper, db, stage, store, state } = await keptPage('deleted');
  const run = over(grown(first, 3));
  keeper.follow();
  stage(run);
  keeper.keepCheckpoint(first.id, madeAt(2));
  await keeper.flush();
  stage();
  store.setState({
    deleted: {
      runs: [{ run, list: 'current', index: 0 }],
      experiment: null,
      moments: new Map(),
      views: new Map(),
    },
  });
  await keeper.flush();
  expect([await db.ids(), await db.session()]).toEqual([
    [first.id],
    expect.objectContaining({ deleted: [first.id] }),
  ]);
  store.setState({ deleted: null });
  await keeper.flush();
  expect([await db.ids(), await steps(db, first), await moments(db)]).toEqual([[], [], []]);
  expect(state().moments.has(first.id)).toBe(false);
});

test('a run that the page has no room for is none that was deleted: it moves to the list', async () => {
  const { keeper, db, store, state } = await keptPage('no room');
  keeper.follow();
  const runs = Array.from({ length: KEPT_RUNS }, (_, i) => over(grown(freshRuns(i + 1)[0], 1)));
  store.setState({ archive: { kept: runs, dropped: 0 } });
  await keeper.flush();
  store.setState(({ archive }) => ({ archive: keepRuns(archive, [over(grown(second, 2))], 'kept') }));
  expect(state().archive.kept).toHaveLength(KEPT_RUNS + 1);
  await keeper.flush();
  expect(state().archive.kept).toHaveLength(KEPT_RUNS);
  expect(await db.ids()).toHaveLength(KEPT_RUNS + 1);
  expect(state().library.map(({ id, summary }) => [id, summary !== null])).toEqual([[runs[0]!.id, true]]);
  expect(await steps(db, runs[0]!)).toEqual([[0, 1]]);
});

test('what another tab trains is not written here', async () => {
  const { keeper, db, stage, store } = await keptPage('theirs');
  store.setState({ elsewhere: new Set([first.id]) });
  stage(grown(first, 3), grown(second, 1));
  await keeper.flush();
  expect(await db.ids()).toEqual([second.id]);
});

test('where there is no room it trains on and says so, and writes all of it when there is', async () => {
  const { keeper, db, stage, state, waiting } = await keptPage('full');
  keeper.follow();
  const write = vi.spyOn(db, 'write').mockRejectedValue(new KeepError('full', 'no room'));
  stage(grown(first, 3));
  keeper.keepCheckpoint(first.id, madeAt(2));
  await keeper.flush();
  expect(state().keeping).toEqual({ kind: 'failing', fault: { kind: 'full', detail: 'no room' } });
  stage(grown(grown(first, 3), 3));
  await keeper.flush();
  expect(waiting.at(-1)!.seconds).toBeGreaterThan(BEAT);
  expect(state().moments.size).toBe(0);
  write.mockRestore();
  await keeper.flush();
  expect(state().keeping).toEqual({ kind: 'kept' });
  expect([await steps(db, first), await moments(db)]).toEqual([[[0, 6]], [2]]);
});

test('moments that wait for room do not fill the memory: the last of each run stay', async () => {
  const { keeper, db, stage } = await keptPage('waiting');
  const write = vi.spyOn(db, 'write').mockRejectedValue(new KeepError('full', 'no room'));
  stage(grown(first, 60), grown(second, 60));
  keeper.keepCheckpoint(second.id, madeAt(5, 'ladder', 5e7));
  for (const step of [10, 20, 50]) keeper.keepCheckpoint(first.id, madeAt(step, 'ladder', 9e7));
  await keeper.flush();
  write.mockRestore();
  await keeper.flush();
  expect((await db.checkpoints()).map(({ run, step }) => [run, step])).toEqual(
    [[first.id, 20], [first.id, 50], [second.id, 5]].sort(), // prettier-ignore
  );
});

test('a page without Web Locks gives signs of life of what it trains, and of nothing else', async () => {
  const { keeper, db, stage } = await keptPage('signs');
  stage(grown(first, 3), over(grown(second, 3)));
  await keeper.flush();
  const before = [(await db.record(first.id))!.updated, (await db.record(second.id))!.updated];
  await keeper.touch();
  expect((await db.record(first.id))!.updated).toBeGreaterThan(before[0]!);
  expect((await db.record(second.id))!.updated).toBe(before[1]);
  expect(await steps(db, first)).toEqual([[0, 3]]);
});

test('once it is closed nothing is written any more', async () => {
  const { keeper, stage, waiting } = await keptPage('closed');
  keeper.follow();
  keeper.close();
  stage(grown(first, 1));
  keeper.keepCheckpoint(first.id, madeAt(1));
  await keeper.flush();
  expect(waiting).toEqual([]);
});
