// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react';
import { beforeAll, expect, test, vi } from 'vitest';
import { endRun, type Run } from '../state/run.ts';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { VerdictPanel } from './VerdictPanel.tsx';
import { VerdictProvider } from './VerdictProvider.tsx';

const panel = (
  <VerdictProvider>
    <VerdictPanel />
  </VerdictProvider>
);

// Before the page starts its clock, which the tests share.
beforeAll(() => void vi.useFakeTimers());

const [shallow, deep, residual] = runsBefore as [Run, Run, Run];
const done = (run: Run) => endRun(run, { reason: 'completed', divergedAt: null, failure: null });
/** Error that is the same at every step, so that its noise is nil. */
const flat = (run: Run, error: number, steps = 60) => trained(run, Array<number>(steps).fill(error));

/** What is read out, what is seen of it, and what stands there while there is nothing to say. */
const verdict = () => ({
  said: screen.getByRole('status', { name: 'Verdict' }).textContent,
  seen: [...document.querySelectorAll('.verdict-headline, .verdict-more')].map((text) => text.textContent),
  caveats: [...document.querySelectorAll('.verdict-caveat')].map((text) => text.textContent),
  waiting: document.querySelector('.verdict-waiting')?.textContent ?? null,
  rule: document.querySelector('.verdict-rule')?.textContent ?? null,
});
const rule =
  'A net is called ahead only if its training error is lower by more than the noise: what chance alone makes between the batches of the last 50 steps.';

test('before Train it asks the question', () => {
  mount(panel);
  expect(verdict()).toMatchObject({
    said: '',
    waiting: 'Which one learns? Press Train, and this line will say what the curves show.',
    rule,
  });
});

test('while there are too few steps it says when the first one can come', () => {
  mount(panel, onStage(flat(shallow, 0.4, 20), flat(deep, 0.7, 20)));
  expect(verdict()).toMatchObject({
    said: '',
    waiting: 'The first verdict can come after 50 steps.',
    rule,
  });
});

test('a gap is said with its number in the colour of its run, and one caveat', () => {
  mount(panel, onStage(flat(shallow, 0.4), flat(deep, 0.7)));
  const { seen, caveats, waiting } = verdict();
  expect(seen).toEqual([
    expect.stringMatching(
      /^Plain-56 makes 30\.0 points more errors on its own training images than plain-20 so far \(training error 70\.0% against 40\.0%\)\./,
    ),
  ]);
  expect(caveats).toEqual([expect.stringContaining('One run only, with seed 7')]);
  expect(waiting).toBeNull();
  const number = document.querySelector<HTMLElement>('.verdict-headline strong')!;
  expect(number.textContent).toBe('30.0 points');
  expect([number.tagName, number.style.color]).toEqual(['STRONG', `var(--${deep.style.hue}-${deep.style.tone}-text)`]); // prettier-ignore
});

test('the live region speaks when something else is claimed, and not when only the numbers move', () => {
  const { set } = mount(panel, onStage(flat(shallow, 0.4), flat(deep, 0.7)));
  const region = screen.getByRole('status', { name: 'Verdict' });
  const node = region.firstChild;
  const show = (...runs: readonly Run[]) => {
    set(onStage(...runs));
    act(() => {
      vi.advanceTimersByTime(1000);
    });
    expect(region.isConnected).toBe(true);
    return region.textContent;
  };
  const behind = 'In training error plain-56 is behind plain-20.';
  expect(region.textContent).toBe(behind);
  expect(show(flat(shallow, 0.35, 85), flat(deep, 0.72, 85))).toBe(behind);
  expect(verdict().seen[0]).toContain('37.0 points');
  expect(show(flat(shallow, 0.3, 110), flat(deep, 0.71, 110))).toBe(behind);
  expect(verdict().seen[0]).toContain('41.0 points');
  // Not even written anew.
  expect(region.firstChild).toBe(node);
  const turned = 'In training error plain-20 is behind plain-56.';
  expect(show(flat(shallow, 0.5, 135), flat(deep, 0.4, 135))).toBe(turned);
  // What may be noise is not.
  expect(show(flat(shallow, 0.4, 160), flat(deep, 0.4, 160))).toBe(turned);
  expect(verdict().seen).toEqual([]);
  expect(show(flat(shallow, 0.5, 185), flat(deep, 0.4, 185))).toBe(turned);
  expect(show(flat(shallow, 0.4, 210), flat(deep, 0.4, 210))).toBe(turned);
  expect(show(flat(shallow, 0.4, 235), flat(deep, 0.4, 235))).toBe(turned);
  const gone = show(flat(shallow, 0.4, 260), flat(deep, 0.4, 260));
  expect(gone).toMatch(/^No verdict: the gap between plain-56 and plain-20 is within the noise\./);
  const two = show(flat(shallow, 0.4, 285), flat(deep, 0.6, 285), flat(residual, 0.3, 285));
  expect(two).toBe(`In training error plain-56 is behind ResNet-56. ${behind}`);
});

test('the strongest claim is the headline, further ones stand below; how all were measured is said once', () => {
  mount(panel, onStage(flat(shallow, 0.4), flat(deep, 0.8), flat(residual, 0.3)));
  const texts = (name: string) => [...document.querySelectorAll(name)].map(({ textContent }) => textContent);
  expect(texts('.verdict-headline')).toEqual([
    expect.stringMatching(/^The same 56 layers with shortcuts make 50\.0 points fewer/),
  ]);
  expect(texts('.verdict-more')).toEqual([expect.stringMatching(/^Plain-56 makes 40\.0 points more errors/)]);
  expect(verdict().caveats).toEqual([
    'Mean training error of steps 1 to 50, noise 0.0 points. One run only, with seed 7; another random start may give different gaps.',
  ]);
});

test('claims that were measured alike say between which noises they lie; others keep a caveat of their own', () => {
  const noisy = (run: Run, error: number, by: number, steps = 60) => trained(run, Array.from({ length: steps }, (_, i) => error + (i % 2 ? by : -by))); // prettier-ignore
  const { set } = mount(panel, onStage(flat(shallow, 0.4), noisy(deep, 0.8, 0.05), flat(residual, 0.3)));
  expect(verdict().caveats).toEqual([expect.stringMatching(/^Mean training error of steps 1 to 50, noise \d\.\d points\. /)]); // prettier-ignore
  const quiet = { ...residual, id: 'other', lane: 'other', config: { ...residual.config!, model: { ...residual.config!.model, depth: 20 } } }; // prettier-ignore
  set(onStage(noisy(shallow, 0.4, 0.01), noisy(deep, 0.8, 0.05), flat(residual, 0.3), flat(quiet, 0.1)));
  act(() => {
    vi.advanceTimersByTime(1000);
  });
  const [caveat, ...rest] = verdict().caveats;
  expect([caveat, rest]).toEqual([expect.stringMatching(/, noise \d\.\d to \d\.\d points\. .* different gaps\.$/), []]); // prettier-ignore
});

test('a net that guesses is called that', () => {
  mount(panel, onStage(flat(shallow, 0.4), flat(deep, 0.9)));
  expect(verdict().seen[1]).toMatch(/^Plain-56 has learned nothing yet: it guesses \(training error 90\.0%/);
});

test('when all has ended without a gap it says that it was looked for', () => {
  mount(panel, onStage(done(flat(shallow, 0.5)), done(flat(deep, 0.5))));
  expect(verdict()).toMatchObject({
    waiting:
      'No verdict: the gap between plain-56 and plain-20 is within the noise. More steps, or another seed, may tell.',
    rule,
  });
});

test.each([
  [
    'one net while it trains',
    [flat(shallow, 0.5)],
    'Not compared: a verdict takes two nets that differ in one thing.',
  ],
  [
    'two that differ in two things',
    [done(flat(shallow, 0.5)), done(flat(residual, 0.4))],
    'Not compared: plain-20 and ResNet-56 differ in depth and block, and a verdict takes two nets that differ in one thing.',
  ],
])('why nothing is compared is said without the rule: %s', (_, runs, waiting) => {
  mount(panel, onStage(...runs));
  expect(verdict()).toMatchObject({ waiting, rule: null });
});

test('what is not compared is told beside what is, when all has ended', () => {
  const other: Run = {
    ...residual,
    config: { ...residual.config!, model: { ...residual.config!.model, depth: 32 } },
  };
  const { set } = mount(panel, onStage(flat(shallow, 0.4), flat(deep, 0.8), flat(other, 0.3)));
  const told = () => verdict().caveats.filter((text) => text.startsWith('Not compared'));
  expect(told()).toEqual([]);
  set(onStage(done(flat(shallow, 0.4)), done(flat(deep, 0.8)), done(flat(other, 0.3))));
  expect(told()).toEqual([expect.stringContaining('ResNet-56 and plain-20 differ in depth and block')]);
});

test('what to do next stands beside it and not in it; seeds that follow by themselves are told', () => {
  const { app, set } = mount(panel, onStage(done(flat(shallow, 0.4)), done(flat(deep, 0.7))));
  expect(document.querySelectorAll('button')).toHaveLength(0);
  set({ training: { ...app.store.getState().training, repeats: 2 } });
  expect(screen.getByText('2 more seeds follow, one after the other.').isConnected).toBe(true);
});
