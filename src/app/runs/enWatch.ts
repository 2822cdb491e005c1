/** The words of recorded runs that are watched. */
import { integer, points, sentence } from '../ui/format.ts';

export const watch = {
  /** The button, wherever it stands. */
  one: (steps: number) => `Watch the recorded run (${integer(steps)} steps)`,
  /** Of the long ones, which show what no short one does: the whole of the paper's figure 6. */
  crossing: (steps: number) => `Watch depth hurt plain nets and help ResNets (${integer(steps)} steps)`,
  hint: 'The same kinds of nets, trained ahead of time by this program, drawn behind your own.',
  coming: 'The recorded runs are on their way\u2009\u2026',
  failed: (why: string) => `${sentence(why)} Nothing else on this page has changed.`,
  again: 'Try again',
  heading: (steps: number) => `In the recorded runs, after ${integer(steps)} steps`,
  /** The gap of the same two nets with another seed, 0 to 1; null where there is none beyond the noise. */
  withSeed: (seed: number, gap: number | null) =>
    gap === null
      ? `With seed ${seed} none is beyond the noise.`
      : `With seed ${seed} it is ${points(gap)} points.`,
  away: 'Take the recorded runs away',
};
