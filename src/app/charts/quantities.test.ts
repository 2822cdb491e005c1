import { expect, test } from 'vitest';
import { buildCurves } from './curves/curves.ts';
import { quantitiesOfSize, quantityRow } from './quantities.ts';
import { readCurves } from './reading/reading.ts';
import { readingValue } from './reading/ReadingTable.tsx';
import { readingColumns } from './reading/readingColumns.ts';
import { evaluated, grown, sourceOf } from './testing/sources.ts';

const names = [...quantitiesOfSize('large'), ...quantitiesOfSize('small')];

test('one chart is large; the others stand below it in the order of the rows', () => {
  expect(names).toEqual(['error', 'loss', 'gap', 'speed', 'rate']);
});

test.each(names)('%s: every column of its readings has a heading and a value that is drawn', (name) => {
  const run = evaluated(grown([0.9, 0.8, 0.7, 0.6]), 4, 0.7);
  const [row] = readCurves(buildCurves([sourceOf(run)], name, { smoothing: 0.5, x: 'step' }).curves, 4);
  const columns = readingColumns(name);
  expect(columns.map(({ key }) => key)).toEqual(quantityRow(name).columns);
  for (const { key, heading } of columns) {
    expect(heading).not.toBe('');
    expect(readingValue(row!, key), key).not.toBeNull();
  }
});

test.each(names)('%s: its axis has a range before there is anything', (name) => {
  const [from, to] = quantityRow(name).axis.range(null);
  expect(to).toBeGreaterThan(from);
});
