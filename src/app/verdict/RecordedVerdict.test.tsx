// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { act, fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { classroomExperiment, presets } from '../../model/presets.ts';
import { loadRecorded } from '../exchange/recordings/loadRecorded.ts';
import { createWatchActions, type LoadRecorded } from '../runs/watchActions.ts';
import { draftOf } from '../state/draft.ts';
import { mount } from '../testing/mount.tsx';
import { RecordedVerdict } from './RecordedVerdict.tsx';
import { VerdictProvider } from './VerdictProvider.tsx';

/** The recordings of the page, as they are. */
const load: LoadRecorded = (preset, known) =>
  loadRecorded(preset, known, (file) =>
    Promise.resolve(new Uint8Array(readFileSync(`public/recordings/${file}`))),
  );
const page = (
  <VerdictProvider>
    <RecordedVerdict />
  </VerdictProvider>
);
const twins = presets.find(({ id }) => id === 'twins')!;

function mounted(loads: LoadRecorded) {
  const { app, ...rest } = mount(page, { draft: draftOf(classroomExperiment(twins, 'cpu')), place: 'runs' });
  const watch = createWatchActions(app.store, app, loads);
  return { app, watch, ...rest };
}

test('one press brings the recorded runs into the lab, and says of them what the page asks', async () => {
  const { app, watch, container } = mounted(load);
  await act(() => watch.watchRecorded('twins'));
  const { place, imported, watching } = app.store.getState();
  expect([place, imported.length, watching]).toEqual(['lab', 8, { asked: 1, state: 'here', why: null }]);
  await vi.waitFor(() => expect(screen.getByRole('heading').textContent).toBe('In the recorded runs, after 4,000 steps')); // prettier-ignore
  const [first] = [...container.querySelectorAll('.verdict-headline, .verdict-more')].map(
    ({ textContent }) => textContent,
  );
  expect(first).toMatch(/^The same 56 layers with shortcuts make 3\d\.\d points fewer errors/);
  const caveats = [...container.querySelectorAll('.verdict-recorded .verdict-caveat')].map(
    ({ textContent }) => textContent,
  );
  expect(caveats[0]).toMatch(/With seed 2 it is 3\d\.\d points\.$/);
  expect(caveats.filter((text) => text.includes('One run only, with seed 1;'))).toHaveLength(1);
  // Again, and nothing comes twice.
  await act(() => watch.watchRecorded(null));
  expect(app.store.getState().imported).toHaveLength(8);
  fireEvent.click(screen.getByRole('button', { name: 'Take the recorded runs away' }));
  expect(app.store.getState().imported).toEqual([]);
});

test('of the long ones it says all three: depth hurts without shortcuts, shortcuts help, and depth helps with them', async () => {
  const { watch, container } = mounted(load);
  await act(() => watch.watchRecorded('depth'));
  await vi.waitFor(() => expect(screen.getByRole('heading').textContent).toBe('In the recorded runs, after 16,000 steps')); // prettier-ignore
  const texts = [...container.querySelectorAll('.verdict-headline, .verdict-more')].map(({ textContent }) => textContent); // prettier-ignore
  for (const said of [
    /^Plain-56 makes 2\d\.\d points more errors on its own training images than plain-20/,
    /^The same 56 layers with shortcuts make 2\d\.\d points fewer errors/,
    /^With shortcuts the deeper net is ahead: ResNet-56 makes \d\.\d points fewer errors/,
  ])
    expect(texts.filter((text) => said.test(text))).toHaveLength(1);
});

test('where they cannot be had it says so, and tries again', async () => {
  const { watch } = mounted(() =>
    Promise.reject(new Error('recordings/index.json did not arrive: HTTP 404.')),
  );
  await act(() => watch.watchRecorded(null));
  expect(screen.getByRole('alert').textContent).toMatch(
    /^recordings\/index\.json did not arrive: HTTP 404\. Nothing else/,
  );
  expect(screen.getByRole('button', { name: 'Try again' }).isConnected).toBe(true);
});
