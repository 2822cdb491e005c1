/** What comparing came to (src/insights/verdict.ts) as texts: which sentence is said of what. The words are enVerdict.ts's. */
import type { ComparedRun } from '../../insights/comparedRun.ts';
import { isTrainingSetting, settingValue, type Dimension } from '../../insights/differences.ts';
import { GUESSING_ERROR, NEAR_GUESSING } from '../../insights/guessing.ts';
import type { Claim, Comparisons } from '../../insights/verdict.ts';
import type { Silence } from '../../insights/gap.ts';
import { sizeOf } from '../../model/sizes.ts';
import type { RunConfig } from '../../model/config.ts';
import { classNames } from '../../model/dataset.ts';
import { isResidual } from '../../model/depths.ts';
import { paperSetting, publishedError } from '../../model/paper.ts';
import type { Run } from '../state/run.ts';
import { unanswered, type Asked } from './asked.ts';
import type {
  AloneFacts,
  CaveatFacts,
  ClaimFacts,
  ClaimForm,
  GuessFacts,
  PairNames,
  Part,
  Side,
} from './claimFacts.ts';
import {
  aloneSentence,
  claimAnnouncement,
  claimCaveat,
  claimExplanation,
  claimSentence,
  guessAnnouncement,
  guessSentence,
  silenceSentence,
  verdictRule,
} from './enVerdict.ts';
import { shownGap } from './shownError.ts';

/** One claim in words, and how it was measured and how far it reaches; null where a claim below it was measured alike, and says it. */
export interface ClaimText {
  readonly parts: readonly Part[];
  /** What follows from it, and what does not; null where there is nothing to add. */
  readonly explanation: string | null;
  readonly caveat: string | null;
}

export interface VerdictTexts {
  /** Why what is asked cannot be answered, where other things can be said; null where it is answered, or nothing is asked. */
  readonly lead: string | null;
  /** Whether what is asked has no answer yet, or one of nets that have learned little. */
  readonly isUnclear: boolean;
  /** Those that answer what is asked first, then the strongest. */
  readonly claims: readonly ClaimText[];
  /** Of nets that have learned nothing yet; null if there are none. */
  readonly guessing: string | null;
  /** Why there is no claim about the pairs and nets that are in none; empty if all are. */
  readonly silence: string;
  /** When a gap is one, where that is why there is no claim. */
  readonly rule: string | null;
  /** What is read out: the same as long as the same is claimed, whatever the numbers. */
  readonly announcement: string;
  /** The sentences of it that claim something. */
  readonly announced: readonly string[];
}

/** Pairs of nets that are named each; of more only their number is told. */
const NAMED_PAIRS = 2;

/** The texts of a verdict about `runs`; of several seeds `standsFor` says which run names them. `asked`: what the page asks. */
export function verdictTexts(
  found: Comparisons,
  runs: readonly Run[],
  standsFor = (run: Run) => run,
  asked: readonly Asked[] = [],
): VerdictTexts {
  const runOf = (id: string) => runs.find((run) => run.id === id);
  const nameOf = ({ id }: ComparedRun) => runOf(id)?.name ?? id;
  const facts = found.claims.flatMap((claim) => {
    const [worse, better] = [runOf(claim.worse), runOf(claim.better)];
    if (!worse?.config || !better?.config) return [];
    // A net of several seeds goes by its first run.
    const as = (run: Run) => (claim.evidence.kind === 'seeds' ? standsFor(run) : run);
    const of = factsOf(
      claim,
      { ...as(worse), config: worse.config },
      { ...as(better), config: better.config },
    );
    return [{ claim, of, caveat: caveatOf(claim, worse.config, better.config) }];
  });
  const guesses: GuessFacts | null =
    found.guessing.length > 0
      ? {
          nets: found.guessing.map(({ run, error }) => ({ name: nameOf(run), error })),
          isOver: found.guessing.every(({ run }) => run.ended),
          guessing: GUESSING_ERROR,
          classes: classNames.length,
        }
      : null;
  const open = unanswered(asked, found, runOf);
  const others = found.silent.filter((one) => !open.includes(one));
  // Where nothing else is said, it stands with the rest of what is not.
  const leads = facts.length > 0 && open.length > 0;
  const lead = leads ? silences(open, nameOf).join(' ') : null;
  const silent = leads ? others : found.silent;
  const silence = [...silences(silent, nameOf), ...alones(found, nameOf).map(aloneSentence)].join(' ');
  const noise = found.silent.filter(({ why }) => why === 'noise');
  const announced = [
    ...facts.map(({ of }) => claimAnnouncement(of)).sort(),
    ...(guesses ? [guessAnnouncement(guesses)] : []),
  ].map(upper);
  const wasCompared = found.silent.some(({ why }) => why !== 'short');
  return {
    lead,
    isUnclear: open.length > 0 || (asked.length > 0 && facts[0]?.of.nearGuessing === true),
    claims: withCaveats(facts),
    guessing: guesses && upper(guessSentence(guesses)),
    silence,
    rule: noise.length > 0 ? verdictRule(Math.max(...noise.map(({ seeds }) => seeds))) : null,
    announcement: announced.length > 0 ? announced.join(' ') : wasCompared ? silence : '',
    announced,
  };
}

interface Found {
  readonly of: ClaimFacts;
  readonly caveat: CaveatFacts;
}

/**
 * Claims whose caveats differ in nothing but the noise have one, behind the last of them, whatever stands between; what follows from several of
 * one kind is said with the first of them.
 */
function withCaveats(found: readonly Found[]): readonly ClaimText[] {
  const followsAs = ({ of }: Found) => `${formOf(of)} ${of.nearGuessing}`;
  const kinds = found.map(({ of, caveat }) => claimCaveat({ ...caveat, noise: [0, 0] }, of));
  return found.map(({ of }, i) => {
    const alike = found.filter((_, j) => kinds[j] === kinds[i]);
    const isLast = kinds.lastIndexOf(kinds[i]!) === i;
    const parts = capitalised(claimSentence[formOf(of)](of));
    const isFirst = found.findIndex((other) => followsAs(other) === followsAs(found[i]!)) === i;
    const explanation = isFirst ? claimExplanation(formOf(of), of) : null;
    return { parts, explanation, caveat: isLast ? claimCaveat(alike.map(({ caveat }) => caveat).reduce(joined), of) : null }; // prettier-ignore
  });
}

const joined = (a: CaveatFacts, b: CaveatFacts): CaveatFacts => ({
  ...b,
  claims: a.claims + b.claims,
  noise: [Math.min(a.noise[0], b.noise[0]), Math.max(a.noise[1], b.noise[1])],
});

type Trained = Run & { readonly config: RunConfig };

function factsOf(claim: Claim, worse: Trained, better: Trained): ClaimFacts {
  const { dimension } = claim;
  const [bad, good] = [
    sideOf(worse, dimension, claim.errors.worse),
    sideOf(better, dimension, claim.errors.better),
  ];
  return {
    dimension,
    measure: claim.evidence.kind === 'test' ? 'test' : 'training',
    worse: bad,
    better: good,
    gap: shownGap(claim.errors),
    isOver: [worse, better].every(({ end }) => end?.reason === 'completed'),
    layersMore: Math.abs(worse.config.model.depth - better.config.model.depth),
    nearGuessing: good.error >= NEAR_GUESSING,
    guessing: GUESSING_ERROR,
    differInParameters: bad.parameters !== good.parameters,
    shared: claim.shared,
    paperLater: paperLater(claim, worse.config, better.config),
  };
}

function sideOf(run: Trained, dimension: Dimension, error: number): Side {
  const { name, config, startedFrom, provenance } = run;
  return {
    name,
    config,
    startedFrom,
    precision: provenance?.precision ?? null,
    setting: isTrainingSetting(dimension) ? settingValue(config, dimension) : '',
    parameters: sizeOf(config.model).parameters,
    error,
    inColour: (number) => ({ number, run }),
  };
}

/** What the paper ends with, where what is behind now is ahead there. */
function paperLater({ evidence }: Claim, worse: RunConfig, better: RunConfig): ClaimFacts['paperLater'] {
  const [a, b] = [publishedError(worse.model), publishedError(better.model)];
  if (!a || !b || a.testError >= b.testError) return null;
  const { steps } = paperSetting;
  if (evidence.kind === 'steps' && evidence.windows.some(({ to }) => to >= steps)) return null;
  return { worse: a.testError, better: b.testError, steps };
}

function caveatOf({ noise, evidence }: Claim, worse: RunConfig, better: RunConfig): CaveatFacts {
  const { seed } = worse;
  const differInBatch = worse.batchSize !== better.batchSize;
  const own = { claims: 1, noise: [noise, noise] } as const;
  if (evidence.kind === 'seeds') return { ...own, evidence: { ...evidence, differInBatch } };
  if (evidence.kind === 'test') return { ...own, evidence: { ...evidence, seed } };
  const [of, against] = evidence.windows;
  const images = differInBatch ? of.to * worse.batchSize : null;
  return { ...own, evidence: { kind: 'steps', seed, worse: of, better: against, images } };
}

function formOf({ dimension, worse, better, shared }: ClaimFacts): ClaimForm {
  if (shared > 0) return 'branch';
  const [bad, good] = [worse.config.model, better.config.model];
  if (dimension === 'skip') return isResidual(bad.block) ? 'skipWorse' : 'skipBetter';
  if (dimension !== 'depth') return 'other';
  const isDeeperWorse = bad.depth > good.depth;
  if (isResidual(bad.block)) return isDeeperWorse ? 'deeperResidualWorse' : 'deeperResidualBetter';
  return isDeeperWorse ? 'deeperPlainWorse' : 'deeperPlainBetter';
}

const reasons: readonly Silence[] = ['noise', 'guessing', 'short', 'broken', 'sparse', 'untested'];

function silences(silent: Comparisons['silent'], nameOf: (run: ComparedRun) => string): readonly string[] {
  return reasons.flatMap((why) => {
    const those = silent.filter((one) => one.why === why);
    if (those.length === 0) return [];
    const pairs = those.map(({ pair: [a, b] }) => [nameOf(a), nameOf(b)] as const);
    const seeds = Math.max(...those.map((one) => one.seeds));
    const ended = those.every(({ pair }) => pair.every((run) => run.ended));
    return [silenceSentence({ why, pairs: namesOf(pairs), seeds, ended })];
  });
}

const namesOf = (pairs: readonly (readonly [string, string])[]): PairNames => ({
  named: pairs.length <= NAMED_PAIRS ? pairs : null,
  count: pairs.length,
});

function alones({ alone }: Comparisons, nameOf: (run: ComparedRun) => string): readonly AloneFacts[] {
  const named = (why: 'unknown' | 'branch'): readonly AloneFacts[] => {
    const names = alone.filter((one) => one.why === why).map(({ run }) => nameOf(run));
    return names.length > 0 ? [{ why, names }] : [];
  };
  const single = alone.some(({ why }) => why === 'single');
  const near = new Map<string, AloneFacts>();
  for (const one of alone) {
    if (!('other' in one)) continue;
    const key = [one.run.id, one.other.id].sort().join(' ');
    const names = [nameOf(one.run), nameOf(one.other)] as const;
    if (!near.has(key)) near.set(key, { why: one.why, names, dimensions: one.dimensions });
  }
  return [
    ...(single ? [{ why: 'single' } as const] : []),
    ...named('unknown'),
    ...named('branch'),
    ...(near.size <= NAMED_PAIRS ? near.values() : [{ why: 'many' } as const]),
  ];
}

/** The parts, beginning with a capital letter: names of nets do not. */
function capitalised([first, ...rest]: readonly Part[]): readonly Part[] {
  if (first === undefined) return [];
  if (typeof first === 'string') return [upper(first), ...rest];
  return 'name' in first ? [{ name: upper(first.name) }, ...rest] : [first, ...rest];
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
