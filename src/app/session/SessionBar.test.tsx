// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { SessionBar } from './SessionBar.tsx';

const errors = (steps: number) => Array.from({ length: steps }, () => 0.8);
const [shallow, deep] = runsBefore;

test('while nothing trains there is no bar', () => {
  const { container } = mount(<SessionBar />);
  expect(container.textContent).toBe('');
});

test('it names the lane that is furthest behind, how far it is, and how many more there are', () => {
  mount(<SessionBar />, onStage(trained(shallow!, errors(31)), trained(deep!, errors(29))));
  const bar = screen.getByRole('region', { name: 'What trains now' });
  expect(bar.textContent).toBe('plain-56 step 29 of 100 and 1 morePause');
});

test('Pause and Space pause, Resume goes on, and the name leads to the lab', () => {
  const [pause, resume] = [vi.fn(), vi.fn()];
  const { app, set } = mount(<SessionBar />, onStage(trained(deep!, errors(29))), { pause, resume });
  fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
  fireEvent.keyDown(document.body, { key: ' ' });
  expect(pause).toHaveBeenCalledTimes(2);
  set(onStage(trained(deep!, errors(29), { state: 'paused' })));
  fireEvent.click(screen.getByRole('button', { name: 'Resume' }));
  expect(resume).toHaveBeenCalledTimes(1);
  fireEvent.click(screen.getByRole('button', { name: /plain-56/ }));
  expect(app.store.getState().place).toBe('lab');
});
