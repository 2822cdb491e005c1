// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { RunsPanel } from './RunsPanel.tsx';
import { RunsTable } from './table/RunsTable.tsx';

const [shallow, deep] = runsBefore.map((run) => trained(run, [0.9, 0.8], { state: 'ended' }));
const recorded = {
  ...deep!,
  id: 'recorded/plain-56-s1',
  name: 'plain-56 recorded',
  origin: 'recorded' as const,
};
const state = { ...onStage(shallow!), imported: [recorded] };
const panel = () =>
  mount(
    <RunsPanel recordings="the recordings" recordedCount={8} exchange="" goesOnFrom={() => null} />,
    state,
  );
const origins = () => screen.getAllByRole('radio').map((radio) => radio.parentElement?.textContent);
const rows = () => {
  const texts = screen.getAllByRole('row').map((row) => row.textContent);
  return texts.slice(1).map((text) => text.match(/plain-\d+( recorded)?/)?.[0]);
};

test('runs are counted by where they come from', () => {
  panel();
  expect(origins()).toEqual(['All 2', 'Trained here 1', 'Recorded 1 of 8', 'From files 0']);
});

test.each([
  ['all', ['plain-56 recorded', 'plain-20']],
  ['here', ['plain-20']],
  ['recorded', ['plain-56 recorded']],
] as const)('the table of %s shows those alone', (origin, names) => {
  mount(<RunsTable origin={origin} goesOnFrom={() => null} />, state);
  expect(rows()).toEqual(names);
});

test('under Recorded stand those that can be shown', () => {
  const { container } = panel();
  expect(container.textContent).not.toContain('the recordings');
  fireEvent.click(screen.getByRole('radio', { name: /Recorded/ }));
  expect(container.textContent).toContain('the recordings');
});

test('where there is none, it says what would bring one', () => {
  panel();
  fireEvent.click(screen.getByRole('radio', { name: /From files/ }));
  expect(screen.queryByRole('table')).toBeNull();
  expect(document.body.textContent).toMatch(/None was opened yet/);
});

test('before there is any run the way to the lab and to the recorded ones is open', () => {
  const goTo = vi.fn();
  const showRuns = vi.fn();
  mount(
    <RunsPanel recordings="" recordedCount={8} exchange="" goesOnFrom={() => null} />,
    {},
    { goTo, showRuns },
  );
  fireEvent.click(screen.getByRole('button', { name: 'Train in the lab' }));
  fireEvent.click(screen.getByRole('button', { name: 'See recorded runs' }));
  expect([goTo.mock.calls, showRuns.mock.calls]).toEqual([[['lab']], [['recorded']]]);
});
