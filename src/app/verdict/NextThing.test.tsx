// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { draftOf } from '../state/draft.ts';
import { endRun, type Run } from '../state/run.ts';
import { noTraining } from '../state/training.ts';
import { experiment, mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { NextThing } from './NextThing.tsx';
import type { Suggestion } from './nextThings.ts';
import { VerdictProvider } from './VerdictProvider.tsx';

const next = (onChoose: (suggestion: Suggestion) => void) => (
  <VerdictProvider>
    <NextThing onChoose={onChoose} />
  </VerdictProvider>
);

const [shallow, deep] = runsBefore as [Run, Run, Run];
const flat = (run: Run, error: number) => trained(run, Array<number>(60).fill(error));
const done = (run: Run) => endRun(run, { reason: 'completed', divergedAt: null, failure: null });
const plain = { draft: draftOf({ ...experiment, lanes: experiment.lanes.slice(0, 2) }) };
const labels = () => screen.queryAllByRole('button').map(({ textContent }) => textContent);

test('what to do first stands first, is the main button, and is handed on when it is chosen', () => {
  const onChoose = vi.fn();
  const stage = onStage(done(flat(shallow, 0.4)), done(flat(deep, 0.7)));
  const { set } = mount(next(onChoose), { ...plain, ...stage });
  expect(labels()).toEqual(['Add the same nets with shortcuts', 'Train the same with seed 8']);
  expect(screen.getAllByRole('button').map(({ className }) => className)).toEqual(['button-main', 'button-large']); // prettier-ignore
  // What it does is seen, and not by pointing at it alone.
  const [twins] = screen.getAllByRole('button', { description: 'Their residual twins: exactly as many parameters.' }); // prettier-ignore
  expect([twins!.textContent, twins!.title]).toEqual(['Add the same nets with shortcuts', '']);
  expect(screen.getByText(/^Their residual twins/).tagName).toBe('SMALL');
  fireEvent.click(screen.getByRole('button', { name: 'Train the same with seed 8' }));
  expect(onChoose.mock.calls).toEqual([[{ kind: 'next-seed', seed: 8 }]]);
  // The third lane of the whole experiment was never trained.
  set({ draft: draftOf(experiment) });
  expect(labels()[0]).toBe('Train the new net');
  // Seeds that follow by themselves leave nothing to choose.
  set({ training: { ...noTraining, ...stage.training, repeats: 1 } });
  expect(labels()).toEqual([]);
});

test('what is suggested at the end is about what was measured until then, from the first moment on', () => {
  const { set } = mount(
    next(() => undefined),
    { ...plain, ...onStage(flat(shallow, 0.5), flat(deep, 0.5)) },
  );
  set(onStage(flat(shallow, 0.5), flat(deep, 0.501)));
  set(onStage(done(flat(shallow, 0.4)), done(flat(deep, 0.7))));
  expect(labels()).toEqual(['Add the same nets with shortcuts', 'Train the same with seed 8']);
});

test('before Train there is nothing', () => {
  mount(
    next(() => undefined),
    plain,
  );
  expect(screen.queryByRole('group')).toBeNull();
});
