/** The words where a part of the page failed or did not arrive, and of dialogs. */
import type { Fault, FaultFacts } from './partFault.ts';
import { sentence } from '../format.ts';

export const dialog = { close: 'Close' };

/** The parts of the page that can fail by themselves, as the subject of a sentence. Those that come later are called like their file. */
const names = {
  page: 'The page',
  header: 'The header',
  start: 'The start',
  failure: 'The report of a failure',
  experiment: 'The experiment',
  lanes: 'The list of nets',
  settings: 'The settings',
  verdict: 'The verdict',
  chart: 'The chart',
  curves: 'Saving the curves',
  weights: 'Saving weights',
  LastRunFacts: 'Your last run',
  YourAnswer: 'What came of your answer',
  SessionNotes: 'The report on your runs',
  laterActions: 'What was pressed',
  viewActions: 'Keeping a view',
  speedMeter: 'The measuring of this device',
  measureSpeed: 'The measuring of this device',
  offlineHere: 'Keeping the page for use without a network',
  insideClient: 'Looking into the nets',
  LabPlace: 'The lab',
  RunsPlace: 'The list of runs',
  ChartsPanel: 'The charts',
  ChartSave: 'Saving as a picture',
  saveChart: 'Saving as a picture',
  CurveTable: 'The table',
  PinnedReading: 'The reading',
  ShortcutsList: 'The list of keys',
  PresetChooser: 'The list of experiments',
  ExperimentDetails: 'The details',
  LaneEditor: 'The net\u2019s settings',
  NetPicker: 'The choice of a net',
  InsidePanel: 'The views into the nets',
  architectureView: 'The drawing of the nets',
  signalView: 'This view',
  predictionsView: 'This view',
  cutView: 'This view',
  gradCamView: 'This view',
  landscapeView: 'This view',
  weightsView: 'This view',
  shatteredView: 'This view',
  blocksView: 'This view',
  growView: 'This view',
  inside: 'This view',
  MomentPanel: 'The moments of the run',
  StartWeights: 'The choice of weights',
  RunsTable: 'The table of runs',
  RecordingsList: 'The list of recorded runs',
  ScriptSection: 'The PyTorch script',
  ImportSection: 'Importing',
  LogChooser: 'The reader of logs',
  logClient: 'The reader of files',
  ArchiveSection: 'Saving everything',
  writeArchive: 'Saving everything',
  importArchive: 'The reader of archives',
  TermText: 'The explanation',
  WordsList: 'The list of words',
} as const;
export type PartName = keyof typeof names;

export const parts = {
  failed: (name: PartName, fault: Fault) =>
    fault === 'failed' ? `${names[name]} failed.` : `${names[name]} could not be loaded.`,
  failedShort: (name: PartName) => `${names[name]}: not loaded.`,
  /** `file` is the one that it is about, where that is known; `detail` what the error itself says. */
  why: {
    unreachable: () => 'The server cannot be reached: check the connection, then try again.',
    late: ({ file }: FaultFacts) =>
      `The server has not sent ${file ?? 'a file'} within half a minute: check the connection, then try again.`,
    missing: ({ file }: FaultFacts) =>
      `The server has no ${file ?? 'a file'}. Try again; if it stays so, save your runs and load the page again.`,
    broken: () =>
      'What the server sent cannot be run. Try again; if it stays so, save your runs and load the page again.',
    old: () =>
      'This page is of an older version than the one that the server has now, and what it asks for is gone. Save your runs, then load the page again.',
    failed: ({ detail }: FaultFacts) => `What happened: ${sentence(detail)} The rest of the page goes on.`,
  } satisfies Record<Fault, (facts: FaultFacts) => string>,
  safe: 'Your runs are here, and what trains goes on.',
  nothingLost: 'Your lanes and settings are here: nothing is lost.',
  retry: 'Try again',
  save: 'Save runs as JSON',
  reload: 'Load the page again',
};
