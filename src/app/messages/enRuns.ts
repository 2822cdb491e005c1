/** The words of the table of runs. */
import type { ScheduleConfig } from '../../model/config.ts';
import type { RecordingEntry } from '../../model/recording.ts';
import type { Run } from '../store/run.ts';
import type { ColumnKey, RunFacts, SettingKey } from '../store/runFacts.ts';
import { differingSettings, valuesOf, type Spread } from '../store/runsTable.ts';
import { recipeLine } from './enExport.ts';
import { calendarDay, duration, integer, list, percent, plainNumber, points } from './format.ts';

export const runs = {
  heading: 'Runs',
  count: (shown: number, all: number) =>
    shown === all ? integer(all) : `${integer(shown)} of ${integer(all)}`,
  empty: 'Every run is listed here, and stays when you train again.',
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
  deleted: (count: number) => (count === 1 ? 'One run is deleted.' : `${integer(count)} runs are deleted.`),
  undo: 'Undo',
  dismiss: 'Close this message',
  trainsStill: 'Runs that train cannot be deleted: stop them first.',
  dropped: (count: number) =>
    `${count === 1 ? 'The oldest run was' : `The ${integer(count)} oldest runs were`} let go: this page keeps the last 200 runs, and a million steps at most. Save what you want to keep.`,
  seeds: {
    next: 'Train with the next seed',
    several: 'Train with the next two',
    hint: 'One after the other, each with other weights and other batches. From two seeds on the verdict counts them.',
    left: (count: number) =>
      count === 1 ? 'One more seed follows.' : `${integer(count)} more seeds follow, one after the other.`,
  },
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
  seed: 'Seed',
  optimizer: 'Optimiser',
  learningRate: 'Rate',
  momentum: 'Momentum',
  schedule: 'Schedule',
  weightDecay: 'Weight decay',
  batchSize: 'Batch',
  budget: 'Budget',
  augment: 'Augmentation',
  normalisation: 'Normalisation',
  order: 'Order',
  start: 'Starts from',
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
    case 'optimizer':
      return { sgd: 'SGD', adam: 'Adam', rmsprop: 'RMSprop' }[config.optimizer.type];
    case 'augment':
      return config.augment === 'paper' ? 'yes' : 'none';
    case 'normalisation':
      return typeof config.normalisation === 'string' ? config.normalisation : 'own';
    case 'start':
      return settings.start === '' ? 'its seed' : String(settings.start);
    default: {
      const value = settings[key];
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

export const recordings = {
  open: 'Recorded runs',
  heading: 'Recorded runs',
  text: 'Long runs of these nets, trained by this program and recorded step by step. They are drawn faintly behind what trains here; all of them as the mean of each net\u2019s seeds, with a band. Compare with care: settings that differ stand in the table of runs.',
  loading: 'Loading the list\u2009\u2026',
  show: (name: string) => `Show ${name}`,
  /** On the charts and in the table; its seed, as of any repetition, is a number behind it. */
  name: (net: string, seed: number) => `${net} recorded${seed === 1 ? '' : ` (${integer(seed)})`}`,
  about: ({ config, steps, device, commit, date }: RecordingEntry) =>
    `${recipeLine(config)}. ${integer(steps)} steps on ${device}, commit ${commit}, ${calendarDay(new Date(`${date}T12:00:00`))}.`,
  showAll: 'Show all',
  removeAll: 'Remove all',
  failed: (why: string) =>
    `${why} Nothing else on this page has changed. Check the connection and try again.`,
  close: 'Close',
};
