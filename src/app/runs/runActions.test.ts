import { expect, test } from 'vitest';
import { createFakeClient } from '../testing/fakeClient.ts';
import { allRuns } from './allRuns.ts';
import { createApp } from '../store.ts';
import { noKeeping } from '../state/keeping.ts';
import { sameItems } from '../state/sameItems.ts';
import { curveSources, legendEntries } from '../charts/sources/curveSources.ts';

/** The page's state after as many experiments, each run to its end. */
async function page() {
  const ticks = new Set<() => void>();
  const updates: (() => void)[] = [];
  const app = createApp({
    client: createFakeClient({
      every: (tick) => {
        ticks.add(tick);
        return () => ticks.delete(tick);
      },
      stepsPerTick: 100,
    }),
    chooseDevice: () =>
      Promise.resolve({ backend: 'wasm', threads: 1, hardware: '', software: true, reason: 'no-webgpu' }),
    scheduleUpdate: (callback) => updates.push(callback),
    firstOrdinal: 0,
    keeping: noKeeping,
    now: () => 0,
    describeDifference: () => '',
    preferences: { read: () => ({}), write: () => undefined },
  });
  const finish = async () => {
    // Repetitions begin after the device was looked for anew.
    for (let i = 0; i < 40; i++) {
      for (const tick of [...ticks]) tick();
      for (const update of updates.splice(0)) update();
      await Promise.resolve();
    }
  };
  app.editRecipe({ budget: '200' });
  await app.train();
  return {
    app,
    finish,
    state: app.store.getState,
    ids: () => allRuns(app.store.getState()).map(({ id }) => id),
  };
}

test('a new experiment keeps the runs of the last, under other names; repetitions look alike', async () => {
  const { app, finish, state, ids } = await page();
  await finish();
  await app.train();
  await finish();
  expect(ids()).toEqual(['1/plain-20', '1/plain-56', '2/plain-20', '2/plain-56']);
  const runs = allRuns(state());
  expect(runs.map(({ name }) => name)).toEqual(['plain-20', 'plain-56', 'plain-20 (2)', 'plain-56 (2)']);
  expect(runs[2]!.style).toEqual(runs[0]!.style);
  app.editRecipe({ batchSize: '32' });
  await app.train();
  const third = allRuns(state())[4]!;
  expect([third.style.hue, third.style.tone]).toEqual([runs[0]!.style.hue, runs[0]!.style.tone]);
  expect(third.style.marker).not.toBe(runs[0]!.style.marker);
});

test('what is deleted comes back where it was; what trains cannot be deleted', async () => {
  const { app, finish, state } = await page();
  app.deleteRuns(['1/plain-20']);
  expect([allRuns(state()).length, state().deleted]).toEqual([2, null]);
  await finish();
  await app.train();
  await finish();
  const before = state();
  app.deleteRuns(['1/plain-56', '2/plain-20', '2/plain-56']);
  expect(allRuns(state()).map(({ id }) => id)).toEqual(['1/plain-20']);
  app.undoDelete();
  const { deleted, training, archive } = state();
  expect([deleted, training.runs, archive.kept]).toEqual([null, before.training.runs, before.archive.kept]);
});

test('runs of the present experiment that come back after another Train stand among the earlier ones', async () => {
  const { app, finish, state, ids } = await page();
  await finish();
  app.deleteRuns(['1/plain-20']);
  await app.train();
  app.undoDelete();
  expect(state().training.runs.map(({ id }) => id)).toEqual(['2/plain-20', '2/plain-56']);
  expect(ids()).toContain('1/plain-20');
});

test('a run keeps its new name while it goes on, and an empty one is no name', async () => {
  const { app, finish, state } = await page();
  app.renameRun('1/plain-20', '  mine ');
  app.renameRun('1/plain-20', ' ');
  await finish();
  expect(state().training.runs[0]).toMatchObject({ name: 'mine', step: 200 });
});

test('seeds are trained one after the other, and are one curve when grouped', async () => {
  const { app, finish, state } = await page();
  await finish();
  await app.trainNextSeeds(2);
  await finish();
  const seeds = allRuns(state());
  expect(seeds.map(({ config, step }) => [config?.seed, step])).toEqual(
    [1, 1, 2, 2, 3, 3].map((seed) => [seed, 200]),
  );
  expect([state().training.repeats, state().draft.recipe]).toMatchObject([0, { seed: '2', seeds: '2' }]);
  app.setGrouped(true);
  expect(curveSources(state()).map(({ runs }) => runs.length)).toEqual([3, 3]);
  app.setHidden([seeds[0]!.id], true);
  expect(curveSources(state()).map(({ runs }) => runs.length)).toEqual([2, 3]);
});

test('Train goes through the seeds of the form, and leaves the form as it is', async () => {
  const { app, finish, state } = await page();
  await finish();
  app.editRecipe({ seed: '7', seeds: '3' });
  await app.train();
  expect(state().training.repeats).toBe(2);
  await finish();
  const seeds = allRuns(state()).map(({ config }) => config?.seed);
  expect(seeds).toEqual([1, 1, 7, 7, 8, 8, 9, 9]);
  expect([state().training.repeats, state().draft.recipe]).toMatchObject([0, { seed: '7', seeds: '3' }]);
  await app.trainNextSeeds(1);
  expect(state().draft.recipe).toMatchObject({ seed: '10', seeds: '1' });
});

test('stopping ends the repetitions', async () => {
  const { app, finish, state } = await page();
  await finish();
  await app.trainNextSeeds(3);
  app.stop();
  await finish();
  expect([state().training.repeats, state().draft.recipe.seed]).toEqual([0, '2']);
});

test('the charts get the same sources while nothing changes', async () => {
  const { app, finish, state } = await page();
  const sources = curveSources(state());
  app.editRecipe({ seed: '5' });
  app.setView({ smoothing: 0.5 });
  expect(sameItems(curveSources(state()), sources)).toBe(true);
  // Grouped, too, of each group that has not changed.
  await finish();
  await app.trainNextSeeds(1);
  app.setGrouped(true);
  app.setHidden(['2/plain-20'], true);
  const [plain, deep] = curveSources(state());
  app.setHidden(['2/plain-20'], false);
  const [changed, same] = curveSources(state());
  expect([plain!.runs.length, changed!.runs.length, deep!.runs.length]).toEqual([1, 2, 2]);
  expect(same).toBe(deep);
  // The legend lists what is hidden; looking at it changes nothing of what is drawn.
  app.setHidden(['2/plain-20'], true);
  const drawn = curveSources(state());
  expect(legendEntries(state()).map(({ name }) => name)).toEqual(['plain-20 \u00d72', 'plain-56 \u00d72']);
  expect(sameItems(curveSources(state()), drawn)).toBe(true);
});
