/** What trying a preset's question came to, before it came to this page (model/presetSizes.json). */
import type { PresetSize } from '../../../model/presetId.ts';
import { begun, integer, list, points } from '../../ui/format.ts';

/** What one seed showed. */
export interface SeedFacts {
  readonly seed: number;
  /** Nets that are ahead of others beyond the noise, with the gaps, 0 to 1. */
  readonly ahead: readonly { readonly better: string; readonly worse: string; readonly gap: number }[];
  /** Whether a net was lost to values that are no numbers. */
  readonly diverged: boolean;
  /** Whether nets had hardly begun to learn. */
  readonly hardly: boolean;
  readonly pairs: number;
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five'];
const seedsText = (seeds: readonly number[]) =>
  `${NUMBERS[seeds.length] ?? integer(seeds.length)} ${seeds.length === 1 ? 'seed' : 'seeds'}`;
const sizeText = ({ width, batchSize, steps, recipe }: PresetSize) =>
  `${integer(width)} ${width === 1 ? 'filter' : 'filters'}, batch ${integer(batchSize)}, ${integer(steps)} steps${recipe === 'paper' ? ' and the paper\u2019s drops of the rate' : ''}`;

function seedText({ seed, ahead, diverged, hardly, pairs }: SeedFacts): string {
  const start = `with seed ${integer(seed)} `;
  if (diverged) return `${start}a net diverged`;
  const gaps = ahead.map(({ better, worse, gap }) => `${better} is ${points(gap)} points ahead of ${worse}`);
  if (gaps.length > 0) return `${start}${list(gaps)}${hardly ? ', and has hardly begun to learn' : ''}`;
  if (hardly) return `${start}they have hardly begun to learn`;
  return `${start}${pairs === 1 ? 'the gap is' : 'all gaps are'} within the noise`;
}

/** What a question, or a claim of the paper, came to. */
const outcomes = {
  open: 'gave no common answer',
  brief: 'gave a common answer in the last steps alone',
  unseen: 'did not show it',
};

export const tried = {
  term: 'Tried',
  /** The claim held with every seed from `size` on; where `until` is given, nothing is said of more steps. */
  comesOut: (size: PresetSize, seeds: readonly number[], until: number | null) =>
    `${begun(seedsText(seeds))} showed it ${size.recipe === 'paper' ? `with ${sizeText(size)}` : `from ${sizeText(size)} ${until === null ? 'on' : `up to ${integer(until)}`}`}.`,
  /** Where the seeds are to answer alike, and did not; or what the paper saw did not come out. */
  didNot: (size: PresetSize, what: keyof typeof outcomes, seeds: readonly SeedFacts[]) =>
    `${begun(seedsText(seeds.map(({ seed }) => seed)))} at ${sizeText(size)} ${outcomes[what]}: ${seeds.map(seedText).join('; ')}.`,
  never: 'Not tried at any size so far: from which one on it has an answer is not known.',
  /** Of the paper's whole recipe. */
  whole:
    'The whole recipe was not trained to its end so far: four nets of 64,000 steps take days without a graphics card.',
};
