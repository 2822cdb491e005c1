import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeExperiment, encodeExperiment } from '../../model/link.ts';
import { classroomExperiment, presets } from '../../model/presets.ts';
import { anyExperiment } from '../../model/testing/anyExperiment.ts';
import { linkFault as words } from './enExperiment.ts';
import { linkFaultText } from './link/linkFaultText.ts';
import { createFakeClient } from '../testing/fakeClient.ts';
import { syncAddress, type Address } from './link/address.ts';
import { createApp } from '../store.ts';
import { noKeeping } from '../state/keeping.ts';
import { draftOf } from '../state/draft.ts';
import { readDraft } from '../state/readDraft.ts';
import type { App } from '../state/App.ts';

/** An address bar with a history that the test moves in. */
function createAddress(first: string) {
  const entries = [first];
  let at = 0;
  let moved: () => void = () => undefined;
  const address: Address = {
    read: () => entries[at]!,
    push: (hash) => {
      entries.splice(++at, Infinity, hash);
    },
    replace: (hash) => {
      entries[at] = hash;
    },
    onMove: (callback) => {
      moved = callback;
    },
  };
  const go = (by: number) => {
    at += by;
    moved();
  };
  const follow = (hash: string) => {
    address.push(hash);
    moved();
  };
  return { address, go, follow, entries: () => entries };
}

function page(hash = '') {
  const app = createApp({
    client: createFakeClient({ every: () => () => undefined, stepsPerTick: 5 }),
    chooseDevice: () =>
      Promise.resolve({ backend: 'wasm', threads: 1, hardware: '', software: true, reason: 'no-webgpu' }),
    scheduleUpdate: (callback) => callback(),
    describeDifference: () => '',
    firstOrdinal: 0,
    keeping: noKeeping,
    now: () => 0,
    preferences: { read: () => ({}), write: () => undefined },
  });
  const bar = createAddress(hash);
  syncAddress(app, bar.address, (write) => write());
  return { app, bar };
}

const depths = (app: App) => app.store.getState().draft.lanes.map((lane) => lane.depth);
const [degradation, , flip, , depth] = presets.map((preset) => classroomExperiment(preset, 'cpu'));
const linkOf = (experiment = degradation!) => `#${encodeExperiment(experiment)}`;

test('the lab without an experiment gets the default\u2019s link as soon as the device is known', async () => {
  const { app, bar } = page('#/lab');
  expect(bar.address.read()).toBe('#/lab');
  await app.findDevice();
  expect(bar.entries()).toEqual([linkOf()]);
});

test('a link opens its experiment, and the device does not change it', async () => {
  const { app, bar } = page(linkOf(depth));
  await app.findDevice();
  expect(depths(app)).toEqual(['20', '32', '44', '56', '110']);
  expect(bar.entries()).toEqual([linkOf(depth)]);
});

test.each(['', ')', '%29.', '&utm_source=chat'])(
  'a link that mail has encoded, with %j behind it, opens and is written as it is meant',
  async (tail) => {
    const { app, bar } = page(`#e%3D1r56%2Cr20%3Bn300%3Bs7${tail}`);
    expect(app.store.getState().linkFault).toBeNull();
    await app.findDevice();
    expect([depths(app), app.store.getState().draft.recipe.seed]).toEqual([['56', '20'], '7']);
    expect(bar.entries()).toEqual(['#e=1r56,r20;n300;s7']);
  },
);

test.each([
  ['#1r56,r20;n300;s7', 'unreadable'],
  ['#e%3D1p21%3Bn300', 'refused'],
  ['#e%3D0p20%3Bn300', 'version'],
  [`#e=1${Array(1500).fill('p8').join()};n3`, 'refused'],
  [`#e=1p8;n${'9'.repeat(1e6)}`, 'tooLong'],
])('what means an experiment and is none is never the default without a word', async (hash, kind) => {
  const { app, bar } = page(hash);
  await app.findDevice();
  const { linkFault } = app.store.getState();
  expect(linkFault).toMatchObject({ kind, isDefault: true });
  expect(bar.entries()).toEqual([hash]);
  const said = `${words.heading(linkFault!)}. ${linkFaultText(linkFault!)} ${words.instead(linkFault!)}`;
  expect(said.length).toBeLessThan(1000);
  expect(said).not.toMatch(/\.\./);
});

test('version 0 is not called a later one', () => {
  const said = (detail: string) => linkFaultText({ kind: 'version', detail, isDefault: true });
  expect(said('0')).toMatch(/of version 0, and there is none/);
  expect(said('7')).toMatch(/later version/);
});

test('what a link makes in the form makes a link that is accepted, and the same form again', () => {
  fc.assert(
    fc.property(anyExperiment, (one) => {
      const shown = readDraft(draftOf(decodeExperiment(encodeExperiment(one))));
      expect(shown.faults).toEqual([]);
      const again = decodeExperiment(encodeExperiment(shown.experiment!));
      expect(JSON.stringify(again)).toBe(JSON.stringify(decodeExperiment(encodeExperiment(again))));
      expect(draftOf(again)).toEqual(draftOf(shown.experiment!));
    }),
    { numRuns: 300 },
  );
});

test('an edit changes the address in place, a replacement is a step of the history, and Back undoes it', async () => {
  const { app, bar } = page('#/lab');
  await app.findDevice();
  app.editRecipe({ seed: '7' });
  expect(bar.entries()).toHaveLength(1);
  expect(bar.address.read()).toContain(';s7');
  app.replaceExperiment(flip!);
  expect(bar.entries()).toHaveLength(2);
  bar.go(-1);
  expect([depths(app), app.store.getState().draft.recipe.seed]).toEqual([['20', '56'], '7']);
  bar.go(1);
  expect(depths(app)).toEqual(['56', '56']);
  expect(bar.entries()).toHaveLength(2);
});

test('undo brings back what was there as it was typed, one after the other', () => {
  const { app } = page('#/lab');
  app.editRecipe({ learningRate: 'fast' });
  app.replaceExperiment(flip!);
  app.replaceExperiment(depth!);
  app.undoReplace();
  expect(depths(app)).toEqual(['56', '56']);
  app.undoReplace();
  expect(app.store.getState().draft.recipe.learningRate).toBe('fast');
  app.undoReplace();
  expect(depths(app)).toEqual(['20', '56']);
});

test('a setting that is being typed leaves the address at the last sound experiment', () => {
  const { app, bar } = page('#/lab');
  app.editRecipe({ seed: '3' });
  const sound = bar.address.read();
  app.editRecipe({ seed: '' });
  expect(bar.address.read()).toBe(sound);
});

test('a wrong link is explained, the default stands in, and the link stays until something changes', async () => {
  const { app, bar } = page('#e=1p21;n300');
  await app.findDevice();
  expect(app.store.getState().linkFault).toMatchObject({ kind: 'refused', isDefault: true });
  expect([depths(app), bar.address.read()]).toEqual([['20', '56'], '#e=1p21;n300']);
  app.editRecipe({ seed: '2' });
  expect(readDraft(app.store.getState().draft).experiment?.recipe.seed).toBe(2);
  expect(bar.address.read()).toContain(';s2');
});

test('a wrong link on a page with an experiment leaves the experiment', () => {
  const { app, bar } = page(linkOf(flip));
  bar.follow('#e=7later');
  expect(app.store.getState().linkFault).toMatchObject({ kind: 'version', isDefault: false });
  expect(depths(app)).toEqual(['56', '56']);
  bar.go(-1);
  expect(app.store.getState().linkFault).toBeNull();
});

test('an anchor of the page does not take the experiment out of the address', async () => {
  const { app, bar } = page('#/lab');
  await app.findDevice();
  bar.follow('#curves');
  expect(bar.address.read()).toBe(linkOf());
});

test('while something trains nothing is replaced, and the address stays true', async () => {
  const { app, bar } = page('#/lab');
  await app.findDevice();
  await app.train();
  app.replaceExperiment(flip!);
  app.undoReplace();
  bar.follow(linkOf(depth));
  expect(depths(app)).toEqual(['20', '56']);
  expect(bar.address.read()).toBe(linkOf());
  expect(app.store.getState().linkFault?.kind).toBe('training');
});

const VIEW = '1signal;qorder_ssize;d300';

test('a link of a view opens its experiment and hands the view to what shows it', async () => {
  const { app, bar } = page(`${linkOf(depth)}&view=${VIEW}&utm_source=mail`);
  await app.findDevice();
  expect(depths(app)).toEqual(['20', '32', '44', '56', '110']);
  expect(app.store.getState()).toMatchObject({
    place: 'lab',
    inside: { isShown: true, given: VIEW },
    linkFault: null,
  });
  // Until it is read, nothing of it is lost.
  expect(bar.entries()).toEqual([`${linkOf(depth)}&view=${VIEW}`]);
  app.editRecipe({ seed: '7' });
  expect(bar.address.read()).toMatch(/;s7.*&view=1signal;qorder_ssize;d300$/);
});

test('the view that is shown is in the address, in place; curves are not', async () => {
  const { app, bar } = page('#/lab');
  await app.findDevice();
  app.setInside({ isShown: true, link: VIEW });
  expect(bar.entries()).toEqual([`${linkOf()}&view=${VIEW}`]);
  app.setInside({ link: '1cut' });
  app.goTo('runs');
  app.setInside({ link: '1weights' });
  expect(bar.entries()).toEqual([`${linkOf()}&view=1cut`, '#/runs']);
  app.goTo('lab');
  expect(bar.address.read()).toBe(`${linkOf()}&view=1weights`);
  app.setInside({ isShown: false });
  expect(bar.entries()).toEqual([`${linkOf()}&view=1cut`, '#/runs', linkOf()]);
  bar.go(-2);
  expect(app.store.getState().inside).toMatchObject({ isShown: true, given: '1cut' });
});

test('a link of what is on the page shows its view while that trains, and keeps weights to start from', async () => {
  const { app, bar } = page('#/lab');
  await app.findDevice();
  const startWeights = new Map();
  app.store.setState({ startWeights });
  bar.follow(`${linkOf()}&view=${VIEW}`);
  expect(app.store.getState().startWeights).toBe(startWeights);
  await app.train();
  bar.follow(`${linkOf()}&view=1cut`);
  expect(app.store.getState()).toMatchObject({ linkFault: null, inside: { isShown: true, given: '1cut' } });
  bar.follow(`${linkOf(depth)}&view=1weights`);
  expect(app.store.getState()).toMatchObject({ linkFault: { kind: 'training' }, inside: { given: '1cut' } });
});

const place = (app: App) => app.store.getState().place;

test('an address without a hash is the start, and stays as it is', async () => {
  const { app, bar } = page('');
  await app.findDevice();
  expect([place(app), bar.entries()]).toEqual(['start', ['']]);
});

test('every place has an address, and going there is a step of the history', async () => {
  const { app, bar } = page('');
  await app.findDevice();
  app.goTo('lab');
  app.goTo('runs');
  app.goTo('start');
  expect(bar.entries()).toEqual(['', linkOf(), '#/runs', '#/']);
  bar.go(-1);
  expect(place(app)).toBe('runs');
  bar.go(-1);
  expect([place(app), depths(app)]).toEqual(['lab', ['20', '56']]);
  bar.go(-1);
  expect([place(app), bar.entries().length]).toEqual(['start', 4]);
});

test('a link opens the lab, from wherever it is followed', () => {
  const { app, bar } = page('#/runs');
  expect(place(app)).toBe('runs');
  bar.follow(linkOf(flip));
  expect([place(app), depths(app)]).toEqual(['lab', ['56', '56']]);
});

test('an experiment that is chosen elsewhere is not written over the address of that place', () => {
  const { app, bar } = page('#/runs');
  app.replaceExperiment(flip!);
  expect(bar.entries()).toEqual(['#/runs']);
  app.goTo('lab');
  expect(bar.entries()).toEqual(['#/runs', linkOf(flip)]);
});

test('an answer is kept, goes to the lab and trains the two nets that were asked about', async () => {
  const { app } = page('');
  await app.findDevice();
  app.replaceExperiment(flip!);
  await app.answer('deep');
  const { prediction, training } = app.store.getState();
  expect([prediction, place(app), depths(app)]).toEqual(['deep', 'lab', ['20', '56']]);
  expect(training.runs.map(({ name }) => name)).toEqual(['plain-20', 'plain-56']);
  app.goTo('runs');
  await app.answer('shallow');
  expect([app.store.getState().prediction, place(app)]).toEqual(['deep', 'runs']);
});
