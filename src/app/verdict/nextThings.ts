/** What a person may do next, when the nets have been trained. */
import type { Comparisons } from '../../insights/verdict.ts';
import { MOST_LANES, runOfLane, type ExperimentConfig } from '../../model/config.ts';
import { isResidual } from '../../model/depths.ts';
import { recordedPresets, recordedSteps } from '../../model/recordedPresets.ts';
import { lowerRate } from '../../model/lowerRate.ts';
import type { PresetId } from '../../model/presetId.ts';
import { MOST_SEED } from '../../model/bounds.ts';
import { differences, type Setting } from '../../insights/differences.ts';
import { ancestryOf, ancestryOfLane, beganAlike, isBranch } from '../runs/ancestry.ts';
import type { Moments } from '../state/keeping.ts';
import { missingTwins, type ExperimentDraft } from '../state/draft.ts';
import type { Run } from '../state/run.ts';
import { isLive, type Phase } from '../state/training.ts';

/** One thing to do, with what it needs. */
export type Suggestion =
  /** Train the lanes of the form that no run is of yet, and no others. */
  | { readonly kind: 'train-new'; readonly lanes: readonly string[] }
  /** Give plain nets their twins with shortcuts. */
  | { readonly kind: 'add-twins'; readonly count: number }
  /** Add a second net that differs in one thing. */
  | { readonly kind: 'add-net' }
  /** Train the same with the seed that follows. */
  | { readonly kind: 'next-seed'; readonly seed: number }
  /** Train the same from the start for `factor` times as long. */
  | { readonly kind: 'longer'; readonly factor: number }
  /** Train the same with a tenth of the rate: what diverged had this one. */
  | { readonly kind: 'lower-rate'; readonly lanes: readonly string[]; readonly rate: number }
  /** Switch the shortcuts of a plain net on, after so many of its steps. */
  | { readonly kind: 'switch-skips'; readonly run: string; readonly name: string; readonly step: number }
  /** Draw the recorded runs of this preset behind the curves; of all with null. */
  | { readonly kind: 'open-recording'; readonly preset: PresetId | null; readonly steps: number };

/** So much longer is to be tried. */
const LONGER = 3;
const MOST_SUGGESTIONS = 2;
/** With fewer seeds than this, another one is worth more than most. */
const ENOUGH_SEEDS = 3;

export interface Situation {
  readonly draft: ExperimentDraft;
  /** What the draft says; null while it is faulty. */
  readonly experiment: ExperimentConfig | null;
  /** Of the present experiment. */
  readonly runs: readonly Run[];
  /** All that the page knows. */
  readonly all: readonly Run[];
  readonly found: Comparisons;
  readonly phase: Phase;
  /** What of the runs can be gone back to. */
  readonly moments: Moments;
  /** Whose question is on the page; null where it is one's own. */
  readonly preset: PresetId | null;
  /** Whether that has no answer yet that is worth the name. */
  readonly isUnclear: boolean;
}

/** At most two things to do, the one to do first in front; none before the first training, or while nothing is to be done. */
export function nextThings(situation: Situation): readonly Suggestion[] {
  const { phase, runs } = situation;
  if (phase === 'idle') return [];
  // What failed says itself what is to be done.
  if (phase === 'ended' && runs.length > 0 && runs.every(({ end }) => end?.reason === 'error')) return [];
  const candidates = isLive(phase)
    ? [trainNew]
    : [
        tryLowerRate,
        trainNew,
        addTwins,
        recordingInstead,
        switchSkips,
        addNet,
        longer,
        nextSeed,
        longerThen,
        openRecording,
      ];
  const suggestions = candidates.flatMap((suggest) => suggest(situation) ?? []);
  const isFirst = ({ kind }: Suggestion, i: number) =>
    suggestions.findIndex((one) => one.kind === kind) === i;
  return suggestions.filter(isFirst).slice(0, MOST_SUGGESTIONS);
}

type Suggest = (situation: Situation) => Suggestion | null;

const tryLowerRate: Suggest = ({ runs }) => {
  const diverged = runs.filter(({ end }) => end?.reason === 'diverged');
  const rates = diverged.flatMap(({ config }) => config?.optimizer.learningRate ?? []);
  if (rates.length === 0) return null;
  return { kind: 'lower-rate', lanes: diverged.map(({ lane }) => lane), rate: lowerRate(Math.min(...rates)) };
};

/** Lanes that no run is of, whatever its seed, while there are runs of others. */
const trainNew: Suggest = ({ experiment, runs, all, phase }) => {
  if (!experiment) return null;
  const begun = [...all, ...runs].filter(({ end, step }) => end === null || step > 0);
  const isNew = (lane: ExperimentConfig['lanes'][number]) => {
    if (runs.some((run) => run.lane === lane.id) && isLive(phase)) return false;
    const wanted = { config: runOfLane(experiment, lane), startedFrom: null, precision: null };
    const began = ancestryOfLane(experiment, lane);
    return !begun.some(
      (run) =>
        run.config !== null &&
        beganAlike(ancestryOf(run), began) &&
        isSame({ ...run, config: run.config }, wanted),
    );
  };
  const lanes = experiment.lanes.filter(isNew).map(({ id }) => id);
  return lanes.length > 0 && lanes.length < experiment.lanes.length ? { kind: 'train-new', lanes } : null;
};

const isSame = ({ config, startedFrom }: Pick<Setting, 'config' | 'startedFrom'>, wanted: Setting): boolean =>
  differences({ config, startedFrom, precision: null }, { ...wanted, startedFrom }).every(
    (one) => one === 'seed',
  );

const addTwins: Suggest = ({ draft, experiment }) => {
  const count = missingTwins(draft.lanes).length;
  return experiment && count > 0 && draft.lanes.length + count <= MOST_LANES
    ? { kind: 'add-twins', count }
    : null;
};

/** Of the deepest plain net that is done, at the last kept moment in the first half of its way; once: not where a branch is there. */
const switchSkips: Suggest = ({ runs, all, found, moments }) => {
  if (found.claims.length === 0 || all.some(isBranch)) return null;
  const plain = runs.filter(
    ({ end, config }) => end?.reason === 'completed' && config?.model.block === 'plain',
  );
  const [deepest] = plain.toSorted((a, b) => (b.config?.model.depth ?? 0) - (a.config?.model.depth ?? 0));
  const moment =
    deepest && moments.get(deepest.id)?.findLast(({ step }) => step > 0 && step <= deepest.step / 2);
  return moment ? { kind: 'switch-skips', run: deepest.id, name: deepest.name, step: moment.step } : null;
};

const addNet: Suggest = ({ draft, found }) =>
  draft.lanes.length < MOST_LANES && found.alone.some(({ why }) => why === 'single')
    ? { kind: 'add-net' }
    : null;

/** Where nothing at all could be told apart, the nets have learned too little. */
const longer: Suggest = (situation) => (situation.found.claims.length === 0 ? longerThen(situation) : null);

/** Where something could, another seed comes first. */
const longerThen: Suggest = ({ found }) =>
  found.silent.some(({ why }) => why === 'noise' || why === 'guessing' || why === 'short')
    ? { kind: 'longer', factor: LONGER }
    : null;

const nextSeed: Suggest = ({ runs, found, experiment }) => {
  const seeds = runs.flatMap(({ config }) => config?.seed ?? []);
  const seed = Math.max(...seeds) + 1;
  const known = found.claims.map(({ evidence }) => (evidence.kind === 'seeds' ? evidence.seeds.length : 1));
  const wasCompared = known.length > 0 || found.silent.some(({ why }) => why === 'noise');
  const isEnough = known.length > 0 && known.every((count) => count >= ENOUGH_SEEDS);
  return experiment && wasCompared && !isEnough && seed <= MOST_SEED ? { kind: 'next-seed', seed } : null;
};

const recording = (preset: PresetId | null): Suggestion => ({
  kind: 'open-recording',
  preset,
  steps: recordedSteps(preset),
});

/** Where what is asked did not come out, it is there to be seen. */
const recordingInstead: Suggest = ({ preset, isUnclear }) =>
  isUnclear && preset !== null && recordedPresets.has(preset) ? recording(preset) : null;

/** What comes out late is there to be seen: that depth helps with shortcuts. */
const openRecording: Suggest = ({ runs, found }) => {
  const isResidualDepth = found.claims.some(({ dimension, worse }) => {
    const model = runs.find((run) => run.id === worse)?.config?.model;
    return dimension === 'depth' && model !== undefined && isResidual(model.block);
  });
  const hasShortcuts = runs.some(({ config }) => config && isResidual(config.model.block));
  const isSkip = found.claims.some(({ dimension }) => dimension === 'skip');
  return isResidualDepth || (hasShortcuts && isSkip) ? recording('depth') : null;
};
