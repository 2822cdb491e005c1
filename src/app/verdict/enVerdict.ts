/** The verdict in words. Each sentence says what was measured; none gives a cause (see src/insights/verdict.ts). */
import type { SeedClaim } from '../../insights/seedVerdict.ts';
import type { Alone, Claim, Silence } from '../../insights/verdict.ts';
import { ERROR_MEAN_STEPS } from '../../model/errorMean.ts';
import { paperSetting, publishedError } from '../../model/paper.ts';
import type { Run } from '../state/run.ts';
import { integer, list, plainNumber, points } from '../ui/format.ts';

/** Words, or words with a weight: the number in its lane's colour, or a stress. */
export type Part =
  | string
  | { readonly name: string }
  | { readonly number: string; readonly run: Run }
  | { readonly stress: string };

/** One claim in words, and what holds of it alone: how it was measured, and how far it reaches. */
export interface ClaimText {
  readonly parts: readonly Part[];
  readonly caveat: string;
}

export const waitingForVerdict = {
  before: 'Which one learns? Press Train, and this line will say what the curves show.',
  during: `Training. Every line below is a net; the first verdict can come after ${ERROR_MEAN_STEPS} steps.`,
  seedsRule:
    'Over several seeds a verdict is given only when the mean gap is larger than the 95% interval of the gaps of the seeds.',
  rule: `A verdict is given only when the gap in training error is larger than the noise of the last ${ERROR_MEAN_STEPS} steps.`,
  label: 'Verdict',
};

const ONE_THING = 'in their depth alone, or in their shortcuts alone';
const notCompared: Readonly<Record<Alone, string>> = {
  single: `Not compared: a verdict takes two nets that differ ${ONE_THING}.`,
  optimizer: `Not compared: different optimisers trained these nets, and a verdict takes two that differ ${ONE_THING}.`,
  several: `Not compared: no two of these nets differ ${ONE_THING}.`,
};

/** Pairs of nets that are named each; of more only their number is told. */
const NAMED_PAIRS = 2;

/** Why there is no verdict, by the names of the nets; over several seeds if `seeds` is more than one. */
export function silenceText(
  { silent, alone }: NamedComparisons,
  seeds = 1,
): { readonly text: string; readonly rule: string | null } {
  const [first] = alone;
  if (silent.length === 0) {
    const why = alone.some((one) => one.why === 'optimizer') ? 'optimizer' : (first?.why ?? 'single');
    return { text: notCompared[why], rule: null };
  }
  const pairsOf = (why: Silence) => silent.filter((one) => one.why === why).map(({ pair }) => list(pair));
  const [noise, short, broken] = [pairsOf('noise'), pairsOf('short'), pairsOf('broken')];
  const over = seeds > 1 ? ` over ${integer(seeds)} seeds` : '';
  const more = seeds > 1 ? 'More seeds, or more steps, may tell.' : 'More steps, or another seed, may tell.';
  const gaps =
    noise.length === 1
      ? `the gap between ${noise[0]} is within the noise`
      : noise.length <= NAMED_PAIRS
        ? `the gaps between ${noise.join(', and between ')}, are within the noise`
        : `the gaps of ${integer(noise.length)} pairs of nets are within the noise`;
  const named = (pairs: readonly string[]) =>
    pairs.length <= NAMED_PAIRS ? pairs.join(', and ') : `${integer(pairs.length)} pairs of nets`;
  const sentences = [
    noise.length > 0 ? `No verdict${over}: ${gaps}. ${more}` : null,
    short.length > 0
      ? seeds > 1
        ? `Not compared: ${named(short)}, for they lack two seeds in common.`
        : `Not compared: ${named(short)}, for it takes fifty steps of both.`
      : null,
    broken.length > 0
      ? `Not compared: ${named(broken)}, for among the last fifty steps are values that are no numbers.`
      : null,
    alone.length > 0
      ? `Not compared: ${list(alone.map(({ net }) => net))}, for no other net differs from ${alone.length === 1 ? 'it' : 'them'} ${alone.length === 1 ? 'in its depth alone, or in its shortcuts alone' : ONE_THING}.`
      : null,
  ];
  const rule = seeds > 1 ? waitingForVerdict.seedsRule : waitingForVerdict.rule;
  return {
    text: sentences.filter((sentence) => sentence !== null).join(' '),
    rule: noise.length > 0 ? rule : null,
  };
}

/** Of {@link Comparisons} what led to no claim, with the nets' names. */
export interface NamedComparisons {
  readonly silent: readonly { readonly pair: readonly [string, string]; readonly why: Silence }[];
  readonly alone: readonly { readonly net: string; readonly why: Alone }[];
}

/** What a sentence is made of: a claim from one seed or from several. */
type Gap = Pick<Claim, 'kind' | 'worse' | 'better' | 'againstDepthOrShortcut' | 'gap'>;

/** The claims in words, strongest first. */
export function verdictText(claims: readonly Claim[], runs: readonly Run[]): readonly ClaimText[] {
  const runOf = (lane: string) => runs.find((run) => run.lane === lane);
  return textsOf(claims, runOf, (claim, worse) => caveat(claim, worse.config?.seed ?? null));
}

/** Claims over several seeds, whose nets go by the ids of runs, in words. */
export function seedVerdictText(claims: readonly SeedClaim[], runs: readonly Run[]): readonly ClaimText[] {
  const runOf = (id: string) => runs.find((run) => run.id === id);
  return textsOf(claims, runOf, seedCaveat);
}

function textsOf<C extends Gap>(
  claims: readonly C[],
  runOf: (id: string) => Run | undefined,
  caveatOf: (claim: C, worse: Run) => string,
): readonly ClaimText[] {
  return claims.flatMap((claim) => {
    const [worse, better] = [runOf(claim.worse), runOf(claim.better)];
    if (!worse || !better) return [];
    return [{ parts: capitalised(sentence(claim, worse, better)), caveat: caveatOf(claim, worse) }];
  });
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

const caveat = ({ from, to, noise }: Claim, seed: number | null): string =>
  [
    `Mean training error of steps ${integer(from)} to ${integer(to)}, noise ${points(noise)} points;`,
    `one seed${seed === null ? '' : ` (${integer(seed)})`} is one seed: another may move the gap.`,
  ].join(' ');

const seedCaveat = ({ seeds, gap, std, noise }: SeedClaim): string =>
  `Mean of ${integer(seeds.length)} seeds (${list(seeds.map(integer))}), the last ${ERROR_MEAN_STEPS} steps of each: ${points(gap)} points, standard deviation ${points(std)}, noise ${points(noise)}.`;
