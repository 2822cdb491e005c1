import { expect, test } from 'vitest';
import { parseExperiment } from '../../../model/config.ts';
import { prepareRuns } from '../prepareRuns.ts';
import { columnLetters, columnTracks } from './columnTracks.ts';
import { cellText } from './rowTexts.ts';
import { factsOf, resultKeys, settingKeys, type RunFacts } from './runFacts.ts';

const experiment = parseExperiment({
  lanes: [20, 56].map((depth) => ({ id: `plain-${depth}`, model: { depth, block: 'plain', width: 8 } })),
  recipe: { steps: 100, seed: 1 },
});
const keys = [...resultKeys, ...settingKeys];
const results = [
  { step: 7, created: null, trainingError: 0.05, testError: null, seconds: null, speed: null },
  { step: 1_234_567, created: Date.UTC(2026, 8, 30, 23, 59), trainingError: 1, testError: 0.5, seconds: 3595, speed: 98_765.4 },
  { step: 40, created: 0, trainingError: NaN, testError: 0.999, seconds: 86_390, speed: 3 },
]; // prettier-ignore
const rows: readonly RunFacts[] = results.flatMap(({ step, created, ...summary }, i) =>
  prepareRuns(experiment, i, () => '').map((run) =>
    factsOf({ ...run, step, created, summary: { ...summary, curve: [], bytes: 0 } }),
  ),
);

test.each(keys)('the column of %s has room for its longest text, up to 26 letters', (key) => {
  const longest = Math.max(...rows.map((row) => cellText(row, key).length));
  expect(columnLetters([key], rows)[0]).toBeGreaterThan(Math.min(25, longest));
});

test('all rows have the same tracks, and what is left is the names', () => {
  const { columns, width } = columnTracks(['name', 'steps'], rows, true);
  expect(columns).toBe(
    'var(--runs-lead) minmax(calc(13ch + 12px), 5fr) var(--runs-curve) minmax(calc(9ch + 12px), 1fr) minmax(calc(12ch + 12px), 1fr) var(--runs-menu)',
  );
  expect(width).toBe('calc(var(--runs-lead) + var(--runs-curve) + var(--runs-menu) + 34ch + 36px)');
});

test('no rows have columns, too, as wide as their headings with the signs beside them', () => {
  expect(columnLetters(['name', 'depth'], [])).toEqual([10, 10]);
});
