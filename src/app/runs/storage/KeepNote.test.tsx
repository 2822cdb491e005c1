// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { mount, onStage, runsBefore, trained } from '../../testing/mount.tsx';
import { KeepNote, UnreadableNote } from './KeepNote.tsx';

const text = (container: HTMLElement) => container.textContent;
const fault = (kind: 'denied' | 'full' | 'newer' | 'blocked' | 'failed') => ({ kind, detail: 'boom' });

test.each(['opening', 'kept'] as const)('nothing is said while it is %s', (kind) => {
  expect(mount(<KeepNote />, { keeping: { kind } }).container.innerHTML).toBe('');
});

test.each([
  ['denied', /private windows.*Training goes on/],
  ['full', /no room left.*Training goes on/],
  ['newer', /newer version.*left as it is.*Training goes on/],
  ['blocked', /Another tab.*Training goes on/],
  ['failed', /does not work.*Training goes on.*boom\./],
] as const)('where storage is %s it says so, and that training goes on', (kind, said) => {
  const { container } = mount(<KeepNote />, { keeping: { kind: 'off', fault: fault(kind) } });
  expect(text(container)).toMatch(/^Nothing is being kept\./);
  expect(text(container)).toMatch(said);
  expect(container.querySelector('button')?.textContent).not.toBe('Export runs');
});

test('what fails is tried again, and what was trained can be exported', () => {
  const { container } = mount(<KeepNote />, {
    keeping: { kind: 'failing', fault: fault('full') },
    ...onStage(trained(runsBefore[0]!, [0.5])),
  });
  expect(text(container)).toMatch(/tried again/);
  expect([...container.querySelectorAll('button')].map((button) => button.textContent)).toEqual([
    'Export runs',
    'See what takes room',
  ]);
});

test('kept runs that cannot be read are told', () => {
  expect(text(mount(<UnreadableNote />, { unreadable: 2 }).container)).toMatch(/^2 kept runs cannot be read/);
  expect(mount(<UnreadableNote />).container.innerHTML).toBe('');
});
