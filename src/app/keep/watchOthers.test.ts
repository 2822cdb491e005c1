import { expect, test } from 'vitest';
import { freshRuns, grown, over } from '../runs/testing/grownRun.ts';
import { keptPage, madeAt } from './testing/keptPage.ts';
import { takingTurns } from './inTurn.ts';
import { keepingBy } from './keepingBy.ts';

const [first, second] = freshRuns();

async function twoTabs(name: string) {
  const trains = await keptPage(name, 'trains');
  const watches = await keptPage(name, 'watches');
  let alive = true;
  const isElsewhere = ({ owner }: { owner: string | null }) => alive && owner === 'trains';
  const keeping = keepingBy(
    () => watches,
    watches.store,
    'watches',
    () => Promise.resolve(isElsewhere),
    takingTurns(),
  );
  return {
    trains,
    watches,
    keeping,
    look: () => watches.look(isElsewhere),
    leave: () => (alive = false),
    drawn: () =>
      watches
        .state()
        .archive.kept.map(({ id, state, error, end }) => [id, end?.reason ?? state, error.length])
        .toSorted((a, b) => Number(b[2]) - Number(a[2])),
  };
}

test('what another tab begins is shown here as it grows, is not to be taken, and can be gone on with once it is gone', async () => {
  const { trains, watches, keeping, look, leave, drawn } = await twoTabs('grows');
  await watches.restore();
  trains.stage(grown(first, 2));
  await trains.keeper.flush();
  await look();
  expect(drawn()).toEqual([[first.id, 'running', 2]]);
  trains.stage(grown(grown(first, 2), 3));
  trains.keeper.keepCheckpoint(first.id, madeAt(5));
  await trains.keeper.flush();
  await look();
  expect(drawn()).toEqual([[first.id, 'running', 5]]);
  expect(watches.state().moments.get(first.id)).toHaveLength(1);
  expect(await keeping.claim(watches.state().archive.kept)).toBeNull();
  // It writes nothing of it.
  await watches.keeper.flush();
  expect((await watches.db.record(first.id))?.owner).toBe('trains');
  leave();
  await look();
  expect(drawn()).toEqual([[first.id, 'interrupted', 5]]);
  expect(watches.state().elsewhere.size).toBe(0);
  expect(await keeping.claim(watches.state().archive.kept)).toHaveLength(1);
  expect((await watches.db.record(first.id))?.owner).toBe('watches');
});

test('a run that ends in its tab is over here as well', async () => {
  const { trains, watches, look, drawn } = await twoTabs('ends');
  trains.stage(grown(first, 2), grown(second, 1));
  await trains.keeper.flush();
  await watches.restore(({ owner }) => owner === 'trains');
  trains.stage(over(grown(grown(first, 2), 1)), grown(second, 1));
  await trains.keeper.flush();
  await look();
  expect(drawn()).toEqual([
    [first.id, 'completed', 3],
    [second.id, 'running', 1],
  ]);
});

test('what was interrupted and is gone on with in another tab leaves the stage here', async () => {
  const { trains, watches, look, drawn } = await twoTabs('taken');
  watches.stage(over(grown(first, 4), 'interrupted'));
  await watches.keeper.flush();
  await trains.restore();
  trains.stage(grown(trains.state().training.runs[0]!, 1));
  await trains.keeper.flush();
  await look();
  expect(watches.state().training.runs).toEqual([]);
  expect(drawn()).toEqual([[first.id, 'running', 5]]);
});

test('a run that is claimed is as the other tab left it, however old this page is', async () => {
  const { trains, watches, keeping, leave } = await twoTabs('fresh');
  watches.stage(over(grown(first, 4), 'interrupted'));
  await watches.keeper.flush();
  await trains.restore();
  trains.stage(over(grown(trains.state().training.runs[0]!, 6), 'interrupted'));
  trains.keeper.keepCheckpoint(first.id, madeAt(10));
  await trains.keeper.flush();
  leave();
  const [claimed] = (await keeping.claim(watches.state().training.runs))!;
  expect(claimed!.error.length).toBe(10);
  expect(
    watches
      .state()
      .moments.get(first.id)
      ?.map(({ step }) => step),
  ).toEqual([10]);
});

test('what this page deletes is not found again, and a damaged run of another tab is not deleted', async () => {
  const { trains, watches, look, drawn } = await twoTabs('not again');
  trains.stage(grown(first, 2));
  await trains.keeper.flush();
  await look();
  await trains.db.write({ runs: [{ ...(await trains.db.record(first.id))!, step: -1 }] });
  await look();
  await watches.keeper.flush();
  expect([drawn(), await watches.db.ids()]).toEqual([[], [first.id]]);
});
