// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { views } from './views.ts';
import { withTerms } from './withTerms.ts';

test.each(views)('$id: each of its terms stands in what it shows or does not, once', async ({ part }) => {
  const { words } = await part.load();
  const marked = [words.shows, words.doesNot].flatMap((text) => withTerms(text, words.terms));
  const found = new Set(marked.flatMap((one) => (typeof one === 'string' ? [] : [one.text])));
  expect(words.terms.filter(([, text]) => !found.has(text))).toEqual([]);
  expect(words.terms.length).toBeGreaterThan(1);
  expect(new Set(words.terms.map(([id]) => id)).size).toBe(words.terms.length);
});
