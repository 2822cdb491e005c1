// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { beforeAll, expect, test, vi } from 'vitest';
import { freshApp } from '../../testing/freshApp.ts';
import { mount, onStage, runsBefore, trained } from '../../testing/mount.tsx';
import { endRun, type Run } from '../../state/run.ts';
import { asideRun } from '../asideRun.ts';
import { ALL_DRAWN } from './RunsRows.tsx';
import { RunsTable } from './RunsTable.tsx';

const over = (run: Run, reason: 'completed' | 'interrupted' = 'completed') =>
  endRun(trained(run, [0.9, 0.8, 0.7], { created: 2 }), { reason, divergedAt: null, failure: null });
const [shallow, deep, residual] = runsBefore.map((run) => over(run)) as [Run, Run, Run];
const kept = {
  ...asideRun(deep),
  id: '0/deep',
  name: 'kept',
  created: 1,
  tags: ['talk'],
  note: 'for Monday',
};
const table = (runs: Partial<Parameters<typeof mount>[1]>, goesOnFrom = () => null as number | null) =>
  mount(<RunsTable origin="all" goesOnFrom={goesOnFrom} />, { keeping: { kind: 'kept' }, ...runs });
const names = () => screen.queryAllByRole('button', { name: /^Rename / }).map((button) => button.textContent);
const eye = (name: string) => screen.getByRole('button', { name: `Show ${name} on the charts` });
const choose = (run: string, item: string) => {
  fireEvent.click(screen.getByRole('button', { name: `Actions of ${run}` }));
  fireEvent.click(screen.getByRole('menuitem', { name: item }));
};
const search = (text: string) =>
  fireEvent.change(screen.getByRole('searchbox', { name: 'Filter runs' }), { target: { value: text } });

// happy-dom has no popovers.
beforeAll(() => void (HTMLElement.prototype.showPopover = () => undefined));

test('kept runs stand beside the others, each with its thumbnail', () => {
  const { container } = table({ ...onStage(shallow), library: [kept] });
  expect(names()).toEqual(['plain-20', 'kept']);
  const paths = [...container.querySelectorAll('.runs-spark path')].map((path) => path.getAttribute('d'));
  expect(paths).toEqual(['M0.0 0.0L36.0 11.0L72.0 22.0', 'M0.0 0.0L36.0 11.0L72.0 22.0']);
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('3');
  expect(screen.getAllByRole('row').map((row) => row.getAttribute('aria-rowindex'))).toEqual(['1', '2', '3']);
});

test('the eye of a kept run has its curve loaded; one that cannot be is named', async () => {
  const loadRuns = vi.fn(() => Promise.resolve(['kept']));
  const { container } = mount(
    <RunsTable origin="all" goesOnFrom={() => null} />,
    { ...onStage(shallow), library: [kept] },
    { loadRuns },
  );
  expect([eye('plain-20'), eye('kept')].map((it) => it.getAttribute('aria-pressed'))).toEqual([
    'true',
    'false',
  ]);
  await act(async () => {
    fireEvent.click(eye('kept'));
    await Promise.resolve();
  });
  expect(loadRuns).toHaveBeenCalledWith(['0/deep']);
  expect(container.querySelector('.runs-damaged')?.textContent).toBe(
    'The curve of kept cannot be read. What is stored of it stays as it is.',
  );
});

test('the eye of a group has the curves loaded that are kept, and shows it', async () => {
  const loadRuns = vi.fn(() => Promise.resolve([]));
  const twin: Run = { ...kept, config: { ...deep.config!, seed: 9 } };
  const { app } = mount(
    <RunsTable origin="all" goesOnFrom={() => null} />,
    { ...onStage(deep), library: [twin], grouped: true },
    { loadRuns },
  );
  const group = eye('kept, 2 seeds');
  expect(group.getAttribute('aria-pressed')).toBe('false');
  await act(async () => {
    fireEvent.click(group);
    await Promise.resolve();
  });
  expect(loadRuns).toHaveBeenCalledWith(['0/deep']);
  expect(app.store.getState().view.hidden).toEqual([]);
});

test('a run that another tab trains says so, and nothing is done to it here', () => {
  const elsewhere: Run = { ...kept, state: 'running', end: null };
  const { app } = table({ library: [elsewhere] });
  expect(screen.getByText('training in another tab', { selector: 'td' }).isConnected).toBe(true);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Rename kept' }).disabled).toBe(true);
  app.renameRun('0/deep', 'mine');
  app.setTags('0/deep', ['mine']);
  app.deleteRuns(['0/deep']);
  expect(app.store.getState().library).toEqual([elsewhere]);
});

test.each([
  ['talk', ['kept']],
  ['monday', ['kept']],
  ['plain-20', ['plain-20']],
  ['nothing like it', []],
])('the search for "%s" looks through names, tags and notes', (text, found) => {
  table({ ...onStage(shallow), library: [kept] });
  search(text);
  expect(names()).toEqual(found);
});

test('a tag that is pressed leaves the runs that have it', () => {
  table({ ...onStage(shallow), library: [kept] });
  fireEvent.click(screen.getByRole('button', { name: 'talk' }));
  expect(names()).toEqual(['kept']);
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Tag' }).value).toBe('talk');
});

test('a run that can go on is gone on with, in the lab; not while another trains', () => {
  const continueRuns = vi.fn(() => Promise.resolve());
  const { app, set } = mount(
    <RunsTable origin="all" goesOnFrom={(_, { name }) => (name === 'kept' ? 20 : null)} />,
    { ...onStage(shallow), library: [kept], place: 'runs' },
    { continueRuns },
  );
  choose('kept', 'Continue from step 20');
  expect(continueRuns).toHaveBeenCalledWith(['0/deep']);
  expect(app.store.getState().place).toBe('lab');
  fireEvent.click(screen.getByRole('button', { name: 'Actions of plain-20' }));
  expect(screen.queryByRole('menuitem', { name: /Continue/ })).toBeNull();
  fireEvent.keyDown(screen.getByRole('menu'), { key: 'Escape' });
  set(onStage({ ...shallow, state: 'running', end: null }));
  fireEvent.click(screen.getByRole('button', { name: 'Actions of kept' }));
  const item = screen.getByRole('menuitem', { name: /Continue from step 20/ });
  expect(item.getAttribute('aria-disabled')).toBe('true');
});

test('tags and a note are written below the row', () => {
  const { app } = table({ library: [kept] });
  choose('kept', 'Tags and note');
  const tags = screen.getByRole<HTMLInputElement>('textbox', { name: 'Tags' });
  expect(tags.value).toBe('talk');
  fireEvent.change(tags, { target: { value: 'a,  b ,a' } });
  fireEvent.blur(tags);
  fireEvent.change(screen.getByRole('textbox', { name: 'Note' }), { target: { value: 'new' } });
  const [run] = app.store.getState().library;
  expect([run!.tags, run!.note]).toEqual([['a', 'b'], 'new']);
});

test('a branch stands below its parent and says what differs', () => {
  const branch: Run = {
    ...residual,
    id: '5/residual',
    name: 'with skips',
    created: 5,
    history: [{ kind: 'branched', step: 2, when: 5, run: deep.id, name: deep.name, before: deep.config }],
  };
  const { container } = table({ ...onStage(shallow, deep), archive: { kept: [branch], dropped: 0 } });
  expect(names()).toEqual(['plain-20', 'plain-56', 'with skips']);
  const cell = container.querySelector(`tr[data-run="5/residual"] th`)!;
  expect(cell.getAttribute('data-depth')).toBe('1');
  expect(cell.querySelector('.runs-about')?.textContent).toBe(
    'branch of plain-56 at step 2: block plain \u2192 basic, shortcut \u2013 \u2192 A',
  );
});

test('at first sight there are what the runs are and their errors; all columns by one press, which is remembered', () => {
  table(onStage(shallow, deep));
  const heads = () =>
    screen.getAllByRole('columnheader').flatMap((head) => head.getAttribute('aria-label') ?? []);
  expect(heads()).toEqual(['Name', 'State', 'Depth', 'Steps', 'Training error', 'Test error']);
  fireEvent.click(screen.getByRole('checkbox', { name: 'All columns' }));
  expect(heads().slice(-3)).toEqual(['Time', 'Images/s', 'Begun']);
});

test('a list is sorted by a menu, and turned round', () => {
  table(onStage(shallow, deep));
  expect(screen.queryByRole('button', { name: 'The other way round' })).toBeNull();
  fireEvent.change(screen.getByRole('combobox', { name: 'Sort by' }), { target: { value: 'depth' } });
  expect(names()).toEqual(['plain-20', 'plain-56']);
  fireEvent.click(screen.getByRole('button', { name: 'The other way round' }));
  expect(names()).toEqual(['plain-56', 'plain-20']);
  fireEvent.change(screen.getByRole('combobox', { name: 'Sort by' }), { target: { value: '' } });
  expect(names()).toEqual(['plain-20', 'plain-56']);
});

test('moments are counted with what they take', () => {
  table({
    ...onStage(shallow),
    view: { ...freshApp().store.getState().view, density: 'full' },
    moments: new Map([
      [shallow.id, [0, 2, 3].map((step) => ({ step, why: 'ladder', bytes: 1e6, evaluationDue: false }))],
    ]),
  });
  expect(screen.getByText('3, 3.0 MB').isConnected).toBe(true);
  expect(
    screen.getByText(/^Kept in this browser: one run, 0.0 MB of curves, 3.0 MB of moments/).isConnected,
  ).toBe(true);
});

test('nothing of storage is said where nothing is kept', () => {
  const { container } = table({ ...onStage(shallow), keeping: { kind: 'opening' } });
  expect(container.querySelector('.runs-storage')).toBeNull();
});

test('of many rows those in sight alone are drawn; all of them are counted, and printed', () => {
  const library = Array.from({ length: ALL_DRAWN + 50 }, (_, i) => ({
    ...kept,
    id: `${i}/x`,
    name: `run ${i}`,
  }));
  // happy-dom lays nothing out.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400);
  table({ library });
  expect(names().length).toBeGreaterThan(5);
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe(String(ALL_DRAWN + 51));
  expect(names().length).toBeLessThan(ALL_DRAWN);
  act(() => void window.dispatchEvent(new Event('beforeprint')));
  expect(names()).toHaveLength(ALL_DRAWN + 50);
  act(() => void window.dispatchEvent(new Event('afterprint')));
  expect(names().length).toBeLessThan(ALL_DRAWN);
  vi.restoreAllMocks();
});

test('free space: what is chosen is removed, and comes back', () => {
  const { app } = table({
    ...onStage(shallow),
    moments: new Map([
      [shallow.id, [0, 2, 3].map((step) => ({ step, why: 'ladder', bytes: 2e6, evaluationDue: false }))],
    ]),
  });
  fireEvent.click(screen.getByRole('button', { name: 'Free space \u2026' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Free space', hidden: true }));
  fireEvent.click(dialog.getByRole('checkbox', { hidden: true }));
  fireEvent.click(dialog.getByRole('button', { name: 'Remove 2.0 MB', hidden: true }));
  const steps = () =>
    app.store
      .getState()
      .moments.get(shallow.id)
      ?.map(({ step }) => step);
  expect(steps()).toEqual([0, 3]);
  act(() => app.undoDelete());
  expect(steps()).toEqual([0, 2, 3]);
});
