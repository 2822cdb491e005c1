/** Views that are kept with runs, all the way to the database and back. */
import { expect, test } from 'vitest';
import { noKeeping } from '../state/keeping.ts';
import { noTraining } from '../state/training.ts';
import { experiment } from '../runs/testing/anyRuns.ts';
import { freshRuns, grown, over } from '../runs/testing/grownRun.ts';
import { viewActions } from '../runs/views/viewActions.ts';
import { deleteActions } from '../runs/deleteActions.ts';
import { takingTurns } from './inTurn.ts';
import { keepingBy } from './keepingBy.ts';
import { keptPage } from './testing/keptPage.ts';

const [first, second] = freshRuns();
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><g/></svg>';
const file = new TextEncoder().encode(svg).buffer;
const said = {
  name: 'Signal by depth',
  question: 'Does every layer respond?',
  summary: 'Yes.',
  address: `1signal;na1_s${first.id.replaceAll('/', '~002f')};d3`,
  step: 3,
  picture: { type: 'image/svg+xml', file },
} as const;
const both = [first.id, second.id];

/** A load of the page upon the database of this name, with two runs that are over where nothing is kept yet. */
async function load(name: string, owner = 'me') {
  const page = await keptPage(name, owner);
  const { db, keeper, store } = page;
  const nobody = () => Promise.resolve(() => false);
  const keeping = keepingBy(() => ({ db, keeper }), store, owner, nobody, takingTurns());
  let time = 100;
  const actions = { ...viewActions(store, { now: () => time++, keeping }), ...deleteActions(store) };
  await page.restore();
  keeper.follow();
  const views = () => {
    const { training, library, archive } = store.getState();
    return new Map([...training.runs, ...library, ...archive.kept].map(({ id, views: own }) => [id, own]));
  };
  const pictures = async () =>
    Promise.all(both.map(async (id) => (await Promise.all(['100', '101'].map((view) => db.picture(id, view)))).map((one) => one?.byteLength ?? null))); // prettier-ignore
  return { ...page, ...actions, views, pictures };
}

async function withRuns(name: string) {
  const page = await load(name);
  page.store.setState({
    training: { ...noTraining, experiment, runs: [over(grown(first, 3)), over(grown(second, 3))] },
  });
  await page.keeper.flush();
  return page;
}
const size = file.byteLength;

test('a view and its picture are there at once, and after a reload', async () => {
  const page = await withRuns('kept views');
  await page.keepView(both, said);
  // What is written is written together: no beat has passed.
  expect((await page.db.record(first.id))!.views).toEqual(page.views().get(first.id));
  expect(await page.pictures()).toEqual([[size, null], [size, null]]); // prettier-ignore
  const after = await load('kept views', 'after');
  expect(after.views()).toEqual(page.views());
  const blob = await after.viewPicture(first.id, after.views().get(first.id)![0]!);
  expect([blob.type, await blob.text()]).toEqual(['image/svg+xml', svg]);
});

test('where it cannot be written, neither the view nor its picture is there', async () => {
  const page = await withRuns('unkept views');
  const write = page.db.write.bind(page.db);
  page.db.write = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
  await expect(page.keepView(both, said)).rejects.toThrow('There is no room left in this browser');
  expect([...page.views().values()]).toEqual([[], []]);
  page.db.write = write;
  await page.keeper.flush();
  expect([(await page.db.record(first.id))!.views, await page.pictures()]).toEqual([[], [[null, null], [null, null]]]); // prettier-ignore
  expect(page.state().keeping).toEqual({ kind: 'kept' });
});

test('the picture of a view that is removed stays as long as that can be undone', async () => {
  const page = await withRuns('removed views');
  await page.keepView(both, said);
  page.removeView(first.id, '100');
  await page.keeper.flush();
  expect([(await page.db.record(first.id))!.views, await page.pictures()]).toEqual([[], [[size, null], [size, null]]]); // prettier-ignore
  page.undoDelete();
  await page.keeper.flush();
  expect((await page.db.record(first.id))!.views).toHaveLength(1);
  page.removeView(first.id, '100');
  page.forgetDeleted();
  await page.keeper.flush();
  expect(await page.pictures()).toEqual([[null, null], [size, null]]); // prettier-ignore
});

test('with the page goes what was removed in it; with a run its pictures go', async () => {
  const page = await withRuns('gone views');
  await page.keepView(both, said);
  await page.keepView(both, said);
  page.removeView(first.id, '100');
  await page.keeper.flush();
  const after = await load('gone views', 'after');
  expect(after.views().get(first.id)!.map(({ id }) => id)).toEqual(['101']); // prettier-ignore
  expect(await after.pictures()).toEqual([[null, size], [size, size]]); // prettier-ignore
  after.deleteRuns([second.id]);
  after.forgetDeleted();
  await after.keeper.flush();
  expect(await after.pictures()).toEqual([[null, size], [null, null]]); // prettier-ignore
});

test('a picture that was changed in the storage is not shown', async () => {
  const page = await withRuns('changed views');
  await page.keepView([first.id], said);
  const [view] = page.views().get(first.id)!;
  const script = new TextEncoder().encode(svg.replace('<g/>', '<script/>')).buffer;
  await page.db.write({ pictures: [{ key: [first.id, '100'], file: script }] });
  await expect(page.viewPicture(first.id, view!)).rejects.toThrow('Its picture cannot be read.');
  await page.db.write({ droppedPictures: [[first.id, '100']] });
  await expect(page.viewPicture(first.id, view!)).rejects.toThrow('not there any more');
  await expect(noKeeping.pictureOf(first.id, '100')).rejects.toThrow('nothing is kept');
});
