/** The series of a run as plain arrays, in packs that follow each other. */
import * as v from 'valibot';
import type { Run } from '../state/run.ts';
import { Series } from '../state/series.ts';

export const seriesKeys = [
  'loggedSteps',
  'loss',
  'error',
  'learningRate',
  'trainingSeconds',
  'wallSeconds',
  'epoch',
  'speedSteps',
  'imagesPerSecond',
] as const;
export type SeriesKey = (typeof seriesKeys)[number];

const MOST_ROWS = 2 ** 31;

const columnSchema = v.pipe(
  v.strictObject({
    /** The number of its first entry. */
    from: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_ROWS)),
    values: v.instance(Float64Array),
    /** 1 for an entry of which nothing was logged; null where there is none. */
    absent: v.nullable(v.instance(Uint8Array)),
  }),
  v.check(
    ({ values, absent }) => absent === null || absent.length === values.length,
    'its parts differ in length',
  ),
);

/** New entries of a run's series; a series without new ones is absent. */
export const columnsSchema = v.partial(v.strictObject(v.entriesFromList(seriesKeys, columnSchema)));
export type Columns = v.InferOutput<typeof columnsSchema>;

/** How many entries of each series there are. */
export type Lengths = Readonly<Record<SeriesKey, number>>;

export type SeriesOf = Pick<Run, SeriesKey>;

export function lengthsOf(run: SeriesOf): Lengths {
  const length = (key: SeriesKey) => run[key]?.length ?? 0;
  return Object.fromEntries(seriesKeys.map((key) => [key, length(key)])) as Record<SeriesKey, number>;
}

export const noLengths: Lengths = Object.fromEntries(seriesKeys.map((key) => [key, 0])) as Record<
  SeriesKey,
  number
>;

/** What `run` has beyond `written`; null if nothing. Copies. */
export function columnsBeyond(run: SeriesOf, written: Lengths): Columns | null {
  const columns: Columns = {};
  for (const key of seriesKeys) {
    const series = run[key];
    const from = written[key];
    if (!series || series.length <= from) continue;
    const absent = series.absent?.slice(from);
    columns[key] = {
      from,
      values: series.values.slice(from),
      absent: absent?.includes(1) === true ? absent : null,
    };
  }
  return Object.keys(columns).length > 0 ? columns : null;
}

/** Whether `series` is `before`, or has grown out of it. */
export function continues(series: Run['loggedSteps'], before: Run['loggedSteps']): boolean {
  if (series === before) return true;
  if (!series || !before || before.length === 0) return (before?.length ?? 0) === 0;
  return series.length >= before.length && series.origin === before.origin;
}

/** What is wrong with series that no run of this page has: what the charts ask of them is not so. Null if nothing is. */
export function seriesFault(series: SeriesOf): string | null {
  const { loggedSteps, speedSteps, imagesPerSecond } = series;
  if (speedSteps.length !== imagesPerSecond.length) return 'its speeds and their steps differ in number';
  const steps = loggedSteps?.values;
  const ascends =
    steps?.every((step, i) => Number.isSafeInteger(step) && step > (steps[i - 1] ?? -1)) ?? true;
  if (!ascends) return 'its steps do not ascend';
  const length = steps?.length ?? Math.max(series.error.length, series.loss.length);
  const other = curveKeys.find((key) => ![0, length].includes(series[key].length));
  return other ? `its curves differ in length: ${other}` : null;
}

/** One entry a logged step, or none. */
const curveKeys = ['loss', 'error', 'learningRate', 'trainingSeconds', 'wallSeconds', 'epoch'] as const;

/** The series of packs in their order; null if they do not follow each other. */
export function seriesOf(packs: readonly Columns[], hasLoggedSteps: boolean): SeriesOf | null {
  const series: Partial<Record<SeriesKey, Series>> = {};
  for (const key of seriesKeys) {
    const parts = packs.flatMap((pack) => pack[key] ?? []);
    const length = parts.reduce((sum, { values }) => sum + values.length, 0);
    const values = new Float64Array(length);
    const absent = parts.some((part) => part.absent) ? new Uint8Array(length) : null;
    let at = 0;
    for (const part of parts) {
      if (part.from !== at) return null;
      values.set(part.values, at);
      if (part.absent) absent?.set(part.absent, at);
      at += part.values.length;
    }
    series[key] = Series.over(values, absent);
  }
  const { loggedSteps, ...rest } = series as Record<SeriesKey, Series>;
  return { ...rest, loggedSteps: hasLoggedSteps ? loggedSteps : null };
}
