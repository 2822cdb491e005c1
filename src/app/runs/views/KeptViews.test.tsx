// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { KeptView } from '../../state/keptView.ts';
import { mount, onStage, runsBefore, trained } from '../../testing/mount.tsx';
import { KeptViews } from './KeptViews.tsx';

const view = (id: string, more: Partial<KeptView> = {}): KeptView => ({
  id,
  name: 'Signal by depth',
  question: 'Does every layer respond?',
  summary: 'Median response: 0.5.',
  address: '1signal;na1_sa;d500',
  step: 500,
  made: 1_795_000_200_000,
  picture: { type: 'image/svg+xml', bytes: 2_300, sha256: '' },
  ...more,
});
const run = trained(runsBefore[0]!, [0.9, 0.8], {
  state: 'ended',
  views: [view('1'), view('2', { name: 'Loss landscape', picture: null })],
});
const shown = (isFixed = false) => {
  const mounted = mount(<KeptViews run={run} isFixed={isFixed} />, onStage(run));
  return { ...mounted, article: (i: number) => within(screen.getAllByRole('article')[i]!) };
};
const svg = new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>'], { type: 'image/svg+xml' }); // prettier-ignore

test('each says what it was, when, and how large its picture is; what has none says why', async () => {
  const { article } = shown();
  expect(article(0).getByRole('heading').textContent).toBe('Signal by depth, after step 500');
  expect(screen.getAllByRole('article')[0]!.textContent).toContain('Does every layer respond? Median response: 0.5.'); // prettier-ignore
  expect(screen.getAllByRole('article')[0]!.textContent).toMatch(/kept .*2026.* · 3 kB/);
  expect(article(1).getByText('Its picture was too large to be kept.')).toBeTruthy();
  // This page keeps nothing, so the picture cannot be had.
  await waitFor(() => expect(article(0).getByRole('alert').textContent).toMatch(/cannot be read/));
});

test('a picture is an image and nothing else, small and large', async () => {
  mount(<KeptViews run={run} isFixed={false} />, onStage(run), { viewPicture: () => Promise.resolve(svg) });
  const small = await screen.findByRole('button', { name: /^Enlarge/ });
  expect(small.querySelector('img')!.src).toMatch(/^blob:/);
  fireEvent.click(small);
  const dialog = screen.getByRole('dialog');
  expect(dialog.querySelector('img')!.alt).toBe('Does every layer respond? Median response: 0.5.');
  expect(document.querySelector('svg[width="2"]')).toBeNull();
});

test('it opens the view, and is taken away', () => {
  const { app, article } = shown();
  fireEvent.click(article(1).getByRole('button', { name: /^Open the view/ }));
  expect(app.store.getState()).toMatchObject({
    place: 'lab',
    inside: { given: '1signal;na1_sa;d500', isShown: true },
  });
  fireEvent.click(article(0).getByRole('button', { name: /^Remove/ }));
  expect(app.store.getState().training.runs[0]!.views.map(({ id }) => id)).toEqual(['2']);
});

test('of what another tab trains nothing is taken away', () => {
  const { article } = shown(true);
  expect(article(0).queryByRole('button', { name: /^Remove/ })).toBeNull();
});
