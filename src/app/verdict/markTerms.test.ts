import { expect, test } from 'vitest';
import { glossary } from '../ui/glossary/enGlossary.ts';
import { verdictTerms } from './enVerdictTerms.ts';
import { markTerms } from './markTerms.ts';

const marked = (text: string) =>
  markTerms(text).flatMap((part) => (typeof part === 'string' ? [] : [[part.text, part.term]]));
const whole = (text: string) =>
  markTerms(text)
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join('');

test('terms are found once each, the longer before the shorter, and nothing of the text is lost', () => {
  const text =
    'Mean training error of steps 251 to 300, noise 2.1 points: 29 points of training error. Over-fitting is not the reason.';
  expect(marked(text)).toEqual([
    ['training error', 'trainingError'],
    ['steps', 'step'],
    ['noise', 'noise'],
    ['points', 'points'],
    ['Over-fitting', 'overfitting'],
  ]);
  expect(whole(text)).toBe(text);
});

test('parts of other words are none', () => {
  expect(marked('Reseed the batch-normed appointments, noiseless.')).toEqual([]);
  expect(whole('')).toBe('');
});

test('each form leads to a term that there is', () => {
  for (const [term, ...forms] of verdictTerms) {
    expect(glossary[term].sentence.length).toBeGreaterThan(10);
    expect(forms.length).toBeGreaterThan(0);
  }
});
