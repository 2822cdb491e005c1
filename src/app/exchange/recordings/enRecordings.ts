/** The words of the recorded runs. */
import type { RecordingEntry } from '../../../model/recording.ts';
import { compact, integer, sentence } from '../../ui/format.ts';
import type { TermedText } from '../../ui/glossary/TextWithTerms.tsx';

export const recordings = {
  text: [
    'Long runs of these nets, trained by this program and ',
    { term: 'recordedRun', text: 'recorded' },
    ' step by step. They are drawn faintly behind what trains here; all of them as the mean of each net\u2019s ',
    { term: 'seed', text: 'seeds' },
    ', with a band. Compare with care: settings that differ stand in the table of runs.',
  ] satisfies TermedText,
  retry: 'Try again',
  loading: 'Loading the list\u2009\u2026',
  show: (name: string) => `Show ${name}`,
  /** On the charts and in the table; its seed, as of any repetition, is a number behind it. `steps` where they are not those of most, short enough for the end of a line. */
  name: (net: string, seed: number, steps: number | null) =>
    `${net} recorded${steps === null ? '' : ` ${compact(steps)}`}${seed === 1 ? '' : ` (${integer(seed)})`}`,
  /** `recipe` is its line; `day` as the page writes days. */
  about: (recipe: string, { steps, device, commit }: RecordingEntry, day: string) =>
    `${recipe}. ${integer(steps)} steps on ${device}, commit ${commit}, ${day}.`,
  how: 'How it was trained',
  watchAll: 'Watch them in the lab',
  showAll: 'Show all',
  removeAll: 'Remove all',
  failed: (why: string) =>
    `${sentence(why)} Nothing else on this page has changed. Check the connection and try again.`,
};
