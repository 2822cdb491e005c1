// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import type { Inside } from '../state/inside.ts';
import { noInside } from '../state/inside.ts';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { viewNames } from './enViews.ts';
import { InsidePanel } from './InsidePanel.tsx';
import { views } from './views.ts';

// Loading it takes its time on a busy machine.
beforeAll(async () => {
  await views[0]!.part.load();
}, 120_000);

async function open(inside: Partial<Inside> = {}, state: Parameters<typeof mount>[1] = {}) {
  const page = mount(<InsidePanel />, { ...state, inside: { ...noInside, ...inside } });
  await screen.findByRole('heading', { level: 2 }, { timeout: 20_000 });
  return page;
}

test('every view has its name and its line, and the first one is shown', async () => {
  await open();
  const list = screen.getByRole('list');
  expect([...list.querySelectorAll('b')].map(({ textContent }) => textContent)).toEqual(
    views.map(({ id }) => viewNames[id]?.name),
  );
  expect(screen.getByRole('button', { pressed: true }).textContent).toContain('Architecture');
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe(
    'What is being compared, layer by layer?',
  );
  // Without a question it is drawn of the nets in the form.
  expect(await screen.findByText(/^plain-20: 20 layers with weights/)).toBeTruthy();
});

test('nets are chosen; the last one stays; a net of the form stays chosen when it begins to train', async () => {
  const { app, set } = await open();
  const box = (name: string) =>
    screen.getByRole<HTMLInputElement>('checkbox', { name: new RegExp(`^ ?${name}`) });
  expect(['plain-20', 'plain-56', 'ResNet-56'].map((name) => box(name).checked)).toEqual([true, true, true]);
  fireEvent.click(box('plain-20'));
  fireEvent.click(box('plain-56'));
  expect(app.store.getState().inside.nets).toEqual(['lane residual']);
  expect(box('ResNet-56').disabled).toBe(true);
  const [, , residual] = runsBefore;
  set(onStage(trained(residual!, [0.9, 0.8])));
  expect(box('ResNet-56').checked).toBe(true);
  expect(screen.queryByText(/not here/)).toBeNull();
});

test('nets out of a link that are not here are counted, and the others are shown', async () => {
  await open({ nets: ['lane deep', 'gone/1', 'gone/2'] });
  expect(screen.getByText('2 of the chosen nets are not here: deleted, or in another browser.')).toBeTruthy();
  expect(await screen.findByText(/^plain-56: 56 layers with weights/)).toBeTruthy();
});

test('a view that is not known here is explained, and the first one is shown', async () => {
  await open({ view: 'dreams' });
  expect(screen.getByRole('alert').textContent).toContain('a view that this page does not know');
  expect(screen.getByRole('heading', { level: 2 }).textContent).toContain('layer by layer');
});

test('what a link says of the view is read, and what is changed then is written for links', async () => {
  const given = '1architecture;qunfolded_x;na2_d2_skept~0020one;d300;lconv1';
  const { app, container } = await open({ given, isShown: true, questions: { signal: { order: 'size' } } });
  const inside = () => app.store.getState().inside;
  expect(inside()).toMatchObject({
    given: null,
    view: 'architecture',
    nets: ['lane residual', 'kept one'],
    step: 300,
    layer: 'conv1',
    questions: { architecture: { unfolded: false }, signal: { order: 'size' } },
    link: given,
  });
  expect(container.querySelector('.inside-net')?.textContent).toContain('ResNet-56');
  fireEvent.click(screen.getByRole('checkbox', { name: 'the chosen block layer by layer' }));
  fireEvent.click(screen.getByRole('button', { name: 'Choose no layer' }));
  expect(inside().link).toBe('1architecture;na2_d2_skept~0020one;d300');
});

test('a view that is damaged in the link is explained, and nothing else is lost', async () => {
  const { app } = await open({ given: '1architecture;qequal_w', isShown: true, step: 7 });
  expect(screen.getByRole('alert').textContent).toMatch(
    /damaged at \u201cw\u201d.*The experiment of the link is here/,
  );
  expect(app.store.getState().inside).toMatchObject({ step: 7, view: 'architecture', given: null });
  fireEvent.click(screen.getByRole('button', { name: /^Architecture/ }));
  expect(screen.queryByRole('alert')).toBeNull();
});

test('settings that only a later view would know, and a lane that the experiment lacks, are explained', async () => {
  await open({ given: '1architecture;qdreams_y;na2_d0_d12', isShown: true });
  expect((await screen.findByRole('alert')).textContent).toContain('its usual ones');
  expect(
    screen.getByText('One of the chosen nets is not here: deleted, or in another browser.'),
  ).toBeTruthy();
});

test('the chosen layer is named over every view, and can be let go', async () => {
  const { app } = await open({ layer: 'layer2.0.conv1' });
  fireEvent.click(screen.getByRole('button', { name: 'Choose no layer' }));
  expect(app.store.getState().inside.layer).toBeNull();
  expect(screen.queryByRole('button', { name: 'Choose no layer' })).toBeNull();
});
