import { expect, test } from 'vitest';
import { LISTED, listedColumns, matching, type Option } from './columnList.ts';

const columns = (count: number): readonly Option[] =>
  Array.from({ length: count }, (_, index) => ({ index, name: `grad/Layer${index}` }));

test('a list holds all columns of a usual log, whatever is looked for', () => {
  const few = columns(LISTED);
  expect(listedColumns(few, 'nothing', 3)).toEqual({ options: few, more: 0 });
});

test('of 990 columns a list holds the first, those that are looked for, and always the chosen one', () => {
  const many = columns(990);
  expect(listedColumns(many, '', null)).toEqual({ options: many.slice(0, LISTED), more: 990 - LISTED });
  const chosen = listedColumns(many, '', 700);
  expect([chosen.options.length, chosen.options.at(-1), chosen.more]).toEqual([LISTED + 1, many[700], 929]);
  // 98 and 980 to 989, with the chosen one before them.
  const found = listedColumns(many, ' layer98  GRAD ', 5);
  expect(found.options.map(({ index }) => index)).toEqual([5, 98, ...Array.from({ length: 10 }, (_, i) => 980 + i)]); // prettier-ignore
  expect(found.more).toBe(990 - 12);
  expect(listedColumns(many, 'no such name', null)).toEqual({ options: [], more: 990 });
});

test('a name matches by every word, not as a pattern', () => {
  const named = ['val.acc', 'valxacc', 'ACC of val'].map((name, index) => ({ index, name }));
  expect(matching(named, 'val.acc').map(({ index }) => index)).toEqual([0]);
  expect(matching(named, 'acc val').map(({ index }) => index)).toEqual([0, 1, 2]);
});
