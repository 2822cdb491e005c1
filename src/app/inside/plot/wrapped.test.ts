import { expect, test } from 'vitest';
import { wrapped } from './wrapped.ts';

test('what is said is broken at blanks, and nothing of it is lost', () => {
  const text = 'plain-20: 38.1% test error; grown into plain-56: 38.1%, on the first 1,000 test images.';
  const lines = wrapped(text, 30);
  expect(lines.join(' ')).toBe(text);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(30);
  expect(wrapped('Unbreakableandlong word', 5)).toEqual(['Unbreakableandlong', 'word']);
});
