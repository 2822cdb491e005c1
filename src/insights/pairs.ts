/** Which runs are compared with which. */
import { isResidual } from '../model/depths.ts';
import type { RunConfig } from '../model/config.ts';
import { differences, repetitionKey, settingValue, type Dimension, type Setting } from './differences.ts';

export interface Comparable {
  /** Whether it is of the present experiment: of each pair, one is. */
  readonly present: boolean;
  /** Null where it is not known how it was trained. */
  readonly setting: Setting | null;
  readonly id?: string;
  /** It began as this run, up to so many steps: under its own setting it was not trained from the start. */
  readonly branch?: { readonly of: string; readonly step: number } | null;
}

/**
 * Up to how many steps two runs are one: where one is a branch of the other, or both are branches of one run after the same step. 0
 * where neither is a branch; null where they cannot be compared, since what they began as differs.
 */
export function sharedSteps(a: Comparable, b: Comparable): number | null {
  if (!a.branch && !b.branch) return 0;
  if (a.branch && a.branch.of === b.id) return a.branch.step;
  if (b.branch && b.branch.of === a.id) return b.branch.step;
  const isSame = a.branch?.of === b.branch?.of && a.branch?.step === b.branch?.step;
  return isSame ? (a.branch?.step ?? null) : null;
}

/** Pairs that put one question, of which one claim at most answers it. */
export interface Question<R> {
  readonly dimension: Dimension;
  /** Whether the order of the pairs says which counts, before anything is measured; else the largest gap does. */
  readonly ordered: boolean;
  /** The deeper, the residual, the wider ... of each pair first; the pair with the widest span first. */
  readonly pairs: readonly (readonly [R, R])[];
}

/** Why a run of the present experiment is in no pair. */
export type Alone<R> = { readonly run: R } & (
  | { readonly why: 'single' | 'unknown' | 'branch' }
  /** The run that it is nearest to, and in what they differ: nothing, the seed alone, or several things. */
  | {
      readonly why: 'same' | 'seed' | 'several';
      readonly other: R;
      readonly dimensions: readonly Dimension[];
    }
);

export interface Pairing<R> {
  readonly questions: readonly Question<R>[];
  readonly alone: readonly Alone<R>[];
}

/**
 * Pairs of runs that differ in one thing, sorted into questions: one for each thing, and for depth one for plain and one for
 * residual nets; of branches one for each step at which they part. Where runs of the present experiment answer a question among themselves, earlier ones are not asked.
 */
export function pairUp<R extends Comparable>(all: readonly R[]): Pairing<R> {
  const runs = withoutRepetitions(all);
  const questions = new Map<string, { readonly dimension: Dimension; pairs: (readonly [R, R])[] }>();
  const alone: Alone<R>[] = [];
  const paired = new Set<R>();
  const nearest = new Map<R, { readonly other: R; readonly dimensions: readonly Dimension[] }>();

  function meet(run: R, other: R, dimensions: readonly Dimension[]): void {
    const before = nearest.get(run);
    if (!before || dimensions.length < before.dimensions.length) nearest.set(run, { other, dimensions });
  }

  const known = runs.filter((run) => run.setting !== null);
  known.forEach((a, i) => {
    for (const b of known.slice(i + 1)) {
      if (!(a.present || b.present) || !a.setting || !b.setting) continue;
      const shared = sharedSteps(a, b);
      if (shared === null) continue;
      const dimensions = differences(a.setting, b.setting);
      // Its steps and those of its parent are of different numbers of images, and so are not to be set side by side.
      if (shared > 0 && dimensions.includes('batchSize')) continue;
      meet(a, b, dimensions);
      meet(b, a, dimensions);
      const [dimension] = dimensions;
      if (dimensions.length !== 1 || dimension === undefined || dimension === 'seed') continue;
      paired.add(a).add(b);
      const key = questionOf(dimension, a.setting.config, shared);
      const question = questions.get(key) ?? { dimension, pairs: [] };
      question.pairs.push(moreFirst(dimension, a, b));
      questions.set(key, question);
    }
  });

  for (const run of runs) {
    if (!run.present || paired.has(run)) continue;
    const near = nearest.get(run);
    if (run.branch) alone.push({ run, why: 'branch' });
    else if (!run.setting) alone.push({ run, why: 'unknown' });
    else if (!near) alone.push({ run, why: 'single' });
    else {
      const [only] = near.dimensions;
      const why = only === undefined ? 'same' : near.dimensions.length > 1 ? 'several' : 'seed';
      alone.push({ run, why, ...near });
    }
  }
  return { questions: [...questions.values()].map(settle), alone };
}

/** An earlier run that repeats one of the present experiment, or a later one, says nothing new. */
function withoutRepetitions<R extends Comparable>(runs: readonly R[]): readonly R[] {
  const present = runs.filter((run) => run.present);
  const earlier = runs.filter((run) => !run.present).reverse();
  const keys = new Set<string>();
  return [...present, ...earlier].filter(({ setting, branch, present: isPresent }) => {
    const key = setting && !branch ? repetitionKey(setting) : null;
    const isNew = key === null || !keys.has(key);
    if (key !== null) keys.add(key);
    return isPresent || isNew;
  });
}

/** That depth hurts plain nets and not residual ones is the story, and whether it does with any optimiser is asked: none of these speaks for another. */
const questionOf = (dimension: Dimension, { model, optimizer }: RunConfig, shared: number): string =>
  shared > 0
    ? `${dimension} after ${shared}`
    : dimension === 'depth'
      ? `depth ${isResidual(model.block)} ${optimizer.type}`
      : dimension === 'skip'
        ? `skip ${optimizer.type}`
        : dimension;

/** Where a run stands in a dimension that has an order; null where it has none. */
function rank(dimension: Dimension, { config }: Setting): number | null {
  const { model } = config;
  switch (dimension) {
    case 'depth':
      return model.depth;
    case 'filters':
      return model.width;
    case 'skip':
      return Number(isResidual(model.block));
    case 'unit':
      return Number(model.block === 'bottleneck');
    case 'learningRate':
    case 'momentum':
    case 'weightDecay':
    case 'labelSmoothing':
    case 'batchSize':
      return Number(settingValue(config, dimension));
    default:
      return null;
  }
}

const rankOf = (dimension: Dimension, { setting }: Comparable) => setting && rank(dimension, setting);

function moreFirst<R extends Comparable>(dimension: Dimension, a: R, b: R): readonly [R, R] {
  const [one, other] = [rankOf(dimension, a), rankOf(dimension, b)];
  return one !== null && other !== null && one < other ? [b, a] : [a, b];
}

/** The pairs of the present experiment alone, where it has some, in the order in which they count. */
function settle<R extends Comparable>(question: {
  readonly dimension: Dimension;
  readonly pairs: readonly (readonly [R, R])[];
}): Question<R> {
  const { dimension } = question;
  const present = question.pairs.filter(([a, b]) => a.present && b.present);
  const pairs = present.length > 0 ? present : question.pairs;
  const [first] = pairs;
  const ordered = first !== undefined && rankOf(dimension, first[0]) !== null;
  const span = ([more, less]: readonly [R, R]) =>
    (rankOf(dimension, more) ?? 0) - (rankOf(dimension, less) ?? 0);
  const depth = ([more]: readonly [R, R]) => more.setting?.config.model.depth ?? 0;
  // Sorting keeps the order of equals.
  return { dimension, ordered, pairs: pairs.toSorted((a, b) => span(b) - span(a) || depth(b) - depth(a)) };
}
