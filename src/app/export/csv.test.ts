import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvError, delimiterOf, delimiters, parseCsv, writeCsv } from './csv.ts';

const fieldsOf = (...given: Parameters<typeof parseCsv>) => parseCsv(...given).map(({ fields }) => fields);

test('any table is read back as it was written', () => {
  const field = fc.oneof(fc.string(), fc.stringMatching(/^[",;\t\r\n a]{0,6}$/));
  // A record of one empty field is an empty line, which says nothing.
  const record = fc.array(field, { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), (table) => {
      expect(fieldsOf(writeCsv(table))).toEqual(table);
    }),
  );
});

test('the delimiter is found by the header, and each record knows its line', () => {
  const name = fc.stringMatching(/^[a-z ]{1,8}$/);
  const cell = fc.stringMatching(/^[a-z\n.]{0,6}$/);
  fc.assert(
    fc.property(
      fc.constantFrom(...delimiters),
      fc.array(name, { minLength: 2, maxLength: 5 }),
      fc.array(fc.tuple(cell, cell), { maxLength: 5 }),
      (delimiter, header, rows) => {
        const lines = [header, ...rows].map((row) => row.map((field) => `"${field}"`).join(delimiter));
        const text = lines.join('\n');
        expect(delimiterOf(text)).toBe(delimiter);
        const begins = lines.map((_, i) => lines.slice(0, i).join('\n').split('\n').length + (i > 0 ? 1 : 0));
        expect(parseCsv(text, delimiter)).toEqual(
          [header, ...rows].map((fields, i) => ({ line: begins[i], fields })),
        );
      },
    ),
  );
});

test('line ends of every kind, a byte order mark and a last line without an end are read', () => {
  expect(fieldsOf('\uFEFFa,b\n1,2\r3,4\r\n5,')).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
    ['5', ''],
  ]);
});

test.each([
  ['a,b\n"1,2\n', 'open'],
  ['a,b\n"x"y,2\n', 'behind'],
  ['a,b\nx"y,2\n', 'inside'],
] as const)('%j is refused with its line', (text, kind) => {
  expect(() => parseCsv(text)).toThrow(new CsvError(kind, 2));
});
