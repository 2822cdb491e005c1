/** The words of the table of runs. */
import type { ScheduleConfig } from '../../../model/config.ts';
import { isSettingName } from '../../../model/recipeSettings.ts';
import { ofEachSetting } from '../../../model/settingValues.ts';
import type { Run } from '../../state/run.ts';
import { wordsOf } from '../enRecipeSettings.ts';
import type { ColumnKey, RunFacts, SettingKey } from './runFacts.ts';
import { differingSettings, valuesOf, type Spread } from './runsTable.ts';
import { duration, integer, list, percent, plainNumber, points } from '../../ui/format.ts';

export const runsTable = {
  count: (shown: number, all: number) =>
    shown === all ? integer(all) : `${integer(shown)} of ${integer(all)}`,
  noneFound: 'No run has all these words.',
  caption: 'Runs of this page, their settings and results',
  filter: 'Filter runs',
  filterHint: 'Words of names and settings',
  stateFilter: 'State',
  anyState: 'any state',
  differencesOnly: 'Differences only',
  differencesHint: 'Leaves out the settings that are the same in all rows.',
  group: 'Group by configuration',
  groupHint:
    'Runs that differ in their seed alone become one: mean and standard deviation, and one curve with a band.',
  actions: 'Actions',
  select: (name: string) => `Select ${name}`,
  selectAll: 'Select all',
  selected: (count: number) => `${integer(count)} selected`,
  show: 'Show',
  hide: 'Hide',
  remove: 'Delete',
  csv: 'CSV',
  json: 'JSON',
  eye: (name: string) => `Show ${name} on the charts`,
  rename: (name: string) => `Rename ${name}`,
  renameHint: 'Rename',
  expand: (name: string) => `Seeds of ${name}`,
  groupName: (name: string, count: number) => `${name}, ${integer(count)} seeds`,
  trainsStill: 'Runs that train cannot be deleted: stop them first.',
};

export const columns: Readonly<Record<ColumnKey, string>> = {
  name: 'Name',
  state: 'State',
  steps: 'Steps',
  trainingError: 'Training error',
  testError: 'Test error',
  seconds: 'Time',
  speed: 'Images/s',
  depth: 'Depth',
  block: 'Block',
  shortcut: 'Shortcut',
  width: 'Filters',
  schedule: 'Schedule',
  budget: 'Budget',
  normalisation: 'Normalisation',
  start: 'Starts from',
  ...ofEachSetting((name) => wordsOf(name).column ?? wordsOf(name).label),
};

export const columnHints: Partial<Readonly<Record<ColumnKey, string>>> = {
  trainingError: 'Mean of the last 50 steps',
  testError: 'Last evaluation on all 10,000 test images',
  seconds: 'Of training: pauses and tests left out',
};

const none = '\u2013';

export const stateText = ({ end, state }: Pick<Run, 'end' | 'state'>): string =>
  end
    ? { completed: 'done', stopped: 'stopped', diverged: 'diverged', error: 'failed' }[end.reason]
    : { queued: 'queued', waiting: 'waiting', running: 'training', paused: 'paused', ended: 'ended' }[state];

/** A cell of a run's row. */
export function cellText(row: RunFacts, key: ColumnKey): string {
  const { run } = row;
  switch (key) {
    case 'name':
      return run.name;
    case 'state':
      return stateText(run);
    case 'steps':
      return integer(row.steps);
    case 'trainingError':
    case 'testError':
      return row[key] === null ? none : percent(row[key]);
    case 'seconds':
      return row.seconds === null ? none : duration(row.seconds);
    case 'speed':
      return row.speed === null ? none : integer(row.speed);
    default:
      return settingText(row, key);
  }
}

export function settingText({ settings, run: { config } }: RunFacts, key: SettingKey): string {
  if (!settings || !config) return none;
  switch (key) {
    case 'schedule':
      return scheduleText(config.schedule);
    case 'normalisation':
      return typeof config.normalisation === 'string' ? config.normalisation : 'own';
    case 'start':
      return settings.start === '' ? 'its seed' : String(settings.start);
    default: {
      const value = settings[key];
      const { options, cells = options } = isSettingName(key) ? wordsOf(key) : {};
      const named = cells?.[value];
      if (named !== undefined) return named;
      return value === '' ? none : typeof value === 'number' ? plainWhole(value) : value;
    }
  }
}

const plainWhole = (value: number) => (Number.isInteger(value) ? integer(value) : plainNumber(value));

function scheduleText(schedule: ScheduleConfig): string {
  const kind =
    schedule.type === 'steps'
      ? `\u00d7${plainNumber(schedule.factor)} at ${schedule.milestones.map(integer).join(', ')}`
      : schedule.type;
  return schedule.warmUp ? `${kind}, warm-up` : kind;
}

/** "60.1% ± 1.2": a group's cell. */
export function spreadText(spread: Spread | null, key: ColumnKey): string {
  if (!spread) return none;
  const isShare = key === 'trainingError' || key === 'testError';
  const text = isShare
    ? percent(spread.mean)
    : key === 'seconds'
      ? duration(spread.mean)
      : integer(spread.mean);
  if (!isShare || spread.deviation === null) return text;
  return `${text} \u00b1 ${points(spread.deviation)}`;
}

/** What differs between the rows, in a sentence: "depth 20 → 56; everything else is equal". Empty for one row. */
export function differenceText(rows: readonly RunFacts[]): string {
  const known = rows.filter((row) => row.settings !== null);
  const unknown = rows.length - known.length;
  const unknownText =
    unknown === 0
      ? ''
      : `The settings of ${unknown === 1 ? 'one run' : `${integer(unknown)} runs`} are not known.`;
  if (known.length < 2) return unknownText;
  const keys = differingSettings(known);
  if (keys.length === 0) return `These runs are set alike, seed and all. ${unknownText}`.trim();
  const parts = keys.map((key) => {
    const values = valuesOf(rows, key).map((row) => settingText(row, key));
    const shown = values.length > 5 ? [...values.slice(0, 4), '\u2026'] : values;
    return `${columns[key].toLowerCase()} ${shown.join(values.length === 2 ? ' \u2192 ' : ', ')}`;
  });
  return `${list(parts)}; everything else is equal. ${unknownText}`.trim();
}
