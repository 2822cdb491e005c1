import { expect, test } from 'vitest';
import { buildCurves } from './curves/curves.ts';
import { measures } from '../state/chartView.ts';
import { quantityRow } from './quantities.ts';
import { readCurves } from './reading/reading.ts';
import { readingValue } from './reading/ReadingTable.tsx';
import { readingColumns } from './reading/readingColumns.ts';
import { evaluated, grown, sourceOf } from './testing/sources.ts';

test.each(measures)('%s: every column of its readings has a heading and a value that is drawn', (name) => {
  const run = evaluated(grown([0.9, 0.8, 0.7, 0.6]), 4, 0.7);
  const [row] = readCurves(buildCurves([sourceOf(run)], name, { smoothing: 0.5, x: 'step' }).curves, 4);
  const columns = readingColumns(name);
  expect(columns.map(({ key }) => key)).toEqual(quantityRow(name).columns);
  for (const { key, heading } of columns) {
    expect(heading).not.toBe('');
    expect(readingValue(row!, key), key).not.toBeNull();
  }
});

test.each(measures)('%s: its axis has a range before there is anything', (name) => {
  const [from, to] = quantityRow(name).axis.range(null);
  expect(to).toBeGreaterThan(from);
});
