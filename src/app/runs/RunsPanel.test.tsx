// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { RunsPanel } from './RunsPanel.tsx';

const [shallow, deep] = runsBefore.map((run) => trained(run, [0.9, 0.8], { state: 'ended' }));
const recorded = { ...deep!, id: 'recorded/plain-56-s1', name: 'plain-56 recorded', imported: true };
const panel = () => mount(<RunsPanel recordings="the recordings" exchange="" />, { ...onStage(shallow!), imported: [recorded] }); // prettier-ignore
const origins = () => screen.getAllByRole('radio').map((radio) => radio.parentElement?.textContent);
const rows = async () =>
  (await screen.findAllByRole('row'))
    .slice(1)
    .map((row) => row.textContent?.match(/plain-\d+( recorded)?/)?.[0]);

test('runs are counted by where they come from, and the table shows those of one origin', async () => {
  panel();
  expect(origins()).toEqual(['All 2', 'Trained here 1', 'Recorded 1', 'Out of files 0']);
  expect(await rows()).toEqual(['plain-56 recorded', 'plain-20']);
  fireEvent.click(screen.getByRole('radio', { name: /Trained here/ }));
  expect(await rows()).toEqual(['plain-20']);
});

test('under Recorded stand those that can be shown', () => {
  const { container } = panel();
  expect(container.textContent).not.toContain('the recordings');
  fireEvent.click(screen.getByRole('radio', { name: /Recorded/ }));
  expect(container.textContent).toContain('the recordings');
});

test('where there is none, it says what would bring one', () => {
  panel();
  fireEvent.click(screen.getByRole('radio', { name: /Out of files/ }));
  expect(screen.queryByRole('table')).toBeNull();
  expect(document.body.textContent).toMatch(/None was opened yet/);
});
