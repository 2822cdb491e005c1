/** What the library does, all the way to the database and back. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { prepareRuns } from '../runs/prepareRuns.ts';
import { KEPT_RUNS } from '../runs/runArchive.ts';
import { experiment } from '../runs/testing/anyRuns.ts';
import { noKeeping, type Moment, type RunKeeping } from '../state/keeping.ts';
import { endRun, type Run } from '../state/run.ts';
import { Series } from '../state/series.ts';
import { createApp } from '../store.ts';
import { createFakeClient } from '../testing/fakeClient.ts';
import { KeepDb } from './keepDb.ts';
import { Keeper } from './keeper.ts';
import { loadRun } from './loadRun.ts';
import { restore } from './restore.ts';

const [prepared] = prepareRuns(experiment, 1, () => '');
const ramp = (length: number) => Series.empty.append(Array.from({ length }, (_, i) => 1 / (i + 1)));

/** A run that is over, of ten steps. */
const runOf = (id: string, more: Partial<Run> = {}): Run => ({
  ...endRun(prepared!, { reason: 'completed', divergedAt: null, failure: null }),
  id,
  name: id,
  created: 1,
  step: 10,
  error: ramp(10),
  loss: ramp(10),
  learningRate: ramp(10),
  epoch: ramp(10),
  trainingSeconds: ramp(10),
  ...more,
});

let databases = 0;

/** A load of the page upon the database of this name. */
async function load(name = `library ${++databases}`) {
  const db = await KeepDb.open(() => undefined, name);
  const held: { keeper: Keeper | null } = { keeper: null };
  const keeping: RunKeeping = {
    ...noKeeping,
    load: (runs) =>
      Promise.all(
        runs.map(async (run) => {
          if (!run.summary) return run;
          const loaded = await loadRun(db, run, (await db.record(run.id))!.isLogged);
          held.keeper?.knows(loaded.run, loaded.packs, 0);
          return loaded.run;
        }),
      ),
  };
  const app = createApp({
    client: createFakeClient({ every: () => () => undefined, stepsPerTick: 1 }),
    chooseDevice: () => Promise.reject(new Error('a test has no device')),
    scheduleUpdate: (callback) => callback(),
    describeDifference: () => '',
    firstOrdinal: 0,
    keeping,
    now: () => 0,
    preferences: { read: () => ({}), write: () => undefined },
  });
  const { store } = app;
  const keeper = new Keeper(db, store, { now: () => 5, owner: 'me', schedule: () => () => undefined });
  held.keeper = keeper;
  await (
    await restore(db, keeper, store, () => false)
  ).drawn;
  store.setState({ keeping: { kind: 'kept' } });
  return {
    app,
    db,
    keeper,
    name,
    state: store.getState,
    flush: () => keeper.flush(),
    /** Writes what is new, and loads the page again. */
    again: async () => {
      await keeper.flush();
      keeper.close();
      return load(name);
    },
  };
}

const kept = (runs: readonly Run[]) => ({ archive: { kept: runs, dropped: 0 } });
const ids = (runs: readonly Run[]) => runs.map(({ id }) => id);

test('what is too much for the memory is put aside once it is stored, the hidden first, and comes back whole', async () => {
  const page = await load();
  const runs = Array.from({ length: KEPT_RUNS + 2 }, (_, i) => runOf(`1/${i}`, { tags: [`tag ${i}`] }));
  page.app.store.setState(kept(runs));
  page.app.setHidden(['1/100'], true);
  expect(page.state().archive.dropped).toBe(0);
  await page.flush();
  const { library, archive } = page.state();
  expect([ids(library), archive.kept.length, archive.dropped]).toEqual([['1/100', '1/0'], KEPT_RUNS, 0]);
  expect([library[1]!.error.length, library[1]!.summary?.bytes, library[1]!.summary?.curve.length]).toEqual([
    0, 400, 10,
  ]);
  await page.flush();

  expect(await page.app.loadRuns(['1/0', '1/100'])).toEqual([]);
  const back = page.state().archive.kept.find(({ id }) => id === '1/0')!;
  expect([...back.error.values]).toEqual([...ramp(10).values]);
  expect([back.tags, back.summary, page.state().view.hidden]).toEqual([['tag 0'], null, []]);
  // Writing it again must not make the stored curve another: each time there are 202 again, and two leave.
  await page.flush();
  await page.flush();
  const next = await page.again();
  const everywhere = [...next.state().library, ...next.state().archive.kept];
  expect(everywhere).toHaveLength(KEPT_RUNS + 2);
  await next.app.loadRuns(ids(next.state().library));
  for (const run of next.state().archive.kept) {
    expect([run.id, ...run.error.values]).toEqual([run.id, ...ramp(10).values]);
  }
});

test('a name, tags and a note are kept of a run whose curve is not loaded, and its curve stays', async () => {
  const page = await load();
  page.app.store.setState(kept([runOf('1/a')]));
  page.app.setHidden(['1/a'], true);
  const second = await page.again();
  expect(ids(second.state().library)).toEqual(['1/a']);
  second.app.renameRun('1/a', ' mine ');
  second.app.setTags('1/a', ['x', ' x ', '', 'y']);
  second.app.setNote('1/a', 'as in the paper');
  const third = await second.again();
  const [run] = third.state().library;
  expect([run!.name, run!.tags, run!.note]).toEqual(['mine', ['x', 'y'], 'as in the paper']);
  expect(third.state().view.hidden).toEqual(['1/a']);
  await third.app.loadRuns(['1/a']);
  const [loaded] = third.state().archive.kept;
  expect([loaded!.name, [...loaded!.loss.values]]).toEqual(['mine', [...ramp(10).values]]);
});

test('what is changed while its curve is being read is neither lost nor does it harm the curve', async () => {
  const page = await load();
  page.app.store.setState(kept([runOf('1/a')]));
  page.app.setHidden(['1/a'], true);
  const second = await page.again();
  const loading = second.app.loadRuns(['1/a']);
  second.app.setNote('1/a', 'meanwhile');
  await second.flush();
  await loading;
  second.app.renameRun('1/a', 'after');
  const third = await second.again();
  const [run] = third.state().archive.kept;
  expect([run!.name, run!.note, [...run!.error.values]]).toEqual([
    'after',
    'meanwhile',
    [...ramp(10).values],
  ]);
});

test('what is deleted out of the library comes back by undo, and is gone once it cannot', async () => {
  const page = await load();
  page.app.store.setState(kept([runOf('1/a'), runOf('1/b')]));
  page.app.setHidden(['1/a', '1/b'], true);
  const second = await page.again();
  second.app.deleteRuns(['1/a']);
  await second.flush();
  expect((await second.db.records()).length).toBe(2);
  second.app.undoDelete();
  expect(ids(second.state().library)).toEqual(['1/a', '1/b']);
  await second.flush();
  second.app.deleteRuns(['1/a']);
  second.app.forgetDeleted();
  await second.flush();
  expect((await second.db.records()).length).toBe(1);
  second.app.deleteRuns(['1/b']);
  // Loaded again, it cannot be undone.
  const third = await second.again();
  expect([third.state().library, await third.db.records()]).toEqual([[], []]);
});

test('moments that are removed leave the database once that cannot be undone, and no others', async () => {
  const page = await load();
  page.app.store.setState(kept([runOf('1/a')]));
  for (const step of [0, 1, 5, 10]) {
    page.keeper.keepCheckpoint('1/a', {
      step,
      why: 'ladder',
      evaluationDue: false,
      file: new ArrayBuffer(8),
    });
  }
  await page.flush();
  const steps = () => (page.state().moments.get('1/a') ?? []).map(({ step }: Moment) => step);
  const stored = async () => (await page.db.checkpoints()).map(({ step }) => step);
  page.app.deleteRuns([], new Map([['1/a', [1, 5]]]));
  await page.flush();
  expect([steps(), await stored()]).toEqual([
    [0, 10],
    [0, 1, 5, 10],
  ]);
  page.app.undoDelete();
  await page.flush();
  expect([steps(), await stored()]).toEqual([
    [0, 1, 5, 10],
    [0, 1, 5, 10],
  ]);
  page.app.deleteRuns([], new Map([['1/a', [1]]]));
  page.app.forgetDeleted();
  await page.flush();
  expect(await stored()).toEqual([0, 5, 10]);
  expect(await page.db.file('1/a', 1)).toBeNull();
  page.app.deleteRuns([], new Map([['1/a', [5]]]));
  const next = await page.again();
  expect(
    next
      .state()
      .moments.get('1/a')
      ?.map(({ step }) => step),
  ).toEqual([0, 10]);
  expect((await next.db.checkpoints()).map(({ step }) => step)).toEqual([0, 10]);
});

test('what was shown is shown again, and what was put aside stays aside', async () => {
  const page = await load();
  const runs = Array.from({ length: 40 }, (_, i) => runOf(`1/${i}`, { created: i }));
  page.app.store.setState(kept(runs));
  page.app.setHidden(['1/3', '1/39'], true);
  const next = await page.again();
  expect(ids(next.state().library)).toEqual(['1/3', '1/39']);
  expect(next.state().archive.kept).toHaveLength(38);
});

test('a curve that is damaged is told, and the run stays in the library', async () => {
  const page = await load();
  page.app.store.setState(kept([runOf('1/a')]));
  page.app.setHidden(['1/a'], true);
  const second = await page.again();
  await second.db.write({
    packs: [
      { run: '1/a', pack: 3, columns: { loss: { from: 77, values: new Float64Array(1), absent: null } } },
    ],
  });
  expect(await second.app.loadRuns(['1/a'])).toEqual(['1/a']);
  expect(ids(second.state().library)).toEqual(['1/a']);
  expect(second.state().view.hidden).toEqual(['1/a']);
});
