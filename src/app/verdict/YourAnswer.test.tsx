// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { Prediction } from '../state/place.ts';
import { endRun, type Run } from '../state/run.ts';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { defaultExperiment } from '../../model/presets.ts';
import { draftOf } from '../state/draft.ts';
import { YourAnswer } from './YourAnswer.tsx';

const [shallow, deep, residual] = runsBefore as [Run, Run, Run];
const done = (run: Run) => endRun(run, { reason: 'completed', divergedAt: null, failure: null });
/** Error that is the same at every step, so that its noise is nil. */
const flat = (run: Run, error: number, steps = 60) => trained(run, Array<number>(steps).fill(error));
const noisy = (run: Run, error: number) =>
  trained(run, Array.from({ length: 60 }, (_, i) => error + (i % 2 ? 0.3 : -0.3))); // prettier-ignore

function said(prediction: Prediction | null, ...runs: readonly Run[]): string {
  const { container } = mount(<YourAnswer />, { prediction, ...onStage(...runs) });
  return container.textContent;
}

test('what was answered and what came out stand in one sentence, whoever was right', () => {
  expect(said('deep', done(flat(shallow, 0.4)), done(flat(deep, 0.498)))).toBe(
    'You said fifty-six. After 60 steps plain-56 makes 9.8 points more errors on its training images than plain-20.',
  );
  expect(said('shallow', done(flat(shallow, 0.4)), done(flat(deep, 0.498)))).toBe(
    'You said twenty. After 60 steps plain-56 makes 9.8 points more errors on its training images than plain-20.',
  );
  expect(said('shallow', done(flat(shallow, 0.5)), done(flat(deep, 0.4)))).toBe(
    'You said twenty. After 60 steps plain-20 makes 10.0 points more errors on its training images than plain-56.',
  );
});

test('a gap within the noise is called that', () => {
  expect(said('deep', done(noisy(shallow, 0.5)), done(noisy(deep, 0.53)))).toBe(
    'You said fifty-six. After 60 steps the gap between plain-56 and plain-20 is within the noise: neither is ahead.',
  );
});

test('nothing is said before an answer, before the end, of too few steps, of other nets, and of values that are no numbers', () => {
  const pair = [done(flat(shallow, 0.4)), done(flat(deep, 0.6))] as const;
  expect(said(null, ...pair)).toBe('');
  expect(said('deep')).toBe('');
  expect(said('deep', pair[0], flat(deep, 0.6))).toBe('');
  expect(said('deep', ...pair, flat(residual, 0.3))).toBe('');
  expect(said('deep', done(flat(shallow, 0.4, 20)), done(flat(deep, 0.6, 20)))).toBe('');
  expect(said('deep', pair[1], done(flat(residual, 0.3)))).toBe('');
  expect(said('deep', pair[0], done(flat(deep, NaN)))).toBe('');
});

test('nets that came later do not change what came out of these two', () => {
  const runs = [done(flat(shallow, 0.4)), done(flat(deep, 0.6)), done(flat(residual, 0.2))];
  expect(said('deep', ...runs)).toMatch(/plain-56 makes 20\.0 points more errors .* than plain-20\.$/);
});

test('of two that were stopped apart the common steps count', () => {
  const runs = [done(flat(shallow, 0.4, 90)), done(flat(deep, 0.6, 70))];
  expect(said('deep', ...runs)).toMatch(/^You said fifty-six\. After 70 steps /);
});

test('the gap is the one that the verdict shows: that of the errors beside it', () => {
  // 90.04 and 83.85 are shown as 90.0 and 83.9, which are 6.1 apart and not 6.2.
  const runs = [done(flat(shallow, 0.8385)), done(flat(deep, 0.9004))] as const;
  expect(said('deep', ...runs)).toContain('makes 6.1 points more');
});

test('it is a live region from the answer on, so that the outcome is read out when it comes', () => {
  const { container, set } = mount(<YourAnswer />, { prediction: 'deep', ...onStage(flat(shallow, 0.4), flat(deep, 0.6)) }); // prettier-ignore
  const region = container.querySelector('[role="status"]');
  expect(region?.textContent).toBe('');
  set(onStage(done(flat(shallow, 0.4)), done(flat(deep, 0.6))));
  expect(container.querySelector('[role="status"]')).toBe(region);
  expect(region?.textContent).toMatch(/^You said fifty-six\./);
});

test('in the lab it stands while the question does, without the numbers of the verdict beside it', () => {
  const brief = (prediction: Prediction, ...runs: readonly Run[]) =>
    mount(<YourAnswer brief />, {
      prediction,
      ...onStage(...runs),
      draft: draftOf(defaultExperiment('cpu')),
    }).container.textContent;
  expect(brief('deep', flat(shallow, 0.4, 20), flat(deep, 0.6, 20))).toBe('You said fifty-six.');
  expect(brief('deep', done(flat(shallow, 0.4)), done(flat(deep, 0.6)))).toBe(
    'You said fifty-six. It came out the other way.',
  );
  expect(brief('shallow', done(flat(shallow, 0.4)), done(flat(deep, 0.6)))).toBe(
    'You said twenty. So it came out.',
  );
  expect(brief('deep', done(noisy(shallow, 0.5)), done(noisy(deep, 0.53)))).toBe(
    'You said fifty-six. Neither is ahead.',
  );
  // The page of the tests asks something else.
  const other = mount(<YourAnswer brief />, { prediction: 'deep', ...onStage(flat(shallow, 0.4)) });
  expect(other.container.textContent).toBe('');
});
