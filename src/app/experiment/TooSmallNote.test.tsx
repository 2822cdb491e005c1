// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Speed } from '../../model/cost.ts';
import { presetAtSize, presets } from '../../model/presets.ts';
import { draftOf } from '../state/draft.ts';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { ExperimentWarning } from './ExperimentWarning.tsx';

/** As if it were measured. */
vi.mock('../../model/presetSizes.json', () => ({
  default: {
    flip: [{ width: 8, batchSize: 64, steps: 250, trainedSteps: 600, seeds: [1, 2], pairs: [] }],
  },
}));

const flip = presets.find(({ id }) => id === 'flip')!;
const speed: Speed = { rates: { perLayer: 0, perActivation: 0, perMultiplyAdd: 1e-9 }, lanesAtOnce: 1 };
const note = () => document.querySelector('.too-small');
const draft = (steps: number, preset = flip) =>
  draftOf(presetAtSize(preset, { width: 8, batchSize: 64, steps }));

test('a preset below the size at which its claim comes out says so, and what would show it', () => {
  const { app, set } = mount(<ExperimentWarning />, {
    draft: draft(240),
    speed: { kind: 'measured', speed },
  });
  expect(note()!.textContent).toMatch(/^About .+ here\. Probably too short to show it/);
  fireEvent.click(screen.getByRole('button', { name: /^(Take \d+ \w+|Use a size that shows it.*)$/ }));
  expect(app.store.getState().draft.recipe.budget).toBe('250');
  expect(note()).toBeNull();
  // What was not measured is not said to be too small.
  set({ draft: draft(60, presets[0]) });
  expect(note()).toBeNull();
});

test('before it starts, and not once it trains; the recorded runs are one press away', () => {
  const watchRecorded = vi.fn(() => Promise.resolve());
  const { set } = mount(
    <ExperimentWarning />,
    { draft: draft(60), speed: { kind: 'measured', speed } },
    { watchRecorded },
  );
  expect(screen.getByRole('button', { name: /^Take \d+ \w+$/ }).isConnected).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Watch the recorded run (4,000 steps)' }));
  expect(watchRecorded.mock.calls).toEqual([['flip']]);
  set(onStage(trained(runsBefore[0]!, [0.9])));
  expect(note()).toBeNull();
});
