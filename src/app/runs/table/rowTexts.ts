/** What stands in the cells of the table of runs, and what differs between its rows. */
import { dayAndTime, duration, integer, percent, plainNumber } from '../../ui/format.ts';
import type { RunConfig } from '../../../model/config.ts';
import { isSettingName } from '../../../model/recipeSettings.ts';
import { wordsOf } from '../enRecipeSettings.ts';
import type { Run } from '../../state/run.ts';
import { isElsewhere } from '../isElsewhere.ts';
import { cells as words, differences, endNames, stateNames } from './enRunsTable.ts';
import { factsOf, type ColumnKey, type RunFacts, type SettingKey } from './runFacts.ts';
import { differingSettings, valuesOf, type Spread } from './runsTable.ts';

export const stateText = (run: Run): string =>
  isElsewhere(run) ? words.elsewhere : run.end ? endNames[run.end.reason] : stateNames[run.state];

/** A cell of a run's row. */
export function cellText(row: RunFacts, key: ColumnKey): string {
  const { run } = row;
  switch (key) {
    case 'name':
      return run.name;
    case 'state':
      return stateText(run);
    case 'created':
      return run.created === null ? words.none : dayAndTime(new Date(run.created));
    case 'steps':
      return integer(row.steps);
    case 'trainingError':
    case 'testError':
      return row[key] === null ? words.none : percent(row[key]);
    case 'seconds':
      return row.seconds === null ? words.none : duration(row.seconds);
    case 'speed':
      return row.speed === null ? words.none : integer(row.speed);
    default:
      return settingText(row, key);
  }
}

function settingText({ settings, run: { config } }: RunFacts, key: SettingKey): string {
  if (!settings || !config) return words.none;
  switch (key) {
    case 'schedule':
      return words.schedule(config.schedule);
    case 'normalisation':
      return typeof config.normalisation === 'string' ? config.normalisation : words.ownNormalisation;
    case 'start':
      return settings.start === '' ? words.itsSeed : String(settings.start);
    default: {
      const value = settings[key];
      const { options, cells = options } = isSettingName(key) ? wordsOf(key) : {};
      const named = cells?.[value];
      if (named !== undefined) return named;
      return value === '' ? words.none : typeof value === 'number' ? plainWhole(value) : value;
    }
  }
}

const plainWhole = (value: number) => (Number.isInteger(value) ? integer(value) : plainNumber(value));

/** A group's cell: of errors the mean with its std, of all else the mean. */
export function spreadText(spread: Spread | null, key: ColumnKey): string {
  if (!spread) return words.none;
  const { mean, std } = spread;
  if (key === 'seconds') return duration(mean);
  if (key !== 'trainingError' && key !== 'testError') return integer(mean);
  return std === null ? percent(mean) : words.spread(percent(mean), std);
}

/** What differs between two configurations of a run: "depth 20 \u2192 56"; empty where one is not known. */
export function changesText(before: RunConfig | null, after: RunConfig | null, run: Run): readonly string[] {
  if (!before || !after) return [];
  const rows = [before, after].map((config) => factsOf({ ...run, config }));
  return differingSettings(rows).map((key) =>
    differences.of(
      key,
      rows.map((row) => settingText(row, key)),
    ),
  );
}

/** Values of a setting that are named when there are more than {@link MOST_VALUES}. */
const SOME_VALUES = 4;
const MOST_VALUES = 5;

/** What differs between the rows, in a sentence: "depth 20 → 56; everything else is equal." Empty for one row. */
export function differenceText(rows: readonly RunFacts[]): string {
  const known = rows.filter((row) => row.settings !== null);
  const unknown = differences.unknown(rows.length - known.length);
  if (known.length < 2) return unknown;
  const parts = differingSettings(known).map((key) => {
    const values = valuesOf(known, key).map((row) => settingText(row, key));
    const shown = values.length > MOST_VALUES ? [...values.slice(0, SOME_VALUES), differences.more] : values;
    return differences.of(key, shown);
  });
  return [parts.length === 0 ? differences.none : differences.text(parts), unknown].filter(Boolean).join(' ');
}
