// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { endRun, type Run } from '../../state/run.ts';
import { mount, onStage, runsBefore, trained } from '../../testing/mount.tsx';
import { RunsSelection } from './RunsSelection.tsx';

const [first, second] = runsBefore as [Run, Run];
const done = (run: Run) => endRun(run, { reason: 'completed', divergedAt: null, failure: null });
const remove = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Delete' });

test('without a selection there is nothing to do', () => {
  expect(
    mount(<RunsSelection runs={[]} onShow={() => undefined} onDone={() => undefined} />).container.innerHTML,
  ).toBe('');
});

test.each<Run['state']>(['queued', 'waiting', 'running', 'paused'])(
  'a run that is %s keeps the selection from being deleted, and the button says why',
  (state) => {
    const training: Run = { ...trained(second, [0.5]), state };
    const { set, app } = mount(
      <RunsSelection runs={[done(first), training]} onShow={() => undefined} onDone={() => undefined} />,
      onStage(done(first), training),
    );
    expect([remove().disabled, remove().title]).toEqual([
      true,
      'Runs that train cannot be deleted: stop them first.',
    ]);
    fireEvent.click(remove());
    expect(app.store.getState().training.runs).toHaveLength(2);
    // The table is drawn once a second; this is known at once.
    set(onStage(done(first), done(training)));
    expect([remove().disabled, remove().title]).toEqual([false, '']);
  },
);

test('one that trains and is not selected bars nothing; what is deleted is no longer selected', () => {
  const onDone = vi.fn();
  const { app } = mount(
    <RunsSelection runs={[done(first)]} onShow={() => undefined} onDone={onDone} />,
    onStage(done(first), trained(second, [0.5])),
  );
  expect(screen.getByRole('group', { name: '1 selected' }).isConnected).toBe(true);
  fireEvent.click(remove());
  expect(app.store.getState().training.runs.map(({ id }) => id)).toEqual([second.id]);
  expect(app.store.getState().deleted?.runs.map(({ run }) => run.id)).toEqual([first.id]);
  expect(onDone).toHaveBeenCalledTimes(1);
});

test('all that is selected is hidden and shown together', () => {
  const both = [done(first), done(second)];
  const onShow = vi.fn();
  const { app } = mount(
    <RunsSelection runs={both} onShow={onShow} onDone={() => undefined} />,
    onStage(...both),
  );
  fireEvent.click(screen.getByRole('button', { name: 'Hide' }));
  expect(app.store.getState().view.hidden).toEqual([first.id, second.id]);
  fireEvent.click(screen.getByRole('button', { name: 'Show' }));
  expect(onShow).toHaveBeenCalledWith([first.id, second.id]);
});

test('all that is selected gets a tag, beside those that it has', () => {
  const both = [{ ...done(first), tags: ['old'] }, done(second)];
  const { app } = mount(
    <RunsSelection runs={both} onShow={() => undefined} onDone={() => undefined} />,
    onStage(...both),
  );
  fireEvent.change(screen.getByRole('textbox', { name: 'Add a tag' }), { target: { value: ' new ,old,' } });
  fireEvent.click(screen.getByRole('button', { name: 'Add a tag' }));
  expect(app.store.getState().training.runs.map(({ tags }) => tags)).toEqual([
    ['old', 'new'],
    ['new', 'old'],
  ]);
});
