/** The words about what is kept in this browser, and what room that takes. */
import type { RemovalKind } from './space.ts';
import { integer, joined } from '../../ui/format.ts';

const runs = (count: number) => (count === 1 ? 'one run' : `${integer(count)} runs`);
const moments = (count: number) => (count === 1 ? 'one moment' : `${integer(count)} moments`);

export const storage = {
  label: 'Storage',
  /** "Kept in this browser: 12 runs, 3.2 MB of curves, 45.1 MB of moments." */
  used: (count: number, curves: string, checkpoints: string | null, pictures: string | null) =>
    `Kept in this browser: ${runs(count)}, ${curves} of curves${checkpoints === null ? '' : `, ${checkpoints} of moments`}${pictures === null ? '' : `, ${pictures} of pictures of views`}.`,
  free: (free: string) => `${free} are free.`,
  persistent: 'The browser will not clear it by itself.',
  fleeting: 'The browser may clear it when the disk is short.',
  persist: 'Ask it not to',
  refused: 'It does not promise that now. Export what you want to be sure of.',
  freeSpace: 'Free space \u2026',
  heading: 'Free space',
  what: 'Nothing leaves before you press Remove.',
  nothing:
    'There is nothing to remove: no run that is over has moments between its first and its last, none that is hidden has any. Whole runs are offered here when they are selected in the table.',
  kinds: {
    between: 'Moments between the first and the last of runs that are over',
    hidden: 'All moments of hidden runs',
    chosen: 'The runs selected in the table, whole',
  } satisfies Record<RemovalKind, string>,
  consequences: {
    between:
      'Their curves and results stay, and they can be gone on with from the end, but not branched in between.',
    hidden: 'Their curves and results stay; they can no longer be gone on with, nor branched.',
    chosen: 'Their curves, results, notes, views and moments.',
  } satisfies Record<RemovalKind, string>,
  /** "12 moments of 3 runs, 4.2 MB" */
  takes: (whole: number, momentCount: number, ofRuns: number, size: string) =>
    joined(
      ', ',
      whole > 0 ? runs(whole) : '',
      momentCount > 0 ? `${moments(momentCount)}${whole > 0 ? '' : ` of ${runs(ofRuns)}`}` : '',
      size,
    ),
  together: (takes: string) => `Together: ${takes}.`,
  undoable:
    'It can be undone until you close the message that follows, delete something else or load the page again. The room is free then.',
  final: 'There is no room left, so it is removed at once: this cannot be undone.',
  remove: (size: string) => `Remove ${size}`,
};

export const unreadable = (count: number) =>
  `${count === 1 ? 'One kept run' : `${integer(count)} kept runs`} cannot be read, and ${count === 1 ? 'is' : 'are'} not listed. What is stored of ${count === 1 ? 'it' : 'them'} stays as it is.`;
