import { expect, test, vi } from 'vitest';
import { noInside } from '../state/inside.ts';
import { noKeeping } from '../state/keeping.ts';
import { noTraining } from '../state/training.ts';
import { freshApp } from '../testing/freshApp.ts';
import { experiment, runsBefore, trained } from '../testing/mount.tsx';
import { keepView } from './keepView.ts';
import { netsToLookAt } from './netsToLookAt.ts';
import { pictureToKeep } from './pictureToKeep.ts';

const file = new ArrayBuffer(8);
const said = {
  name: 'Signal by depth',
  question: 'Does every layer respond?',
  summary: 'Median response: 0.5.',
  picture: { type: 'image/png', file },
} as const;

function page(keepPicture = vi.fn(noKeeping.keepPicture)) {
  const app = freshApp({ keeping: { ...noKeeping, keepPicture }, now: () => 1000 });
  const runs = runsBefore.slice(0, 3).map((run) => trained(run, [0.9, 0.8, 0.7], { state: 'ended' }));
  app.store.setState({
    training: { ...noTraining, experiment, runs },
    inside: { ...noInside, view: 'signal', questions: { signal: { order: 'size' } }, layer: 'conv1' },
  });
  const views = () => app.store.getState().training.runs.map((run) => run.views);
  return { app, views, keepPicture, nets: netsToLookAt(app.store.getState()) };
}

test('a view is kept with each run that it is of: what it says, its picture, and where it is', async () => {
  const { app, views, keepPicture, nets } = page(vi.fn(() => Promise.resolve()));
  expect(await keepView(app, nets.slice(0, 2), said)).toEqual(['plain-20', 'plain-56']);
  const [one, other, none] = views();
  expect(one).toEqual([
    {
      id: '1000',
      name: said.name,
      question: said.question,
      summary: said.summary,
      address: `1signal;qorder_ssize;na2_s${nets[0]!.id.replaceAll('/', '~002f')}_s${nets[1]!.id.replaceAll('/', '~002f')};d3;lconv1`,
      step: 3,
      made: 1000,
      picture: { type: 'image/png', bytes: 8, sha256: 'af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc' },
    },
  ]); // prettier-ignore
  expect([other, none]).toEqual([one, []]);
  expect(keepPicture.mock.calls).toEqual([[[nets[0]!.id, nets[1]!.id], '1000', file]]);

  // Another of the same moment has an id of its own.
  app.setInside({ step: 2 });
  await keepView(app, nets.slice(0, 1), { ...said, picture: null });
  expect(views()[0]!.map(({ id, step, picture }) => [id, step, picture !== null])).toEqual([
    ['1000', 3, true],
    ['1001', 2, false],
  ]);
});

test('what cannot be kept leaves everything as it was, and says why', async () => {
  const { app, views, nets } = page();
  await expect(keepView(app, nets, said)).rejects.toThrow('This browser keeps nothing for this page now');
  app.store.setState({ keeping: { kind: 'failing', fault: { kind: 'full', detail: '' } } });
  await expect(keepView(app, nets, said)).rejects.toThrow('There is no room left in this browser');
  await expect(keepView(app, [{ id: 'lane a', step: 0 }], said)).rejects.toThrow(
    'None of these nets is a run',
  );
  expect(views()).toEqual([[], [], []]);
  for (let i = 0; i < 40; i++) await keepView(app, nets.slice(0, 1), { ...said, picture: null });
  await expect(keepView(app, nets, { ...said, picture: null })).rejects.toThrow('plain-20 has 40 kept views');
  expect(views().map(({ length }) => length)).toEqual([40, 0, 0]);
});

test('a kept view that is removed comes back, until something else is deleted', async () => {
  const { app, views, nets } = page();
  for (const step of [1, 2]) {
    app.setInside({ step });
    await keepView(app, nets.slice(0, 1), { ...said, picture: null });
  }
  const before = views();
  app.removeView(nets[0]!.id, '1000');
  expect(views()[0]!.map(({ step }) => step)).toEqual([2]);
  app.undoDelete();
  expect(views()).toEqual(before);
  expect(app.store.getState().deleted).toBeNull();
  app.removeView(nets[0]!.id, '1000');
  app.deleteRuns([nets[1]!.id]);
  app.undoDelete();
  expect(views()[0]!.map(({ step }) => step)).toEqual([2]);
});

const svg = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">${inner}</svg>`;
const pngOf = (bytes: number) => {
  const png = new Uint8Array(bytes);
  png.set([
    0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 9, 0, 0, 0, 9,
  ]);
  return () => Promise.resolve(new Blob([png]));
};
const noPixels = () => Promise.reject(new Error('none'));
const long = (bytes: number) => svg(`<path d="${'M0 0 '.repeat(bytes / 5)}"/>`);
test.each([
  ['the drawing', svg(''), pngOf(1000), 'image/svg+xml'],
  ['its pixels where they are smaller', long(2000), pngOf(1000), 'image/png'],
  ['the drawing where there are no pixels', long(2000), noPixels, 'image/svg+xml'],
  ['pixels of a drawing that is too large', long(2 ** 20), pngOf(1000), 'image/png'],
  ['nothing where both are', long(2 ** 20), pngOf(2 ** 20 + 1), undefined],
  ['no drawing that loads something', svg('<image href="https://x.example/a.png"/>'), noPixels, undefined],
])('the picture that is kept is %s', async (_, drawing, pixels, type) => {
  expect((await pictureToKeep(drawing, pixels))?.type).toBe(type);
});
