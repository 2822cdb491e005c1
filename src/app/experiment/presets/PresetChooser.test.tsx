// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Speed } from '../../../model/cost.ts';
import { mount } from '../../testing/mount.tsx';
import { PresetChooser } from './PresetChooser.tsx';

/** Sizes as if they were measured: flip's and shortcuts' claims need some minutes on this device. */
vi.mock('../../../model/presetSizes.json', () => {
  const sizes = [{ width: 8, batchSize: 64, steps: 250, trainedSteps: 600, seeds: [1, 2], pairs: [] }];
  return { default: { flip: sizes, shortcuts: sizes } };
});

const slow: Speed = { rates: { perLayer: 0, perActivation: 0, perMultiplyAdd: 2e-10 }, lanesAtOnce: 1 };
const item = (preset: string) => within(document.querySelector<HTMLElement>(`[data-preset="${preset}"]`)!);
const buttons = (preset: string) => item(preset).getAllByRole('button').map(({ textContent }) => textContent); // prettier-ignore

test('a claim that does not come out in the time that was chosen says so, and offers what would show it', () => {
  const onChosen = vi.fn();
  const { app } = mount(<PresetChooser onChosen={onChosen} />, { speed: { kind: 'measured', speed: slow } });
  expect(item('flip').getByText(/^In 2 minutes this does not come out on this device: it takes \d minutes\./)).toBeTruthy(); // prettier-ignore
  expect(buttons('flip')).toEqual([
    expect.stringMatching(/^Take \d minutes$/),
    'Watch the recorded run (4,000 steps)',
    'Use',
  ]);
  // No net of it was recorded.
  expect(buttons('shortcuts')).not.toContain('Watch the recorded run (4,000 steps)');
  // Nothing was measured of it.
  expect(buttons('degradation')).toEqual(['Use']);

  fireEvent.click(item('flip').getByRole('button', { name: 'Watch the recorded run (4,000 steps)' }));
  expect([onChosen.mock.calls.length, app.store.getState().place]).toEqual([1, 'lab']);

  const take = item('flip').getByRole('button', { name: /^Take/ });
  fireEvent.click(take);
  const { draft, meant } = app.store.getState();
  expect([draft.lanes.map(({ width }) => width), draft.recipe.batchSize, draft.recipe.budget]).toEqual([
    ['8', '8'],
    '64',
    '250',
  ]);
  // It was chosen to take so long: nothing shorter is offered.
  expect(meant).toBeGreaterThan(150);
});

test('with more time it says nothing', () => {
  mount(<PresetChooser onChosen={() => undefined} />, { speed: { kind: 'measured', speed: slow } });
  fireEvent.click(screen.getByRole('radio', { name: '15 minutes' }));
  expect(buttons('flip')).toEqual(['Use']);
  expect(document.querySelector('.presets-least')).toBeNull();
});
