/** The words of the table of runs. */
import type { ScheduleConfig } from '../../../model/config.ts';
import type { RunEndReason } from '../../state/run.ts';
import { ERROR_MEAN_STEPS } from '../../../model/errorMean.ts';
import type { Run } from '../../state/run.ts';
import type { ColumnKey } from './runFacts.ts';
import { integer, list, plainNumber, points } from '../../ui/format.ts';
import { ofEachSetting } from '../../../model/settingValues.ts';
import { wordsOf } from '../enRecipeSettings.ts';

export const runsTable = {
  count: (shown: number, all: number) =>
    shown === all ? integer(all) : `${integer(shown)} of ${integer(all)}`,
  noneFound: 'No run is like this.',
  caption: 'Runs of this page, their settings and results',
  filter: 'Filter runs',
  filterHint: 'Names, settings, tags, notes',
  tagFilter: 'Tag',
  anyTag: 'any tag',
  ofTag: (tag: string) => `Only runs tagged ${tag}`,
  stateFilter: 'State',
  anyState: 'any state',
  differencesOnly: 'Differences only',
  differencesHint: 'Leaves out the settings that are the same in all rows.',
  group: 'Group by configuration',
  groupHint:
    'Runs that differ in their seed alone become one: mean and standard deviation, and one curve with a band.',
  allColumns: 'All columns',
  allColumnsHint: 'Also time, speed, when it was begun, and its moments. This browser remembers it.',
  actions: (name: string) => `Actions of ${name}`,
  actionsColumn: 'Actions',
  curveColumn: 'Curve',
  momentsColumn: 'Moments',
  momentsHint: 'Checkpoints that can be gone on from, and what they take up',
  /** "9, 2.1 MB" */
  moments: (count: number, megabytes: string) => `${integer(count)}, ${megabytes} MB`,
  details: (name: string) => `Details of ${name}`,
  editDetails: 'Tags and note',
  showOne: 'Show on the charts',
  hideOne: 'Hide on the charts',
  goOn: (step: number) => (step === 0 ? 'Train from the beginning' : `Continue from step ${integer(step)}`),
  busy: 'Something trains now: stop it first.',
  elsewhere: 'Another tab trains it: what is done to it is done there.',
  damaged: (names: readonly string[]) =>
    `The ${names.length === 1 ? 'curve' : 'curves'} of ${list(names)} cannot be read. What is stored of ${names.length === 1 ? 'it' : 'them'} stays as it is.`,
  notRead: 'A curve cannot be read, so no file was made. Leave out runs that cannot be shown, and try again.',
  addTag: 'Add a tag',
  addTagHint: 'tag',
  select: (name: string) => `Select ${name}`,
  selectAll: 'Select all',
  sortBy: 'Sort by',
  asTheyCame: 'as they came',
  turnOrder: 'The other way round',
  selected: (count: number) => `${integer(count)} selected`,
  show: 'Show',
  hide: 'Hide',
  remove: 'Delete',
  csv: 'CSV',
  json: 'JSON',
  eye: (name: string) => `Show ${name} on the charts`,
  rename: (name: string) => `Rename ${name}`,
  renameHint: (name: string) => `${name}: rename`,
  expand: (name: string) => `Seeds of ${name}`,
  groupName: (name: string, count: number) => `${name}, ${integer(count)} seeds`,
  trainsStill: 'Runs that train cannot be deleted: stop them first.',
};

export const columns: Readonly<Record<ColumnKey, string>> = {
  name: 'Name',
  state: 'State',
  created: 'Begun',
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
  trainingError: `Mean of the last ${ERROR_MEAN_STEPS} steps; while a net trains, of those that the verdict looks at`,
  testError: 'Last evaluation on all 10,000 test images',
  seconds: 'Of training: pauses and tests left out',
};

/** Of a run that is over, by why; and of any other. */
export const endNames: Readonly<Record<RunEndReason, string>> = {
  completed: 'done',
  stopped: 'stopped',
  diverged: 'diverged',
  error: 'failed',
  interrupted: 'interrupted',
};
export const stateNames: Readonly<Record<Run['state'], string>> = {
  queued: 'queued',
  waiting: 'waiting',
  running: 'training',
  paused: 'paused',
  ended: 'ended',
};

export const cells = {
  none: '\u2013',
  elsewhere: 'training in another tab',
  ownNormalisation: 'own',
  itsSeed: 'its seed',
  schedule: (schedule: ScheduleConfig) => {
    const kind =
      schedule.type === 'steps'
        ? `\u00d7${plainNumber(schedule.factor)} at ${schedule.milestones.map(integer).join(', ')}`
        : schedule.type;
    return schedule.warmUp ? `${kind}, warm-up` : kind;
  },
  /** "60.1% \u00b1 1.2"; `std` is a share, 0 to 1. */
  spread: (mean: string, std: number) => `${mean} \u00b1 ${points(std)}`,
};

/** What differs between the rows, in a sentence. */
export const differences = {
  unknown: (count: number) =>
    count === 0 ? '' : `The settings of ${count === 1 ? 'one run' : `${integer(count)} runs`} are not known.`,
  none: 'These runs are set alike, seed and all.',
  /** "depth 20 \u2192 56", "seed 1, 2, 3" */
  of: (key: ColumnKey, values: readonly string[]) =>
    `${columns[key].toLowerCase()} ${values.join(values.length === 2 ? ' \u2192 ' : ', ')}`,
  more: '\u2026',
  text: (parts: readonly string[]) => `${list(parts)}; everything else is equal.`,
};
