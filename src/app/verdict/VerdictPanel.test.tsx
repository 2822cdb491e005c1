// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { endRun, type Run } from '../state/run.ts';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { VerdictPanel } from './VerdictPanel.tsx';

const [shallow, deep, residual] = runsBefore as [Run, Run, Run];
const done = (run: Run) => endRun(run, { reason: 'completed', divergedAt: null, failure: null });
/** Error that is the same at every step, so that its noise is nil. */
const flat = (run: Run, error: number, steps = 60) => trained(run, Array<number>(steps).fill(error));

/** What is read out, and what stands there while there is nothing to say. */
const verdict = () => ({
  said: screen.getByRole('status', { name: 'Verdict' }).textContent,
  waiting: document.querySelector('.verdict-waiting')?.textContent ?? null,
  rule: document.querySelector('.verdict-rule')?.textContent ?? null,
});
const rule =
  'A verdict is given only when the gap in training error is larger than the noise of the last 50 steps.';

test('before Train it asks the question', () => {
  mount(<VerdictPanel />);
  expect(verdict()).toEqual({
    said: '',
    waiting: 'Which one learns? Press Train, and this line will say what the curves show.',
    rule,
  });
});

test('while there are too few steps it says when the first one can come', () => {
  mount(<VerdictPanel />, onStage(flat(shallow, 0.4, 20), flat(deep, 0.7, 20)));
  expect(verdict()).toMatchObject({
    said: '',
    waiting: 'Training. Every line below is a net; the first verdict can come after 50 steps.',
    rule,
  });
});

test('a gap is said in a live region, with its number in the colour of its run and its caveat', () => {
  mount(<VerdictPanel />, onStage(flat(shallow, 0.4), flat(deep, 0.7)));
  const { said, waiting } = verdict();
  expect(said).toMatch(/^Plain-56 makes 30\.0 points more errors on its own training images than plain-20\./);
  expect(said).toMatch(/one seed \(7\) is one seed/);
  expect(waiting).toBeNull();
  const number = screen.getByText('30.0 points');
  expect([number.tagName, number.style.color]).toEqual(['STRONG', `var(--${deep.style.hue}-${deep.style.tone}-text)`]); // prettier-ignore
});

test('one claim is the headline, each further one stands below with a caveat of its own', () => {
  mount(<VerdictPanel />, onStage(flat(shallow, 0.4), flat(deep, 0.8), flat(residual, 0.3)));
  const texts = (name: string) => [...document.querySelectorAll(name)].map(({ textContent }) => textContent);
  expect(texts('.verdict-headline')).toEqual([
    expect.stringMatching(/^Plain-56 makes 40\.0 points more errors/),
  ]);
  expect(texts('.verdict-more')).toEqual([
    expect.stringMatching(/^The same 56 layers with shortcuts make 50\.0 points fewer/),
  ]);
  expect(texts('.verdict-caveat').filter((text) => text.startsWith('Mean training error'))).toHaveLength(2);
});

test('when all has ended without a gap it says that it was looked for', () => {
  mount(<VerdictPanel />, onStage(done(flat(shallow, 0.5)), done(flat(deep, 0.5))));
  expect(verdict()).toEqual({
    said: '',
    waiting:
      'No verdict: the gap between plain-56 and plain-20 is within the noise. More steps, or another seed, may tell.',
    rule,
  });
});

test('nets that nothing compares are told why, without the rule', () => {
  mount(<VerdictPanel />, onStage(done(flat(shallow, 0.5))));
  const { waiting, rule: none } = verdict();
  expect(waiting).toMatch(/^Not compared: a verdict takes two nets/);
  expect(none).toBeNull();
});

test('other seeds are offered when all has ended, and while some follow that is said instead', () => {
  const trainNextSeeds = vi.fn(() => Promise.resolve());
  const { app, set } = mount(<VerdictPanel />, onStage(flat(shallow, 0.4), flat(deep, 0.7)), {
    trainNextSeeds,
  });
  expect(screen.queryAllByRole('button')).toEqual([]);
  set(onStage(done(flat(shallow, 0.4)), done(flat(deep, 0.7))));
  fireEvent.click(screen.getByRole('button', { name: 'Train with the next seed' }));
  fireEvent.click(screen.getByRole('button', { name: 'Train with the next two seeds' }));
  expect(trainNextSeeds.mock.calls).toEqual([[1], [2]]);
  set({ training: { ...app.store.getState().training, repeats: 2 } });
  expect(screen.queryAllByRole('button')).toEqual([]);
  expect(screen.getByText('2 more seeds follow, one after the other.').isConnected).toBe(true);
});
