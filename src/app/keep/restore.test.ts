import { expect, test } from 'vitest';
import { experiment } from '../runs/testing/anyRuns.ts';
import { freshRuns, grown, over, tested } from '../runs/testing/grownRun.ts';
import { draftShowing } from '../state/readDraft.ts';
import { noTraining } from '../state/training.ts';
import { restore } from './restore.ts';
import { keptPage, madeAt, nobody } from './testing/keptPage.ts';

const [first, second] = freshRuns();

/** What a page with these runs on its stage leaves behind. */
async function left(name: string, change: (page: Awaited<ReturnType<typeof keptPage>>) => unknown = () => 0) {
  const page = await keptPage(name, 'before');
  page.stage(tested(grown(first, 7), 5), over(grown(second, 3), 'stopped'));
  page.keeper.keepCheckpoint(first.id, madeAt(5));
  await page.keeper.flush();
  await change(page);
  await page.keeper.flush();
  return page;
}

test('what trained comes back to the stage, interrupted, with its curve and its moments', async () => {
  await left('stage');
  const { restore: all, state, keeper, db } = await keptPage('stage');
  expect(await all()).toEqual({ damaged: [] });
  const { training, moments, draft } = state();
  expect(training.experiment).toEqual(experiment);
  expect(training.runs.map(({ id, end, error }) => [id, end?.reason, error.length])).toEqual([
    [first.id, 'interrupted', 7],
    [second.id, 'stopped', 3],
  ]);
  expect(training.runs[0]!.evaluations).toHaveLength(1);
  expect(moments.get(first.id)?.map(({ step }) => step)).toEqual([5]);
  expect(draft).toEqual(draftShowing(experiment));
  // And none of it is written again.
  const before = await db.records();
  await keeper.flush();
  expect(await db.records()).toEqual(before);
});

test.each([
  ['back', -1e12],
  ['forward', 1e12],
])('a clock that was put %s between two visits loses and mixes up nothing', async (name, shift) => {
  await left(`clock ${name}`, async ({ db }) => {
    const record = await db.record(first.id);
    await db.write({
      runs: [{ ...record!, updated: record!.updated + shift, created: (record!.created ?? 0) + shift }],
    });
  });
  const { restore, state, store, keeper, db } = await keptPage(`clock ${name}`);
  expect(await restore()).toEqual({ damaged: [] });
  expect(state().training.runs.map(({ id, end, error }) => [id, end?.reason, error.length])).toEqual([
    [first.id, 'interrupted', 7],
    [second.id, 'stopped', 3],
  ]);
  expect(
    state()
      .moments.get(first.id)
      ?.map(({ step }) => step),
  ).toEqual([5]);
  // What is new is kept, although the record is of later, or of long before.
  store.setState(({ training }) => ({
    training: { ...training, runs: training.runs.map((run) => ({ ...run, name: `${run.name}, renamed` })) },
  }));
  await keeper.flush();
  expect((await db.record(first.id))!.name).toBe(`${first.name}, renamed`);
});

test('what a person has begun meanwhile stays, and what was kept stands beside it', async () => {
  await left('begun');
  const { restore: all, state, stage } = await keptPage('begun');
  const own = grown(freshRuns(9)[0], 1);
  stage(own);
  await all();
  expect(state().training.runs).toEqual([own]);
  expect(
    state()
      .archive.kept.map(({ id }) => id)
      .sort(),
  ).toEqual([first.id, second.id].sort());
});

test('what was hidden stays hidden, and is in the list without its curve where it is not on the stage', async () => {
  await left('hidden', ({ store, state }) =>
    store.setState({
      training: noTraining,
      archive: { kept: state().training.runs.map((run) => over(run)), dropped: 0 },
      view: { ...state().view, hidden: [second.id] },
    }),
  );
  const { restore: all, state } = await keptPage('hidden');
  await all();
  expect(state().view.hidden).toEqual([second.id]);
  expect(state().archive.kept.map(({ id }) => id)).toEqual([first.id]);
  expect(state().library.map(({ id, summary, error }) => [id, summary === null, error.length])).toEqual([
    [second.id, false, 0],
  ]);
});

test('what was deleted and not brought back is gone with the page; not while its tab may undo it', async () => {
  await left('deleted', ({ store, stage, state }) => {
    const [run] = state().training.runs;
    stage(state().training.runs[1]!);
    store.setState({
      deleted: {
        runs: [{ run: run!, list: 'current', index: 0 }],
        experiment: null,
        moments: new Map(),
        views: new Map(),
      },
    });
  });
  const beside = await keptPage('deleted', 'beside');
  await beside.restore(({ owner }) => owner === 'before');
  expect(await beside.db.ids()).toHaveLength(2);
  const after = await keptPage('deleted', 'after');
  await after.restore();
  expect([await after.db.ids(), [...after.state().moments.keys()]]).toEqual([[second.id], []]);
  expect(after.state().training.runs.map(({ id }) => id)).toEqual([second.id]);
});

test('records and points that are damaged are left alone, and the others come', async () => {
  const { db } = await left('damaged');
  const odd = { ...(await db.record(second.id))!, id: 'odd', step: -1 };
  const torn = { ...(await db.record(second.id))!, id: 'torn' };
  const packs = [{ run: 'torn', pack: 0, columns: { loss: { from: 4, values: new Float64Array(1), absent: null } } }]; // prettier-ignore
  await db.write({ runs: [odd, torn], packs });
  const { restore: all, state, keeper } = await keptPage('damaged');
  expect((await all()).damaged.toSorted()).toEqual(['odd']);
  expect(state().training.runs).toHaveLength(2);
  await keeper.flush();
  expect([...(await db.ids())].toSorted()).toEqual([first.id, second.id, 'odd', 'torn'].toSorted());
  expect(await db.packs('torn')).toEqual([packs[0]!.columns]);
});

test('a session that cannot be read costs the stage and no run', async () => {
  const { db } = await left('odd session');
  await db.write({ session: { runs: 'x' } as never });
  const { restore: all, state } = await keptPage('odd session');
  await all();
  expect([state().training.runs.length, state().archive.kept.length]).toEqual([0, 2]);
});

test('what another tab trains is drawn and is not on the stage', async () => {
  await left('elsewhere');
  const { restore: all, state, keeper, db } = await keptPage('elsewhere');
  await all((record) => record.owner === 'before');
  expect([...state().elsewhere]).toEqual([first.id]);
  expect(state().training.runs.map(({ id }) => id)).toEqual([second.id]);
  expect(state().archive.kept.map(({ id, state: is, error }) => [id, is, error.length])).toEqual([
    [first.id, 'running', 7],
  ]);
  await keeper.flush();
  expect((await db.record(first.id))?.owner).toBe('before');
});

test('an empty browser is no fault', async () => {
  const { restore: all, state } = await keptPage('empty');
  expect(await all(nobody)).toEqual({ damaged: [] });
  expect(state().training).toEqual(noTraining);
});

/** A page that drew its two runs beside an empty stage. */
const drew = (name: string) =>
  left(name, ({ store, state }) =>
    store.setState({
      training: noTraining,
      archive: { kept: state().training.runs.map((run) => over(run)), dropped: 0 },
    }),
  );

test('all runs are listed before a curve is read; what was drawn is drawn then, and nothing is written for it', async () => {
  const { db } = await drew('listed');
  const records = await db.records();
  const { store, keeper, db: own } = await keptPage('listed');
  const { drawn } = await restore(own, keeper, store, nobody);
  const { library, archive } = store.getState();
  expect([library.map(({ id }) => id).toSorted(), archive.kept]).toEqual([
    [first.id, second.id].toSorted(),
    [],
  ]);
  expect(library.map(({ error }) => error.length)).toEqual([0, 0]);
  expect(library.map(({ summary }) => summary?.curve.length).toSorted()).toEqual([3, 7]);
  expect(await drawn).toEqual([]);
  expect(store.getState().library).toEqual([]);
  expect(
    store
      .getState()
      .archive.kept.map(({ error }) => error.length)
      .toSorted(),
  ).toEqual([3, 7]);
  await keeper.flush();
  expect(await own.records()).toEqual(records);
});

test('gone before its curves were there, a page draws the same the next time; what was hidden meanwhile stays hidden', async () => {
  await drew('gone early');
  const early = await keptPage('gone early');
  const { drawn } = await restore(early.db, early.keeper, early.store, nobody);
  early.store.setState(({ view }) => ({ view: { ...view, hidden: [second.id] } }));
  await early.keeper.flush();
  expect(await early.db.session()).toMatchObject({ shown: [first.id], hidden: [second.id] });
  await drawn;
  const next = await keptPage('gone early');
  await next.restore();
  expect(next.state().archive.kept.map(({ id }) => id)).toEqual([first.id]);
  expect(next.state().library.map(({ id }) => id)).toEqual([second.id]);
});

test('a curve that is torn is told, and its run stays in the list', async () => {
  const { db } = await drew('torn');
  await db.write({ packs: [{ run: first.id, pack: 0, columns: { loss: { from: 4, values: new Float64Array(1), absent: null } } }] }); // prettier-ignore
  const { restore: all, state } = await keptPage('torn');
  expect(await all()).toEqual({ damaged: [first.id] });
  expect([state().library.map(({ id }) => id), state().archive.kept.map(({ id }) => id)]).toEqual([[first.id], [second.id]]); // prettier-ignore
});
