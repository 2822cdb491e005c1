/** The words about runs that the page says before it has any. */
import { integer, joined } from '../ui/format.ts';
import type { RunOrigin } from '../state/runOrigin.ts';

export const runs = {
  heading: 'Runs',
  origins: 'Which runs',
  origin: {
    all: 'All',
    here: 'Trained here',
    recorded: 'Recorded',
    file: 'From files',
  } satisfies Record<RunOrigin | 'all', string>,
  /** How many of those that come with the page are listed: "0 of 11". */
  listedOf: (listed: number, all: number) =>
    listed === all ? integer(all) : `${integer(listed)} of ${integer(all)}`,
  none: 'No runs yet',
  toLab: 'Train in the lab',
  toRecorded: 'See recorded runs',
  empty: {
    all: 'Every net that you train is kept here with its curve and its settings, to be compared with the next.',
    here: 'Nothing has been trained on this page yet. Every net that you train is kept here with its curve and its settings.',
    recorded: 'None is shown yet: choose above which to put beside your own.',
    file: 'None was opened yet: Export, import reads runs of this page and logs of other programs.',
  } satisfies Record<RunOrigin | 'all', string>,
  deleted: (count: number, moments: number, views: number) =>
    joined(
      ' ',
      count === 0 ? '' : count === 1 ? 'One run is deleted.' : `${integer(count)} runs are deleted.`,
      moments === 0
        ? ''
        : moments === 1
          ? 'One moment is removed.'
          : `${integer(moments)} moments are removed.`,
      views === 0
        ? ''
        : views === 1
          ? 'One kept view is removed.'
          : `${integer(views)} kept views are removed.`,
    ),
  undo: 'Undo',
  dismiss: 'Close this message',
  dropped: (count: number) =>
    `${count === 1 ? 'The oldest run was' : `The ${integer(count)} oldest runs were`} let go: where nothing is kept in the browser, the page holds the last 200 runs, and a million steps at most. Save what you want to keep.`,
  seedsLeft: (count: number) =>
    count === 1 ? 'One more seed follows.' : `${integer(count)} more seeds follow, one after the other.`,
};
