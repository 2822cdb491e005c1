/**
 * Experiments to begin with, as data: each is a claim of the paper, or a question that it leaves, put to the test. Their words
 * stand in the page's messages; what they cost is measured (cost.ts) and not written down.
 */
import { isResidual } from './depths.ts';
import {
  parseExperiment,
  type ExperimentConfig,
  type LaneConfig,
  type ModelConfig,
  type OptimizerConfig,
  type WarmUpConfig,
} from './config.ts';
import { modelName } from './families.ts';
import { customaryRates } from './optimizerConstants.ts';
import { paperSetting } from './paper.ts';
import type { PresetId, PresetSize } from './presetId.ts';
import { isLargeEnough, stepsNeeded } from './presetSizes.ts';
import { sameSettings } from './sameSettings.ts';

/** What the presets are sized to before a device is measured: a graphics card, or a processor alone. */
export type Hardware = 'gpu' | 'cpu';

/** A net, its own optimiser where it does not share the paper's, its warm-up where it has one, and from which net of the preset it goes on, counted from 0, after which step. */
type Net = Pick<ModelConfig, 'block' | 'depth' | 'shortcut'> & {
  readonly optimizer?: OptimizerConfig;
  readonly warmUp?: WarmUpConfig;
  readonly from?: { readonly net: number; readonly step: number };
};

export interface Preset {
  readonly id: PresetId;
  readonly nets: readonly Net[];
  /** Whether it is the paper's whole recipe by its nature, and never shrunk. */
  readonly whole: boolean;
}

const plain = (depth: number) => ({ block: 'plain', depth, shortcut: 'A' }) as const;
const residual = (depth: number, shortcut: ModelConfig['shortcut'] = 'A') =>
  ({ block: 'basic', depth, shortcut }) as const;

const preset = (id: PresetId, nets: Preset['nets'], whole = false): Preset => ({ id, nets, whole });

/** SGD as in the paper; the others at their customary rate, with the same weight decay. */
export const customaryOptimizer = (type: OptimizerConfig['type']): OptimizerConfig => ({
  type,
  learningRate: customaryRates[type],
  weightDecay: 1e-4,
  momentum: type === 'sgd' ? 0.9 : 0,
  decayNormalisation: true,
});
const withAdam = (net: Net): Net => ({ ...net, optimizer: customaryOptimizer('adam') });

/** As the paper's, for 110 layers: until the training error is below 80% (section 4.2). */
export const paperWarmUp: WarmUpConfig = { learningRate: 0.01, untilError: 0.8 };

/** At which plain-56 has seen a lesson's two minutes of images, and still guesses. */
const SWITCHED_AT = 300;

export const presets: readonly Preset[] = [
  preset('degradation', [plain(20), plain(56)]),
  preset('twins', [plain(20), plain(56), residual(20), residual(56)]),
  preset('flip', [plain(56), residual(56)]),
  preset('switch-on', [plain(56), { ...residual(56), from: { net: 0, step: SWITCHED_AT } }]),
  preset('depth', [residual(20), residual(32), residual(44), residual(56), residual(110)]),
  preset('shortcuts', [plain(56), residual(56, 'A'), residual(56, 'B'), residual(56, 'C')]),
  preset('bottleneck', [residual(56), { block: 'bottleneck', depth: 56, shortcut: 'A' }]),
  preset('warm-up', [residual(110), { ...residual(110), warmUp: paperWarmUp }]),
  preset('optimisers', [plain(20), plain(56), withAdam(plain(20)), withAdam(plain(56))]),
  preset('paper', [plain(20), plain(56), residual(20), residual(56)], true),
];

const optimizer = { type: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 };

/** What an experiment is meant to take unless something else is chosen: a lesson's two minutes. */
export const CLASS_SECONDS = 120;

/** Sizes at which the gap between the default nets is beyond the noise within about two minutes. */
const sizes = {
  cpu: { width: 8, batchSize: 64, steps: 300, evaluation: { every: 50, images: 500 } },
  gpu: { width: 16, batchSize: 128, steps: 1000, evaluation: { every: 100, images: 1000 } },
} as const;

/** The preset by the paper's recipe (v1, section 4.2), its nets at full width. */
export function paperExperiment({ nets }: Preset): ExperimentConfig {
  return parseExperiment({
    lanes: lanesOf(nets, paperSetting.width),
    recipe: {
      steps: paperSetting.steps,
      batchSize: paperSetting.batchSize,
      augment: paperSetting.augment,
      optimizer,
      schedule: { type: 'steps' },
      evaluation: { every: 2000, images: paperSetting.testImages },
      seed: 1,
    },
  });
}

/** The preset at a size of one's own. */
export function presetAtSize(
  chosen: Preset,
  size: PresetSize & { readonly evaluation?: Partial<ExperimentConfig['recipe']['evaluation']> },
): ExperimentConfig {
  // A measured size says more of itself, which is no setting.
  const { width, batchSize, evaluation, recipe } = size;
  const lanes = lanesOf(chosen.nets, width);
  // What goes on from another one has as many steps of its own.
  const steps = Math.max(size.steps, ...lanes.map(({ from }) => 2 * (from?.step ?? 0)));
  return parseExperiment({
    lanes,
    recipe: {
      batchSize,
      steps,
      ...(evaluation && { evaluation }),
      ...(recipe ? scaledRecipe(steps) : shortRecipe),
    },
  });
}

/** The preset at the size that suits a device of this kind, where nothing has been measured. */
export function classroomExperiment(
  chosen: Preset,
  hardware: Hardware,
  measured: readonly PresetSize[] = stepsNeeded(chosen.id),
): ExperimentConfig {
  if (chosen.whole) return paperExperiment(chosen);
  const size = sizes[hardware];
  if (isLargeEnough(size, measured) !== false) return presetAtSize(chosen, size);
  // Not below the size at which its claim comes out: with more steps, or else at a size that was measured. What took the paper's
  // drops of the rate takes hours: then it is said to be too small.
  const shown = measured.filter(({ steps: needed, recipe }) => needed < Infinity && recipe !== 'paper');
  if (shown.length === 0) return presetAtSize(chosen, size);
  const own = shown.find(({ width, batchSize }) => width === size.width && batchSize === size.batchSize);
  const { width, batchSize, steps } = own ?? shown.at(-1)!;
  return presetAtSize(chosen, { ...size, width, batchSize, steps });
}

/**
 * The degradation (He et al. 2015, figure 6): plain-20 against plain-56, the paper's recipe otherwise, but short, and
 * without augmentation, which so few steps do not need: the training error then is that of the very images learned.
 */
export const defaultExperiment = (hardware: Hardware): ExperimentConfig =>
  classroomExperiment(presets[0]!, hardware);

/** The preset that an experiment is at some size: the same nets under the paper's optimiser; null if it is none. */
export function presetOf(experiment: ExperimentConfig): Preset | null {
  const { lanes, recipe } = experiment;
  const matches = presets.filter(
    (candidate) =>
      sameSettings(
        lanes.map((lane) => netOf({ ...lane.model, ...own(lane), from: placeOf(lane, lanes) })),
        candidate.nets.map(netOf),
      ) &&
      new Set(lanes.map(({ model }) => model.width)).size === 1 &&
      sameSettings(recipe.optimizer, paperExperiment(candidate).recipe.optimizer) &&
      recipe.schedule.warmUp === undefined,
  );
  const isWhole = (candidate: Preset) =>
    recipe.steps === paperSetting.steps && lanes[0]?.model.width === paperSetting.width && candidate.whole;
  return matches.find(isWhole) ?? matches.find((candidate) => !candidate.whole) ?? null;
}

/** The paper's recipe with its drops at the same shares of the steps. */
const scaledRecipe = (steps: number) => ({
  optimizer,
  schedule: { type: 'steps', milestones: DROPS.map((share) => Math.round(share * steps)) },
  augment: paperSetting.augment,
  seed: 1,
});
/** The rate drops at 32,000 and 48,000 of 64,000 steps (section 4.2). */
const DROPS = [1 / 2, 3 / 4];

/** The recipe of a run that is too short for the paper's: a constant rate, and the images as they are. */
export const shortRecipe = { optimizer, schedule: { type: 'constant' }, augment: 'none', seed: 1 } as const;

const netOf = ({ block, depth, shortcut, optimizer: ofItsOwn, warmUp, from }: LooseNet) => ({
  block,
  depth,
  shortcut: isResidual(block) ? shortcut : null,
  optimizer: ofItsOwn,
  warmUp,
  from,
});
type LooseNet = Omit<Net, 'optimizer' | 'warmUp' | 'from'> & {
  readonly optimizer?: OptimizerConfig | undefined;
  readonly warmUp?: WarmUpConfig | undefined;
  readonly from?: object | undefined;
};

const own = ({ optimizer: ofItsOwn, warmUp }: LaneConfig) => ({ optimizer: ofItsOwn, warmUp });

/** Where a lane goes on from, as a preset says it; what is changed there is said, too: no preset does. */
const placeOf = ({ from }: LaneConfig, lanes: readonly LaneConfig[]) =>
  from && {
    net: lanes.findIndex(({ id }) => id === from.lane),
    step: from.step,
    ...(Object.values(from.changes).some((value) => value !== undefined) && { changes: from.changes }),
  };

function lanesOf(nets: Preset['nets'], width: number) {
  const ids = nets.map((net) => modelName(net).toLowerCase());
  const numbered = ids.map((id, i) => {
    const before = ids.slice(0, i).filter((other) => other === id).length;
    return before === 0 ? id : `${id}-${before + 1}`;
  });
  return nets.map(({ optimizer: ofItsOwn, warmUp, from, ...net }, i) => ({
    id: numbered[i],
    model: { ...net, width },
    optimizer: ofItsOwn,
    warmUp,
    ...(from && { from: { lane: numbered[from.net], step: from.step } }),
  }));
}
