// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { mount } from '../../testing/mount.tsx';
import { UnreadableNote } from './UnreadableNote.tsx';

test('kept runs that cannot be read are told', () => {
  const { container } = mount(<UnreadableNote />, { unreadable: 2 });
  expect(container.textContent).toMatch(/^2 kept runs cannot be read/);
  expect(mount(<UnreadableNote />).container.innerHTML).toBe('');
});
