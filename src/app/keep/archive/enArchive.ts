/** The words about archives: everything that is kept, as one file. */
import { cut } from '../../../model/boundedText.ts';
import { integer, megabytes } from '../../ui/format.ts';

const again = 'Save it once more and try again.';
const named = (name: string) => cut(name, 100);
const shown = (text: string) => cut(text, 200);

export const archiveFaults = {
  cutShort: (name: string) => `${named(name)} was cut short: what it begins it does not hold whole. ${again}`,
  header: (name: string, at: number, what: string) =>
    `${named(name)} is damaged, or no archive of this page: at byte ${integer(at)} stands ${what}. ${again}`,
  twice: (name: string, path: string) =>
    `${named(name)} is damaged or was changed: it holds ${shown(path)} twice. ${again}`,
  manyFiles: (name: string, most: number) =>
    `${named(name)} holds more than ${integer(most)} files, and no more are read. It is no archive of this page.`,
  noManifest: (name: string) =>
    `${named(name)} holds no manifest.json, so it is no archive of this page, or was cut short. Choose a file that \u201cEverything as one file\u201d saved.`,
  newer: (name: string, version: string, known: number) =>
    `${named(name)} is an archive of version ${cut(version, 20)}, and this page reads version ${integer(known)}. Load the page again to have its newest version, or use the one that wrote the file.`,
  json: (name: string, path: string) => `${named(name)} is damaged: its ${shown(path)} is not JSON. ${again}`,
  content: (name: string, path: string, what: string) =>
    `${named(name)} is damaged or was changed by hand. In ${shown(path)}: ${shown(what)}. ${again}`,
  size: (name: string, path: string, bytes: number, expected: number) =>
    `${named(name)} is damaged or was changed: ${shown(path)} has ${integer(bytes)} bytes and not ${integer(expected)}. ${again}`,
  digest: (name: string, path: string) =>
    `${named(name)} is damaged or was changed: ${shown(path)} is not as it was written, its SHA-256 is another. ${again}`,
  missing: (name: string, path: string) =>
    `${named(name)} is damaged or was changed: it lacks ${shown(path)}. ${again}`,
  unknown: (name: string, path: string) =>
    `${named(name)} is damaged or was changed: it holds ${shown(path)}, which is nothing of an archive. ${again}`,
  large: (name: string, path: string, bytes: number, most: number) =>
    `${named(name)} holds ${shown(path)} of ${megabytes(bytes)} MB, and at most ${megabytes(most)} MB are read.`,
  unread: (name: string) =>
    `${named(name)} cannot be read any more: it was changed, moved or taken away meanwhile. Choose it again.`,
  room: (name: string, needed: number, free: number) =>
    `${named(name)} needs ${megabytes(needed)} MB here, and this browser has ${megabytes(free)} MB left for the page. Delete runs that you do not need, or bring in an archive without moments.`,
  noId: (name: string, run: string) =>
    `${named(name)} holds ${cut(run, 100)}, of which this browser keeps too many other versions. Delete some of them first.`,
  cancelled: (name: string) => `${named(name)} was not brought in. Nothing has changed.`,
  savingCancelled: 'Nothing was saved.',
  noKeeping:
    'This browser keeps no runs for this page, so there is nothing to save, and no place for what a file holds. Save your runs as JSON.',
  changed: 'it is another one than its run speaks of',
  otherPicture: 'it is another picture than its view speaks of',
  sameId: 'another run of the file has its id',
  afterEnd: 'it is of a step that its run has not taken',
  listed: 'its moments are not in order',
};

/** What a person finds who opens the file with another program. */
export const aboutArchive = `This file holds everything that a Residual Playground kept in a browser. The page reads it again: Export and import, Import.

manifest.json                     what wrote it, and each other file with its bytes and its SHA-256
session.json                      what stood on the page
runs/00001/run.json               a run: its settings, its tests, its history, tags and note
runs/00001/points.safetensors     its curves: each a tensor of float64, one entry a step
runs/00001/views/NNN.svg          the picture of a view into its net that was kept with it; what the view said stands in run.json
runs/00001/moments.json           which of its moments are kept
runs/00001/moments/NNN.safetensors  the net after NNN steps: its weights under PyTorch's names, and what training goes on with

Numbers that JSON cannot write stand as {"$number": "NaN"}. Nothing is compressed.
`;
