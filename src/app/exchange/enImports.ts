/** The words of imports. */
import { integer, megabytes } from '../ui/format.ts';

export const imports = {
  heading: 'Import',
  choose: 'Runs from a JSON file',
  chooseLog: 'Log of another program, or of this page (CSV)',
  archiveText:
    'Everything that another browser kept, in one file, comes in through either field, or dropped here. It is looked through to its last byte first: all of it comes in, or nothing.',
  text: 'They are drawn faintly beside the runs of this page, and marked as imported. A log is a table whose first line names its columns, separated by commas, semicolons, tabs or blanks, or JSON, one object a line or a list; you choose what the columns mean. Up to 250 MB, 1,000 columns, 25 million cells and 64 runs are read.',
  reading: (file: string, bytes: number, all: number) =>
    `Reading ${file}: ${megabytes(bytes)} of ${megabytes(all)} MB`,
  interpreting: 'Reading the columns anew',
  cancel: 'Cancel',
  cancelled: (file: string) => `${file} was not read to its end. Nothing has changed.`,
  noReader:
    'The part of this page that reads files did not load, or failed. Try again; if it stays so, keep your runs with \u201cRuns as JSON\u201d, and load the page again.',
  importedName: (name: string) => `${name} (imported)`,
  remove: (name: string) => `Remove ${name}`,
  read: (file: string, runs: number) =>
    `${file}: ${runs === 1 ? 'one run is' : `${integer(runs)} runs are`} on the charts now.`,
  weights: 'Weights to start a lane from (safetensors)',
  weightsText:
    'They must be of the lane\u2019s own net, by PyTorch\u2019s names, with a wrapper\u2019s prefix or without, in 16, 32 or 64 bits. The lane starts from them with the next Train, with a fresh optimiser and schedule.',
  weightsLane: 'Lane',
  seedAgain: (lane: string) => `Start ${lane} from its seed again`,
  locked: 'Lanes are locked while they train: stop first.',
  safe: 'What was on the page is still there.',
};
