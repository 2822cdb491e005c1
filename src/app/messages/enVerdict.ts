/** The verdict in words. Each sentence says what was measured; none gives a cause (see src/insights/verdict.ts). */
import type { SeedClaim } from '../../insights/seedVerdict.ts';
import type { Claim } from '../../insights/verdict.ts';
import { paperSetting, publishedError } from '../../model/paper.ts';
import type { Run } from '../store/run.ts';
import { integer, list, plainNumber, points } from './format.ts';

/** Words, or words with a weight: the number in its lane's colour, or a stress. */
export type Part =
  | string
  | { readonly name: string }
  | { readonly number: string; readonly run: Run }
  | { readonly stress: string };

export interface VerdictText {
  /** The sentences, strongest first. */
  readonly headline: readonly Part[];
  readonly more: readonly (readonly Part[])[];
  /** How it was measured, and what one seed means. */
  readonly caveat: string;
}

/** While there is no verdict. */
export const waitingForVerdict = {
  before: 'Which one learns? Press Train, and this line will say what the curves show.',
  during: 'Training. Every line below is a net; the first verdict can come after 50 steps.',
  short:
    'No verdict: it takes fifty steps of two nets that differ in their depth alone, or in their shortcuts alone.',
  after: 'No verdict: the gaps are within the noise. More steps, or another seed, may tell.',
  afterSeeds: (count: number) =>
    `No verdict over ${integer(count)} seeds: the gaps are within their noise. More seeds, or more steps, may tell.`,
  seedsRule:
    'Over several seeds a verdict is given only when the mean gap is larger than the 95% interval of the gaps of the seeds.',
  rule: 'A verdict is given only when the gap in training error is larger than the noise of the last 50 steps.',
  label: 'Verdict',
};

/** What a sentence is made of: a claim from one seed or from several. */
type Gap = Pick<Claim, 'kind' | 'worse' | 'better' | 'againstDepthOrShortcut' | 'gap'>;

/** The claims in words; null if there is none. */
export function verdictText(claims: readonly Claim[], runs: readonly Run[]): VerdictText | null {
  const first = claims[0];
  const runOf = (lane: string) => runs.find((run) => run.lane === lane);
  return first ? textOf(claims, runOf, caveat(first, runs)) : null;
}

/** Claims over several seeds, whose nets go by the ids of runs, in words; null if there is none. */
export function seedVerdictText(claims: readonly SeedClaim[], runs: readonly Run[]): VerdictText | null {
  const first = claims[0];
  const runOf = (id: string) => runs.find((run) => run.id === id);
  return first ? textOf(claims, runOf, seedCaveat(first)) : null;
}

function textOf(
  claims: readonly Gap[],
  runOf: (id: string) => Run | undefined,
  caveatText: string,
): VerdictText | null {
  const sentences = claims.flatMap((claim) => {
    const [worse, better] = [runOf(claim.worse), runOf(claim.better)];
    return worse && better ? [sentence(claim, worse, better)] : [];
  });
  const [headline, ...more] = sentences.map(capitalised);
  return headline ? { headline, more, caveat: caveatText } : null;
}

function sentence(claim: Gap, worse: Run, better: Run): readonly Part[] {
  const [bad, good] = [{ name: worse.name }, { name: better.name }];
  const more = { number: `${points(claim.gap)} points`, run: worse };
  const fewer = { ...more, run: better };
  const own = { stress: 'on its own training images' };
  switch (claim.kind) {
    case 'depth-plain':
      return claim.againstDepthOrShortcut
        ? [bad, ' makes ', more, ' more errors ', own, ' than ', good, `. ${notTheReason}`]
        : ['So far the deeper plain net is ahead: ', good, ' makes ', fewer, ` ${fewerErrors} `, bad, '.'];
    case 'depth-residual':
      return claim.againstDepthOrShortcut
        ? [bad, ' is still ', more, ' behind ', good, ` after so few steps. ${laterInPaper(worse, better)}`]
        : ['With shortcuts depth helps: ', good, ' makes ', fewer, ` ${fewerErrors} `, bad, '.'];
    case 'shortcut': {
      const layers = better.config ? `${integer(better.config.model.depth)} layers` : 'layers';
      const same = `The same ${layers} with shortcuts make `;
      return claim.againstDepthOrShortcut
        ? ['So far the shortcuts do not pay: ', bad, ' makes ', more, ' more errors than ', good, '.']
        : [same, fewer, ' fewer: ', good, ' against ', bad, ', with exactly as many parameters.'];
    }
  }
}

const notTheReason = 'Too little capacity is not the reason, nor over-fitting.';
const fewerErrors = 'fewer errors on its training images than';

/** The parts, beginning with a capital letter: names of nets do not. */
function capitalised([first, ...rest]: readonly Part[]): readonly Part[] {
  if (typeof first !== 'object' || !('name' in first)) return first === undefined ? [] : [first, ...rest];
  return [{ name: first.name.charAt(0).toUpperCase() + first.name.slice(1) }, ...rest];
}

function laterInPaper(deep: Run, shallow: Run): string {
  const [a, b] = [deep, shallow].map(({ config }) => config && publishedError(config.model));
  if (!a || !b || a.testError >= b.testError) return '';
  const values = `${plainNumber(a.testError)}% against ${plainNumber(b.testError)}% test error`;
  return `In the paper it ends ahead: ${values} after ${integer(paperSetting.steps)} steps.`;
}

function caveat(claim: Claim, runs: readonly Run[]): string {
  const seed = runs[0]?.config?.seed ?? 1;
  return [
    `Mean training error of steps ${integer(claim.from)} to ${integer(claim.to)}, noise ${points(claim.noise)} points;`,
    `one seed (${integer(seed)}) is one seed: another may move the gap.`,
  ].join(' ');
}

const seedCaveat = ({ seeds, gap, deviation, noise }: SeedClaim): string =>
  `Mean of ${integer(seeds.length)} seeds (${list(seeds.map(integer))}), the last 50 steps of each: ${points(gap)} points, standard deviation ${points(deviation)}, noise ${points(noise)}.`;
