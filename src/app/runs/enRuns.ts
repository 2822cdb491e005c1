/** The words about runs that the page says before it has any. */
import { integer } from '../ui/format.ts';

export const runs = {
  heading: 'Runs',
  empty: 'Every run is listed here, and stays when you train again.',
  recordings: 'Recorded runs',
  deleted: (count: number) => (count === 1 ? 'One run is deleted.' : `${integer(count)} runs are deleted.`),
  undo: 'Undo',
  dismiss: 'Close this message',
  dropped: (count: number) =>
    `${count === 1 ? 'The oldest run was' : `The ${integer(count)} oldest runs were`} let go: this page keeps the last 200 runs, and a million steps at most. Save what you want to keep.`,
  seeds: {
    next: 'Train with the next seed',
    several: 'Train with the next two seeds',
    hint: 'One after the other, each with other weights and other batches. From two seeds on the verdict counts them.',
    left: (count: number) =>
      count === 1 ? 'One more seed follows.' : `${integer(count)} more seeds follow, one after the other.`,
  },
};
