// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { noTraining, type Milestone } from '../state/training.ts';
import { mount } from '../testing/mount.tsx';
import { Milestones } from './Milestones.tsx';

const milestones: readonly [Milestone, string][] = [
  [{ kind: 'started' }, 'Training has started.'],
  [{ kind: 'paused' }, 'Training is paused.'],
  [{ kind: 'resumed' }, 'Training goes on.'],
  [{ kind: 'imagesWanted', trouble: 'offline' }, 'Training waits for images: this browser is offline.'],
  [{ kind: 'imagesWanted', trouble: 'server' }, 'Training waits for images: they do not arrive.'],
  [{ kind: 'imagesBack' }, 'The images have come.'],
  [{ kind: 'silent', name: 'plain-20' }, 'plain-20 does not answer.'],
  [{ kind: 'silent', name: null }, 'What deals the images does not answer.'],
  [{ kind: 'unevaluated', name: 'plain-20', step: 1000 }, 'plain-20: the test at step 1,000 could not be done.'],
  [
    { kind: 'evaluated', step: 50, results: [{ name: 'plain-20', error: 0.5 }, { name: 'plain-56', error: 0.75 }] },
    'Step 50. Test error: plain-20 50.0% and plain-56 75.0%.',
  ],
  [{ kind: 'rateChanged', name: 'plain-20', step: 32_000, rate: 0.01 }, 'plain-20, step 32,000: the learning rate is now 0.01.'],
  [{ kind: 'ended', name: 'plain-20', step: 100, reason: 'completed' }, 'plain-20: Done: 100 steps.'],
]; // prettier-ignore

test('each milestone is said politely, in one region that stays', () => {
  const { container, set } = mount(<Milestones />);
  const region = container.querySelector('[aria-live="polite"]')!;
  expect(region.textContent).toBe('');
  for (const [milestone, text] of milestones) {
    set({ training: { ...noTraining, milestone } });
    // A region that is put in with its text is not read out.
    expect(container.querySelector('[aria-live]')).toBe(region);
    expect(region.textContent).toBe(text);
  }
});
