/** The words about one run below its row. */
import type { RunOrigin } from '../../state/runOrigin.ts';
import { integer, joined } from '../../ui/format.ts';

export const details = {
  tags: 'Tags',
  tagsHint: 'With commas between',
  note: 'Note',
  noteHint: 'What you want to remember of it',
  from: 'From',
  /** "Trained here, Nov 21, 2026, 14:05" */
  origin: (origin: RunOrigin, when: string) =>
    joined(
      ', ',
      { here: 'Trained here', recorded: 'Recorded with the page', file: 'Out of a file' }[origin],
      when,
    ),
  way: 'Its way',
  continued: (step: number) => `continued at step ${integer(step)}`,
  branched: (name: string, step: number) => `branch of ${name} at step ${integer(step)}`,
  /** What a step of its way changed: "depth 20 \u2192 56". */
  changed: (what: string, changes: readonly string[]) => `${what}: ${changes.join(', ')}`,
  moments: 'Moments',
  momentsText: (steps: readonly string[], megabytes: string) =>
    `after ${steps.length === 1 ? 'step' : 'steps'} ${steps.join(', ')}; ${megabytes} MB`,
  noMoments: 'None is kept.',
  computed: 'Computed by',
};
