/** The logic of the table of runs: which rows, which columns, in what order. Pure. */
import { inOrder } from '../../ui/format.ts';
import { configurationKey } from '../allRuns.ts';
import { settingKeys, type ColumnKey, type RunFacts, type SettingKey } from './runFacts.ts';

export interface Sorting {
  readonly key: ColumnKey;
  readonly direction: 'ascending' | 'descending';
}

/** The settings that are not the same in all rows whose settings are known. */
export function differingSettings(rows: readonly RunFacts[]): readonly SettingKey[] {
  const known = rows.flatMap(({ settings }) => settings ?? []);
  const [first] = known;
  return first ? settingKeys.filter((key) => known.some((settings) => settings[key] !== first[key])) : [];
}

/** A setting's different values, in the order in which the rows have them: the first row of each. */
export function valuesOf(rows: readonly RunFacts[], key: SettingKey): readonly RunFacts[] {
  const seen = new Set<string | number>();
  return rows.filter(({ settings }) => {
    if (!settings) return false;
    const value = settings[key];
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}

/** The rows whose text has every word of `query`, whatever its case; a number must stand there whole: 2 is not in 20. */
export function filterRows(
  rows: readonly RunFacts[],
  query: string,
  textOf: (row: RunFacts) => string,
): readonly RunFacts[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = textOf(row).toLowerCase();
    const numbers = new Set(text.match(/[\d.]+/g));
    return words.every((word) => (/^[\d.]+$/.test(word) ? numbers.has(word) : text.includes(word)));
  });
}

type Comparable = string | number | null;

/** What a column is sorted by. */
export function valueIn(row: RunFacts, key: ColumnKey): Comparable {
  switch (key) {
    case 'name':
      return row.run.name;
    case 'state':
      return row.run.end?.reason ?? row.run.state;
    case 'created':
      return row.run.created;
    case 'steps':
    case 'trainingError':
    case 'testError':
    case 'seconds':
    case 'speed':
      return row[key];
    default:
      return row.settings?.[key] ?? null;
  }
}

/** Rows in order; what has no value stands last in both directions, and equals keep their order. */
export function sortRows(rows: readonly RunFacts[], sorting: Sorting | null): readonly RunFacts[] {
  if (!sorting) return rows;
  const sign = sorting.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [x, y] = [valueIn(a, sorting.key), valueIn(b, sorting.key)];
    if (isMissing(x) || isMissing(y)) return Number(isMissing(x)) - Number(isMissing(y));
    return sign * compare(x, y);
  });
}

const isMissing = (value: Comparable): value is null => value === null || Number.isNaN(value);

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return inOrder(String(a), String(b));
}

export interface Spread {
  readonly mean: number;
  /** Of the sample (n - 1); null for one value. */
  readonly std: number | null;
  readonly count: number;
}

/** Mean and standard deviation of the values that are there; null if none is. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null);
  const count = known.length;
  if (count === 0) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: count > 1 ? Math.sqrt(squares / (count - 1)) : null, count };
}

export interface RowGroup {
  readonly key: string;
  readonly rows: readonly [RunFacts, ...RunFacts[]];
}

/** Rows as their runs were begun, the earliest first. */
export const byAge = (rows: readonly RunFacts[]): readonly RunFacts[] =>
  rows.toSorted((a, b) => (a.run.created ?? 0) - (b.run.created ?? 0));

/** Rows of one configuration but for the seed, in the order of their first rows. */
export function groupRows(rows: readonly RunFacts[]): readonly RowGroup[] {
  const groups = new Map<string, [RunFacts, ...RunFacts[]]>();
  for (const row of rows) {
    const key = configurationKey(row.run);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([key, members]) => ({ key, rows: members }));
}
