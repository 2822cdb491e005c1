/** The words where everything is saved as one file, and brought in from one. */
import type { ArchiveSizes } from '../../state/archives.ts';
import type { KeepFaultKind } from '../../state/keeping.ts';
import { integer, list, megabytes } from '../../ui/format.ts';

const runs = (count: number) => (count === 1 ? 'one run' : `${integer(count)} runs`);
const moments = (count: number) => (count === 1 ? 'one moment' : `${integer(count)} moments`);

export const archiveWords = {
  heading: 'Everything',
  save: 'Everything as one file',
  text: 'Every run that this browser keeps, with its curve, tests, history, tags, note and kept views: to be brought in on another machine, under Import. Any program that opens a tar shows what is in it.',
  withMoments: 'With the nets at their kept moments, to go on from',
  counting: 'Counting what is kept\u2009\u2026',
  sizes: ({ runs: count, curves, pictureBytes, moments: saved, momentBytes }: ArchiveSizes) =>
    `${runs(count)}, ${megabytes(curves)} MB of curves${pictureBytes > 0 ? `, ${megabytes(pictureBytes)} MB of pictures of views` : ''}; ${moments(saved)}, ${megabytes(momentBytes)} MB.`,
  /** Why there is nothing to save. */
  off: {
    denied:
      'This browser does not let the page store anything, as in some private windows: save your runs as JSON.',
    full: 'There is no room left in this browser: save your runs as JSON.',
    newer:
      'What is kept here was written by a newer version of this page, and is left as it is. Load the page again to have that version; until then, save your runs as JSON.',
    blocked: 'Another tab has this page open in another version. Close it, and load this one again.',
    failed: 'The storage of this browser does not work: save your runs as JSON.',
  } satisfies Record<KeepFaultKind, string>,
  none: 'No run is kept yet: press Train first.',
  saving: (percent: string) => `Saving everything: ${percent}`,
  reading: (file: string, percent: string) => `Bringing in ${file}: ${percent}`,
  cancel: 'Cancel',
  saved: (file: string, count: number, saved: number) =>
    `${file} is with your downloads: ${runs(count)}, ${moments(saved)}.`,
  damaged: (count: number, lost: number, pictures: number) =>
    `Left out, because they cannot be read: ${runs(count)}, ${moments(lost)}${pictures > 0 ? `, ${pictures === 1 ? 'one picture of a view' : `${integer(pictures)} pictures of views`}` : ''}. They stay where they are.`,
  cancelled: 'Nothing was saved.',
  failed: (why: string) => `It was not saved. ${why}`,
  broughtIn: (file: string, count: number, saved: number) =>
    `${file}: ${runs(count)} and ${moments(saved)} came in, and are in the list of runs.`,
  present: (count: number) => `${runs(count)} of it ${count === 1 ? 'was' : 'were'} here already.`,
  copies: (names: readonly string[], more: number) =>
    `Beside one of the same origin that has gone another way here: ${list(names)}${more > 0 ? `, and ${integer(more)} more` : ''}.`,
  fileName: (day: string) => `residual-playground-${day}.tar`,
};
