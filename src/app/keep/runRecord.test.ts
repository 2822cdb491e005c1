import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyRuns, contentOf } from '../runs/testing/anyRuns.ts';
import { freshRuns, grown, over, tested } from '../runs/testing/grownRun.ts';
import type { Run } from '../state/run.ts';
import { Series } from '../state/series.ts';
import { columnsBeyond, noLengths, seriesOf } from './columns.ts';
import { RecordError, recordOf, runOfRecord } from './runRecord.ts';

const stored = (run: Run) => structuredClone(recordOf(run, 5, 'me'));
const back = (run: Run): Run => {
  const columns = columnsBeyond(run, noLengths);
  const read = runOfRecord(stored(run));
  return { ...read.run, ...seriesOf(columns ? [structuredClone(columns)] : [], read.record.isLogged)! };
};

test('any run comes back as it was', () => {
  fc.assert(
    fc.property(anyRuns, (runs) => {
      for (const run of runs) {
        const end = run.end ?? { reason: 'interrupted', divergedAt: null, failure: null };
        expect(contentOf(back(run))).toEqual(contentOf({ ...run, end }));
      }
    }),
    { numRuns: 100 },
  );
});

test('who trains it is told while it is alive; a run whose page is gone was interrupted', () => {
  const [run] = freshRuns();
  const alive = tested(grown(run, 4), 4);
  expect(stored(alive)).toMatchObject({ owner: 'me', end: null, updated: 5, step: 4 });
  expect(runOfRecord(stored(alive)).run).toMatchObject({ state: 'ended', end: { reason: 'interrupted' } });
  expect(stored(over(alive))).toMatchObject({ owner: null, end: { reason: 'completed' } });
});

test('its history, its tags and its note come back, and its list entry needs no curve', () => {
  const [run] = freshRuns();
  const history = [
    { kind: 'continued', step: 3, when: 1, before: null },
    { kind: 'branched', step: 2, when: 2, run: '7/a', name: 'parent', before: run.config },
  ] as const;
  const one = { ...over(tested(grown(run, 60), 60)), history, tags: ['x'], note: 'words' };
  const read = runOfRecord(stored(one)).run;
  expect(read).toMatchObject({ history, tags: ['x'], note: 'words', created: 1, style: run.style });
  expect(read.summary).toMatchObject({ testError: null, seconds: 6 });
  expect(read.error.length).toBe(0);
});

test('a net that diverged is kept like any other: what is no number stays none', () => {
  const [run] = freshRuns();
  const nan = [NaN, Infinity, NaN];
  const one = over({ ...grown(run, 3), error: Series.empty.append(nan), loss: Series.empty.append(nan) }, 'diverged', 2); // prettier-ignore
  const read = back({ ...one, evaluations: [{ step: 3, images: 9, complete: true, loss: NaN, error: NaN, seconds: 1 }] }); // prettier-ignore
  expect([...read.loss.values]).toEqual(nan);
  expect(read.evaluations[0]).toMatchObject({ loss: NaN, error: NaN });
  expect(read.end).toEqual({ reason: 'diverged', divergedAt: 2, failure: null });
});

test.each<readonly [string, (record: Record<string, unknown>) => unknown]>([
  ['no record', () => null],
  ['another kind', () => 'run'],
  ['a name that is none', (record) => ({ ...record, name: 7 })],
  ['a field that nobody knows', (record) => ({ ...record, more: 1 })],
  ['no lengths', (record) => ({ ...record, lengths: undefined })],
  ['a step that is none', (record) => ({ ...record, step: -1 })],
  ['another net', (record) => ({ ...record, config: { ...(record['config'] as object), batchSize: 0 } })],
  ['an end that is none', (record) => ({ ...record, end: { reason: 'tired' } })],
  ['a history of another config', (record) => ({ ...record, history: [{ kind: 'continued', step: 1, when: 1, before: {} }] })], // prettier-ignore
])('a damaged record is refused with what of it: %s', (_, damage) => {
  const [run] = freshRuns();
  const record = stored(over(grown(run, 2))) as unknown as Record<string, unknown>;
  expect(() => runOfRecord(damage(record))).toThrow(RecordError);
});
