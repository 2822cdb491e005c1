// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { beforeAll, expect, test, vi } from 'vitest';
import { draftOf, type LaneDraft } from '../state/draft.ts';
import { endRun, type Run } from '../state/run.ts';
import { experiment, mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { knownParts } from '../ui/parts/part.ts';
import { LaneEditorPanel } from './LaneEditorPanel.tsx';
import { LanesStrip } from './LanesStrip.tsx';

beforeAll(async () => {
  // happy-dom has no popovers.
  HTMLElement.prototype.showPopover = () => undefined;
  // What comes later is here: no test waits for it.
  await Promise.all(knownParts().map((part) => part.load()));
}, 60_000);

/** The strip with its editor, as the Lab holds them. */
function Lab() {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <LanesStrip open={open} onOpen={setOpen} startWeights={(lane) => <p>weights for {lane}</p>} />
      <LaneEditorPanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}

const lanesOf = (count: number): readonly LaneDraft[] => {
  const [lane] = draftOf(experiment).lanes as [LaneDraft];
  return Array.from({ length: count }, (_, i) => ({ ...lane, id: `net ${i}"`, width: String(i + 1) }));
};
const strip = (state: Parameters<typeof mount>[1] = {}, actions: Parameters<typeof mount>[2] = {}) => {
  const page = mount(<Lab />, state, actions);
  return { ...page, lanes: () => page.app.store.getState().draft.lanes.map(({ id }) => id) };
};
const chips = () => within(screen.getByRole('region', { name: 'Nets' })).getAllByRole('listitem').filter((item) => item.matches('.lane')); // prettier-ignore
const focused = () =>
  document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
const choose = (name: string, entry: string | RegExp) => {
  fireEvent.click(screen.getByRole('button', { name: `Menu of ${name}` }));
  fireEvent.click(screen.getByRole('menuitem', { name: entry }));
};
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const running = runsBefore.map((run) => trained(run, [0.9, 0.8]));

test('one chip a net, in their order, each with a menu of its own', () => {
  strip();
  expect(chips().map((chip) => chip.querySelector('b')!.textContent)).toEqual(['plain-20', 'plain-56', 'ResNet-56']);
  expect(screen.getAllByRole('button', { name: /^Menu of/ })).toHaveLength(3);
}); // prettier-ignore

test.each([8, 16])(
  '%i nets, each by its name; at sixteen no more can come, and the strip says so',
  (count) => {
    strip({ draft: { ...draftOf(experiment), lanes: lanesOf(count) } });
    expect(new Set(chips().map((chip) => chip.querySelector('b')!.textContent)).size).toBe(count);
    expect(button('+ net').disabled).toBe(count === 16);
    expect(screen.queryByText(/Sixteen nets are the most/) !== null).toBe(count === 16);
  },
);

test.each([
  ['the first', 'plain-20', 'Menu of plain-56'],
  ['one between others', 'plain-56', 'Menu of ResNet-56'],
  ['the last', 'ResNet-56', 'Menu of plain-56'],
])('when %s is removed, its neighbour has the focus', (_, name, neighbour) => {
  strip();
  choose(name, 'Remove');
  expect(chips()).toHaveLength(2);
  expect(focused()).toBe(neighbour);
});

test('a copy stands behind its original and has the focus', () => {
  const { lanes } = strip();
  choose('plain-20', 'Duplicate');
  expect(lanes()).toEqual(['shallow', 'lane-1', 'deep', 'residual']);
  expect(focused()).toBe('Menu of plain-20 (2)');
});

test('twins that come have the focus; while others train they join at once', () => {
  const addTwinsAndTrain = vi.fn(() => {
    app.addTwins();
    return Promise.resolve();
  });
  const { app, lanes } = strip(onStage(...running), { addTwinsAndTrain });
  fireEvent.click(button('Add the same nets with shortcuts'));
  expect(lanes().slice(3)).toEqual(['lane-1']);
  expect(addTwinsAndTrain).toHaveBeenCalledTimes(1);
  expect(focused()).toBe('Menu of ResNet-20');
  expect(screen.queryByRole('button', { name: 'Add the same nets with shortcuts' })).toBeNull();
});

test('the editor opens with the focus in it, and hands it back to the chip, by its button and by Escape', () => {
  strip();
  for (const close of [
    () => fireEvent.click(button('Close')),
    () => fireEvent.keyDown(document.activeElement!, { key: 'Escape' }),
  ]) {
    choose('plain-56', 'Change');
    expect(focused()).toBe('Change plain-56');
    expect(screen.getByLabelText<HTMLInputElement>('Depth')).toMatchObject({ value: '56' });
    (document.activeElement as HTMLElement).focus();
    close();
    expect(screen.queryByRole('region', { name: 'Change plain-56' })).toBeNull();
    expect(focused()).toBe('Menu of plain-56');
  }
});

test('the editor of a net that begins to train closes, and does not come back by itself', () => {
  const { set } = strip();
  choose('plain-56', 'Change');
  set(onStage(...running));
  expect(screen.queryByRole('region', { name: 'Change plain-56' })).toBeNull();
  set(onStage(...running.map((run) => endRun(run, { reason: 'stopped', divergedAt: null, failure: null }))));
  expect(screen.queryByRole('region', { name: 'Change plain-56' })).toBeNull();
});

test('the menu reaches the net that it is of', () => {
  const actions = { pause: vi.fn(), resume: vi.fn(), stop: vi.fn(), trainLane: vi.fn() };
  const [first, second] = running as [Run, Run];
  const { set } = strip(onStage(first, { ...second, state: 'paused' }), actions);
  choose('plain-20', 'Pause');
  choose('plain-56', 'Resume');
  choose('plain-20', 'Stop');
  choose('ResNet-56', 'Train this net');
  const { pause, resume, stop, trainLane } = actions;
  expect([pause, resume, stop, trainLane].map((action) => action.mock.calls)).toEqual([[['shallow']], [['deep']], [['shallow']], [['residual']]]); // prettier-ignore
  set({});
});

test('its curves are hidden and shown again', () => {
  const { app } = strip(onStage(...running));
  const hidden = () => app.store.getState().view.hidden;
  choose('plain-20', 'Hide its curves');
  expect(hidden()).toEqual([running[0]!.id]);
  choose('plain-20', 'Show its curves');
  expect(hidden()).toEqual([]);
});

test('a net that trains gets another name for its run; one that does not, for itself, and loses it when it is empty', () => {
  const { app, set } = strip(onStage(...running));
  const rename = (from: string, to: string) => {
    choose(from, 'Rename');
    const dialog = screen.getByRole('dialog', { name: `Rename ${from}` });
    fireEvent.change(within(dialog).getByLabelText('Name'), { target: { value: to } });
    fireEvent.submit(within(dialog).getByLabelText('Name').closest('form')!);
    return screen.queryByRole('dialog') === null;
  };
  const names = () => chips().map((chip) => chip.querySelector('b')!.textContent);
  expect(rename('plain-20', ' mine ')).toBe(true);
  expect([app.store.getState().training.runs[0]!.name, app.store.getState().draft.lanes[0]!.name]).toEqual(['mine', '']);
  set(onStage());
  expect(rename('plain-56', 'deep one')).toBe(true);
  expect(names()).toEqual(['plain-20', 'deep one', 'ResNet-56']);
  expect(rename('deep one', 'x'.repeat(41))).toBe(false);
  expect(screen.getByText(/at most 40 characters/)).toBeDefined();
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: '' } });
  fireEvent.submit(screen.getByLabelText('Name').closest('form')!);
  expect(names()).toEqual(['plain-20', 'plain-56', 'ResNet-56']);
}); // prettier-ignore

test('weights to start from are asked for in a dialog of the net', () => {
  strip();
  choose('plain-56', 'Start weights');
  expect(screen.getByRole('dialog', { name: 'Start weights of plain-56' }).textContent).toContain(
    'weights for deep',
  );
});

test('weights are saved, and where they cannot be, it is said', async () => {
  const exportWeights = vi.fn(() => Promise.reject(new Error('The worker is gone')));
  strip(onStage(...running), { exportWeights });
  choose('plain-20', 'Save weights');
  await waitFor(() =>
    expect(screen.getByRole('status').textContent).toMatch(/^Weights of plain-20 could not be saved: The worker is gone\./),
  );
  expect(exportWeights).toHaveBeenCalledExactlyOnceWith('shallow');
}); // prettier-ignore

test('a net is chosen from its family, is shown as it is chosen, and is added with the focus', () => {
  const { app } = strip();
  fireEvent.click(button('+ net'));
  const dialog = screen.getByRole('dialog', { name: 'Add a net' });
  const field = (name: string) => within(dialog).getByLabelText<HTMLInputElement>(name);
  const preview = () => within(dialog).getByRole('status').textContent;
  // Like the last net at first, of another depth.
  expect([field('Depth').value, field('Shortcut').disabled]).toEqual(['44', false]);
  fireEvent.click(within(dialog).getByRole('radio', { name: /^Plain/ }));
  expect(field('Shortcut').disabled).toBe(true);
  fireEvent.click(within(dialog).getByRole('button', { name: '32' }));
  expect(preview()).toMatch(/^46\dK parameters, 6\d[\d.]*M multiply-adds$/);
  fireEvent.change(field('Depth'), { target: { value: '21' } });
  expect(field('Depth').getAttribute('aria-invalid')).toBe('true');
  expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: /^Add plain/ }).disabled).toBe(true);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Use 20' }));
  fireEvent.click(within(dialog).getByRole('button', { name: '32' }));
  expect(within(dialog).queryByRole('button', { name: /and train/ })).toBeNull();
  fireEvent.click(within(dialog).getByRole('button', { name: 'Add plain-32' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(app.store.getState().draft.lanes.at(-1)).toMatchObject({ id: 'lane-1', block: 'plain', depth: '32', width: '16', name: '', optimizer: null }); // prettier-ignore
  expect(focused()).toBe('Menu of plain-32');
});

test('another block has other depths: the nearest is chosen, and what was wrong stays wrong', () => {
  strip();
  fireEvent.click(button('+ net'));
  const dialog = screen.getByRole('dialog', { name: 'Add a net' });
  const depth = () => within(dialog).getByLabelText<HTMLInputElement>('Depth');
  const block = (name: RegExp) => fireEvent.click(within(dialog).getByRole('radio', { name }));
  fireEvent.click(within(dialog).getByRole('button', { name: '44' }));
  block(/bottleneck/);
  expect([depth().value, depth().getAttribute('aria-invalid')]).toEqual(['38', 'false']);
  block(/basic/);
  expect(depth().value).toBe('38');
  for (const wrong of ['18', 'deep', '']) {
    fireEvent.change(depth(), { target: { value: wrong } });
    block(/bottleneck/);
    block(/^Plain/);
    expect([depth().value, depth().getAttribute('aria-invalid')]).toEqual([wrong, 'true']);
  }
});

test('while others train, the net that is added joins them, if one wants', () => {
  const trainLane = vi.fn();
  strip(onStage(...running), { trainLane });
  for (const [name, calls] of [
    [/^Add ResNet-44/, []],
    [/^Add and train ResNet-32/, [['lane-2']]],
  ] as const) {
    fireEvent.click(button('+ net'));
    const dialog = screen.getByRole('dialog', { name: 'Add a net' });
    act(() => within(dialog).getByRole('button', { name }).click());
    expect(trainLane.mock.calls).toEqual(calls);
  }
});
