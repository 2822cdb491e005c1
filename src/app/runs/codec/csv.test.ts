import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { escapeText, unescapeText, writeCsv } from './csv.ts';

test('any table is read back as it was written', () => {
  const field = fc.oneof(fc.string(), fc.stringMatching(/^[",;\t\r\n a]{0,6}$/));
  const record = fc.array(field, { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), (table) => {
      const { data } = Papa.parse(writeCsv(table), { delimiter: ',', newline: '\r\n' });
      expect(data).toEqual([...table, ['']]);
    }),
  );
});

test('a text that begins like a formula is escaped, and unescaped again to the same', () => {
  const risky = fc.stringMatching(/^'{0,3}[=+\-@\t\ra]?[^\0]{0,5}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), risky), (text) => {
      expect(escapeText(text)).not.toMatch(/^[=+\-@\t\r]/);
      expect(unescapeText(escapeText(text))).toBe(text);
    }),
  );
  expect(escapeText('=HYPERLINK("http://x")')).toBe('\'=HYPERLINK("http://x")');
  expect([escapeText('plain-20'), escapeText("'quoted'")]).toEqual(['plain-20', "'quoted'"]);
});
