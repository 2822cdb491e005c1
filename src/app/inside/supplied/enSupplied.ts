/** The words of the trained nets that come with the page. */
import { integer } from '../../ui/format.ts';

export const supplied = {
  /** Where another net has the name of one of them already. */
  name: (name: string) => `${name} (supplied)`,
  tag: 'comes with the page',
  offer: 'Nothing is trained yet: these nets answer with random weights.',
  look: 'Look into four trained nets',
  choose: 'Trained nets that come with this page',
  coming: 'The list of nets is coming\u2026',
  failed: (why: string) => `${why} Nothing else on this page has changed.`,
  again: 'Try again',
  /** How long each was trained, and whether that is all. */
  facts: (done: readonly string[], begun: readonly string[], by: string) =>
    [
      'These nets come with the page:',
      `${[...done, ...begun].join(', ')}.`,
      ...(begun.length === 0
        ? []
        : [
            `${begun.length === 1 ? 'That training was' : 'Those trainings were'} not finished when this page was built.`,
          ]),
      by,
    ].join(' '),
  finished: (name: string, steps: number) => `${name} after ${integer(steps)} steps`,
  begun: (name: string, step: number, steps: number) =>
    `${name} after ${integer(step)} of ${integer(steps)} steps`,
  recipe: (filters: number, batch: number, seed: number) =>
    `${integer(filters)} filters, batches of ${integer(batch)}, the paper\u2019s recipe, seed ${seed}; filters are kept in 16 bits.`,
  missing: (file: string, status: number | null) =>
    `nets/${file} did not arrive${status === null ? '' : ` (HTTP ${status})`}: check the connection and try again.`,
  other: (file: string) => `nets/${file} is not the file that was trained: its SHA-256 differs.`,
  notJson: (file: string) => `nets/${file} is not JSON.`,
  unreadable: (file: string, place: string, why: string) =>
    `nets/${file} cannot be read. At ${place}: ${why}.`,
};
