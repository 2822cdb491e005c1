/** The words of the verdict. Each sentence says what was measured; none gives a cause (see src/insights/verdict.ts). */
import type { Dimension, TrainingSetting } from '../../insights/differences.ts';
import type { ScheduleConfig } from '../../model/config.ts';
import { ERROR_MEAN_STEPS } from '../../model/errorMean.ts';
import { isSettingName } from '../../model/recipeSettings.ts';
import { wordsOf } from '../runs/enRecipeSettings.ts';
import { optimizers } from '../runs/enOptimizers.ts';
import { warmUpText } from '../runs/enWarmUp.ts';
import { integer, list, percent, plainNumber, points } from '../ui/format.ts';
import type {
  AloneFacts,
  CaveatFacts,
  ClaimFacts,
  ClaimForm,
  GuessFacts,
  PairNames,
  Part,
  Side,
  SilenceFacts,
} from './claimFacts.ts';

export const waitingForVerdict = {
  before: 'Which one learns? Press Train, and this line will say what the curves show.',
  during: `The first verdict can come after ${ERROR_MEAN_STEPS} steps.`,
  label: 'Verdict',
};

/** When a gap is one. */
export const verdictRule = (seeds: number): string =>
  seeds > 1
    ? 'A net is called ahead only if its training error is lower by more than chance makes from one seed to the next (95% interval).'
    : `A net is called ahead only if its training error is lower by more than the noise: what chance alone makes between the batches of the last ${ERROR_MEAN_STEPS} steps.`;

type OwnWords<T> = Readonly<
  Record<Exclude<Dimension, TrainingSetting>, T> & Partial<Record<TrainingSetting, T>>
>;

/** What two nets differ in, as it stands in a list; of settings the label of their field, where it is not told here. */
const names: OwnWords<string> = {
  depth: 'depth',
  skip: 'block',
  unit: 'layers of a block',
  shortcut: 'shortcut option',
  filters: 'filters',
  schedule: 'schedule',
  warmUp: 'warm-up',
  normalisation: 'normalisation',
  startWeights: 'start weights',
  precision: 'precision',
  decayNormalisation: 'weight decay of batch norm',
  batchSize: 'batch',
  order: 'order of the images',
};

export const dimensionName = (dimension: Dimension): string =>
  names[dimension] ?? (isSettingName(dimension) ? wordsOf(dimension).label.toLowerCase() : '');

/** What a net has of what the two differ in; of settings their value, where it is not told here. */
const values: OwnWords<(side: Side) => string> = {
  depth: ({ config }) => `${integer(config.model.depth)} layers`,
  skip: ({ config }) => (config.model.block === 'plain' ? 'plain' : 'with shortcuts'),
  unit: ({ config }) => (config.model.block === 'bottleneck' ? 'three (bottleneck)' : 'two (basic)'),
  shortcut: ({ config }) => config.model.shortcut,
  filters: ({ config }) => integer(config.model.width),
  optimizer: ({ config: { optimizer } }) =>
    `${optimizers[optimizer.type]} at rate ${plainNumber(optimizer.learningRate)}`,
  batchSize: ({ config }) => `${integer(config.batchSize)} images`,
  schedule: ({ config }) => scheduleText(config.schedule),
  warmUp: ({ config: { schedule } }) => (schedule.warmUp ? `at ${warmUpText(schedule.warmUp)}` : 'none'),
  normalisation: ({ config: { normalisation } }) =>
    normalisation === 'per-pixel-mean'
      ? 'mean of each pixel'
      : normalisation === 'channel'
        ? 'mean and deviation of each channel'
        : 'mean and deviation of its own',
  startWeights: ({ startedFrom }) => startedFrom ?? 'those of its seed',
  precision: ({ precision }) => (precision === 'f16' ? '16 bits' : '32 bits'),
};

function valueText(dimension: Dimension, side: Side): string {
  const { setting } = side;
  const ownWords = values[dimension];
  if (ownWords) return ownWords(side);
  if (typeof setting === 'boolean') return setting ? 'with it' : 'without';
  if (typeof setting === 'number') return plainNumber(setting);
  const option = isSettingName(dimension) ? wordsOf(dimension).options?.[setting] : undefined;
  return (option ?? setting).toLowerCase();
}

function scheduleText(schedule: ScheduleConfig): string {
  if (schedule.type === 'constant') return 'constant';
  if (schedule.type === 'cosine') return 'cosine';
  return `times ${plainNumber(schedule.factor)} at ${list(schedule.milestones.map(integer))}`;
}

const own: Part = { stress: 'on its own training images' };
const name = ({ name: text }: Side): Part => ({ name: text });
const gapText = ({ gap }: ClaimFacts) => `${points(gap)} points`;
/** The errors, named: of the net that is spoken of first against the other's. */
const errors = ({ measure }: ClaimFacts, first: Side, second: Side) =>
  `${measure} error ${percent(first.error)} against ${percent(second.error)}`;
const layers = ({ better }: ClaimFacts) =>
  `The same ${integer(better.config.model.depth)} layers with shortcuts`;

/** What a claim says. */
export const claimSentence: Readonly<Record<ClaimForm, (facts: ClaimFacts) => readonly Part[]>> = {
  deeperPlainWorse: (facts) => {
    const { worse, better } = facts;
    const gap = worse.inColour(gapText(facts));
    const end = `${facts.isOver ? '' : ' so far'} (${errors(facts, worse, better)}).`;
    return [name(worse), ' makes ', gap, ' more errors ', own, ' than ', name(better), end];
  },
  deeperPlainBetter: (facts) => ['So far the deeper plain net is ahead: ', ...fewerErrors(facts)],
  deeperResidualWorse: (facts) => {
    const { worse, better, paperLater: later } = facts;
    const gap = worse.inColour(gapText(facts));
    const paper = later
      ? ` In the paper it ends ahead: ${plainNumber(later.worse)}% against ${plainNumber(later.better)}% test error after ${integer(later.steps)} steps.`
      : '';
    const end = ` so far (${errors(facts, worse, better)}).${paper}`;
    return [name(worse), ' is ', gap, ' behind ', name(better), end];
  },
  deeperResidualBetter: (facts) => ['With shortcuts the deeper net is ahead: ', ...fewerErrors(facts)],
  skipWorse: (facts) => {
    const { worse, better } = facts;
    const gap = worse.inColour(gapText(facts));
    const end = ` (${errors(facts, worse, better)})${parameters(facts)}.`;
    return ['So far the shortcuts do not pay: ', name(worse), ' makes ', gap, ' more errors on its training images than ', name(better), end]; // prettier-ignore
  },
  skipBetter: (facts) => {
    const { worse, better } = facts;
    const gap = better.inColour(gapText(facts));
    const end = ` (${errors(facts, better, worse)})${parameters(facts)}.`;
    return [`${layers(facts)} make `, gap, ' fewer errors on the training images: ', name(better), ' against ', name(worse), end]; // prettier-ignore
  },
  branch: (facts) => {
    const { worse, better, shared } = facts;
    const gap = better.inColour(gapText(facts));
    const one = `, with which it is one run up to step ${integer(shared)}`;
    return [name(better), ' is ', gap, ' ahead of ', name(worse), `${one} (${errors(facts, better, worse)}). ${difference(facts)}`]; // prettier-ignore
  },
  other: (facts) => {
    const { worse, better } = facts;
    const gap = better.inColour(gapText(facts));
    const end = ` (${errors(facts, better, worse)}). ${difference(facts)}`;
    return [name(better), ' is ', gap, ' ahead of ', name(worse), end];
  },
};

/** What follows from a claim, and what does not; null where there is nothing to add. */
export function claimExplanation(form: ClaimForm, facts: ClaimFacts): string | null {
  if (facts.nearGuessing) {
    return `Both are still near guessing, which makes ${percent(facts.guessing)} of errors: in so few steps neither has learned much.`;
  }
  const { better, isOver, layersMore } = facts;
  if (form !== 'deeperPlainWorse' || !isOver) return null;
  return `Over-fitting is not the reason: it would mean doing well on its own training images. Nor is too little capacity: it has all the layers of ${better.name}, and ${integer(layersMore)} more.`;
}

function fewerErrors(facts: ClaimFacts): readonly Part[] {
  const { worse, better } = facts;
  const gap = better.inColour(gapText(facts));
  const end = ` (${errors(facts, better, worse)}).`;
  return [name(better), ' makes ', gap, ' fewer errors on its training images than ', name(worse), end];
}

/** Of a plain net and its residual twin: what the shortcut adds beside itself. */
function parameters({ worse, better, differInParameters }: ClaimFacts): string {
  if (!differInParameters) return ', with exactly as many parameters';
  const { shortcut } = (better.config.model.block === 'plain' ? worse : better).config.model;
  return `. They differ in the parameters of option ${shortcut}\u2019s projections, too: ${integer(better.parameters)} against ${integer(worse.parameters)}`;
}

function difference({ dimension, worse, better, differInParameters }: ClaimFacts): string {
  const [good, bad] = [valueText(dimension, better), valueText(dimension, worse)];
  const what = dimensionName(dimension);
  if (differInParameters) {
    return `They differ in the ${what}, ${good} against ${bad}, and so in the number of parameters, ${integer(better.parameters)} against ${integer(worse.parameters)}.`;
  }
  const alone = `They differ in the ${what} alone: ${good} against ${bad}.`;
  // A rate that suits one optimiser says nothing of what suits another.
  return dimension === 'optimizer' ? `${alone} Other rates may turn it.` : alone;
}

/** How a claim was measured, and how far it reaches; said once of claims that were measured alike. */
export function claimCaveat(
  { claims, noise, evidence }: CaveatFacts,
  { worse, better, gap }: ClaimFacts,
): string {
  const [least, most] = [points(noise[0]), points(noise[1])];
  const beyond = `noise ${least === most ? least : `${least} to ${most}`} points`;
  const reach = (seed: number) =>
    `One run only, with seed ${seed}; another random start may give ${claims === 1 ? 'a different gap' : 'different gaps'}.`;
  switch (evidence.kind) {
    case 'seeds':
      return `Mean training error of ${integer(evidence.seeds.length)} seeds (${list(evidence.seeds.map(String))}), ${evidence.differInBatch ? 'each where both have seen as many images' : `the last ${ERROR_MEAN_STEPS} steps of each`}: a gap of ${points(gap)} points, standard deviation ${points(evidence.std)}, ${beyond}.`;
    case 'test':
      return `Test error on ${integer(evidence.images)} images after step ${integer(evidence.step)}, ${beyond}. The training errors are of different images, and are not compared. ${reach(evidence.seed)}`;
    case 'steps': {
      const steps = ({ from, to }: typeof evidence.worse) => `steps ${integer(from)} to ${integer(to)}`;
      const where =
        evidence.images === null
          ? steps(evidence.worse)
          : `${steps(evidence.better)} of ${better.name} and ${steps(evidence.worse)} of ${worse.name}, where both have seen ${integer(evidence.images)} images`;
      return `Mean training error of ${where}, ${beyond}. ${reach(evidence.seed)}`;
    }
  }
}

/** What is read out when a claim appears or changes sides. It has no number, so that it stays the same while the gap moves. */
export const claimAnnouncement = ({ worse, better, measure }: ClaimFacts): string =>
  `In ${measure} error ${worse.name} is behind ${better.name}.`;

const named = ({ nets }: GuessFacts) => list(nets.map((net) => net.name));
const learnedNothing = (facts: GuessFacts) => {
  const yet = facts.isOver ? '' : ' yet';
  return `${named(facts)} ${facts.nets.length === 1 ? `has learned nothing${yet}: it guesses` : `have learned nothing${yet}: they guess`}`;
};

/** Of nets that have learned nothing. */
export const guessSentence = (facts: GuessFacts): string => {
  const shown = list(facts.nets.map(({ error }) => percent(error)));
  const word = facts.nets.length === 1 ? 'training error' : 'training errors';
  return `${learnedNothing(facts)} (${word} ${shown}; guessing among ${integer(facts.classes)} classes makes ${percent(facts.guessing)}).`;
};
export const guessAnnouncement = (facts: GuessFacts): string => `${learnedNothing(facts)}.`;

const pairsText = ({ named: names, count }: PairNames, between = '') =>
  names ? names.map((pair) => list(pair)).join(`, and ${between}`) : `${integer(count)} pairs of nets`;

/** Why pairs that were looked at support no claim. */
export function silenceSentence({ why, pairs, seeds, ended }: SilenceFacts): string {
  const text = pairsText(pairs);
  switch (why) {
    case 'noise': {
      const over = seeds > 1 ? ` over ${integer(seeds)} seeds` : '';
      const more =
        seeds > 1 ? 'More seeds, or more steps, may tell.' : 'More steps, or another seed, may tell.';
      const gaps =
        pairs.count === 1
          ? `the gap between ${text} is`
          : pairs.named
            ? `the gaps between ${pairsText(pairs, 'between ')}, are`
            : `the gaps of ${text} are`;
      return `No verdict${over}: ${gaps} within the noise. ${more}`;
    }
    case 'guessing':
      return pairs.count === 1
        ? `Too early to tell: ${text} both guess. More steps, or another learning rate, may tell.`
        : `Too early to tell: of ${text} both nets guess. More steps, or another learning rate, may tell.`;
    case 'short':
      return ended
        ? `Not compared: ${text}, for it takes ${ERROR_MEAN_STEPS} steps of both.`
        : `Not compared yet: ${text}. Their first verdict can come after ${ERROR_MEAN_STEPS} steps of both.`;
    case 'broken':
      return `Not compared: ${text}, for among their last errors are values that are no numbers.`;
    case 'sparse':
      return `Not compared: ${text}, for the training error of each step is not known of both.`;
    case 'untested':
      return `Not compared: ${text}, for they were trained on different images, and not tested after the same step.`;
  }
}

const ONE_THING = 'a verdict takes two nets that differ in one thing';

/** Why nets are compared with no other. */
export function aloneSentence(facts: AloneFacts): string {
  switch (facts.why) {
    case 'single':
      return `Not compared: ${ONE_THING}.`;
    case 'many':
      return 'Not compared: no two of the others differ in one thing alone.';
    case 'unknown':
      return `Not compared: ${list(facts.names)}, for how ${facts.names.length === 1 ? 'it was' : 'they were'} trained is not known.`;
    case 'branch':
      return `Not compared by this rule: ${list(facts.names)} ${facts.names.length === 1 ? 'is a branch' : 'are branches'}, and began as another run. The curves part where it was branched.`;
    case 'same':
      return `Not compared: ${list(facts.names)} are the same net, trained in the same way.`;
    case 'seed':
      return `Not compared: ${list(facts.names)} differ in their seed alone, which shows the noise and no difference.`;
    case 'several':
      return `Not compared: ${list(facts.names)} differ in ${list(facts.dimensions.map(dimensionName))}, and ${ONE_THING}.`;
  }
}
