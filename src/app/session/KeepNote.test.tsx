// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { KeepFaultKind } from '../state/keeping.ts';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { ElsewhereNote, KeepNote } from './KeepNote.tsx';

const [run] = runsBefore;
const trains = onStage(trained(run!, [0.5]));

test.each<readonly [KeepFaultKind, RegExp]>([
  ['full', /no room left.*Make room by deleting runs.*keeping goes on by itself/],
  ['denied', /gives the page no storage/],
  ['newer', /newer version of the page, and is left untouched/],
  ['blocked', /Another tab has this page in another version/],
  ['failed', /tried again every few seconds/],
])('that nothing is kept is said with why and what to do: %s', (kind, text) => {
  mount(<KeepNote />, {
    ...trains,
    keeping: { kind: 'failing', fault: { kind, detail: 'the browser’s words' } },
  });
  const note = screen.getByRole('status').textContent;
  expect(note).toMatch(/^Nothing of this is being kept\./);
  expect(note).toMatch(text);
  expect(note).toContain('Training goes on');
  expect(screen.getByText('the browser’s words').isConnected).toBe(true);
  expect(screen.getByRole('button', { name: 'Save the runs as a file' }).isConnected).toBe(true);
});

test('nothing is said while all is well, and before there is anything to keep', () => {
  const fault = { kind: 'full', detail: '' } as const;
  const { container, set } = mount(<KeepNote />, { ...trains, keeping: { kind: 'kept' } });
  expect(container.innerHTML).toBe('');
  set({ keeping: { kind: 'failing', fault }, ...onStage(run!) });
  expect(container.innerHTML).toBe('');
  set({ ...trains, keeping: { kind: 'off', fault } });
  expect(container.innerHTML).not.toBe('');
});

test('what another tab trains is named', () => {
  const { container, set } = mount(<ElsewhereNote />, {
    archive: { kept: [trained(run!, [0.5])], dropped: 0 },
    elsewhere: new Set([run!.id]),
  });
  expect(container.textContent).toMatch(/^plain-20 trains in another tab, and is shown here as it comes\./);
  set({ elsewhere: new Set() });
  expect(container.innerHTML).toBe('');
});
