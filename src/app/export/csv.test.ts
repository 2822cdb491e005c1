import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv, writeCsv } from './csv.ts';

test('any table is read back as it was written', () => {
  const field = fc.oneof(fc.string(), fc.stringMatching(/^[",\r\n a]{0,6}$/));
  // A record of one empty field is an empty line, which says nothing.
  const record = fc.array(field, { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), (table) => {
      expect(parseCsv(writeCsv(table))).toEqual(table);
    }),
  );
});

test('line ends of every kind, a byte order mark and a last line without an end are read', () => {
  expect(parseCsv('\uFEFFa,b\n1,2\r3,4\r\n5,')).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
    ['5', ''],
  ]);
});

test.each([
  ['a,b\n"1,2\n', /Line 2 opens a quote that is never closed/],
  ['a,b\n"x"y,2\n', /Line 2 has text behind a closing quote/],
  ['a,b\nx"y,2\n', /Line 2 has a quote inside/],
])('%j is refused with its line', (text, message) => {
  expect(() => parseCsv(text)).toThrow(message);
});
