import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFault } from './jsonFault.ts';

test.each([
  ['hello', 1, 1],
  ['', 1, 1],
  ['  ', 1, 3],
  ['{', 1, 2],
  ['{"a": 1,\n "b": 2,\n}', 3, 1],
  ['{"a": 1\n "b": 2}', 2, 2],
  ['{"a" 1}', 1, 6],
  ['[1, 2,, 3]', 1, 7],
  ['[1, 2] 3', 1, 8],
  ['{\r\n"a": 01}', 2, 7],
  ["{'a': 1}", 1, 2],
  ['{"a": NaN}', 1, 7],
  ['{"steps": 1} // done', 1, 14],
  ['{"a": "open}', 1, 7],
  ['{"a": [1}', 1, 9],
])('%j is no JSON from line %i, column %i on', (text, line, column) => {
  expect(jsonFault(text)).toEqual({ line, column });
});

test('a fault is found exactly where JSON.parse finds one', () => {
  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '1',
    '-2.5e3',
    'null',
    ' ',
    '\n',
    '"',
    'x',
    '0',
  );
  const broken = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken), (text) => {
      expect(jsonFault(text) === null).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});
