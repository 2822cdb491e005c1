/** Makes an experiment as large as a wanted time allows: filters first, then the batch, then the steps. */
import { parseExperiment, type ExperimentConfig } from './config.ts';
import { costOf, stepsOf, type Cost, type Speed } from './cost.ts';
import { leastSteps } from './laneFrom.ts';
import { paperSetting } from './paper.ts';
import { isLargeEnough, measuredSizes, stepsNeeded } from './presetSizes.ts';
import type { PresetSize } from './presetId.ts';
import { paperExperiment, presetOf, shortRecipe, type Preset } from './presets.ts';

export interface Fit {
  readonly experiment: ExperimentConfig;
  readonly cost: Cost;
  /** False where even the smallest size takes longer than was wanted. */
  readonly fits: boolean;
  /** Whether it is as large as a size at which the preset's claim came out when it was trained; null where none is measured. */
  readonly comesOut: boolean | null;
}

/** From the paper's size down to the smallest that still learns. */
const ladder = [
  { width: 16, batchSize: 128 },
  { width: 16, batchSize: 64 },
  { width: 8, batchSize: 64 },
  { width: 8, batchSize: 32 },
  { width: 4, batchSize: 32 },
] as const;

/** Steps for which filters and batch are given up sooner than steps. */
const ENOUGH = 300;
/** A verdict needs fifty steps; fewer are not worth a run. */
const FEWEST = 60;

/** What a time is kept for apart from steps: a last test on all images may take this share of it. */
const FINAL_SHARE = 0.25;

/**
 * The largest form of `experiment` that takes no more than `seconds`: the same nets, seed and recipe, with as many filters and
 * as large a batch as leave {@link ENOUGH} steps, then as many steps as fit, 64,000 at most. Drops of the learning rate
 * keep their share of the budget. Filters stay where the lanes differ in them: they are what is compared. With
 * `seconds` Infinity it is the paper's size. `measured`: sizes at which its claim comes out; a form that reaches one of them goes before
 * others, and `comesOut` says whether this one does.
 */
export function fitToTime(
  experiment: ExperimentConfig,
  seconds: number,
  speed: Speed,
  measured: readonly PresetSize[] = [],
): Fit {
  const forms = ladder.map((rung) => fill(experiment, rung, seconds, speed, measured));
  const isEnough = ({ fits, cost }: Fit) => fits && cost.steps >= ENOUGH;
  return (
    forms.find((fit) => isEnough(fit) && fit.comesOut !== false) ??
    forms.find(({ fits, comesOut }) => fits && comesOut === true) ??
    forms.find(isEnough) ??
    // Too short a time for enough steps: the smallest form gets most of them.
    forms.at(-1)!
  );
}

/** Fewer steps than these are too few for drops of the learning rate, and see each image a few times at most. */
const LONG = 2000;

/**
 * The preset at the size that fits into `seconds` on a device of this speed: by the paper's recipe where there is time for
 * {@link LONG} steps, else at a constant rate and without augmentation.
 */
export function presetForTime(
  preset: Preset,
  seconds: number,
  speed: Speed,
  measured: readonly PresetSize[] = stepsNeeded(preset.id),
): Fit {
  const paper = paperExperiment(preset);
  const fitted = fitToTime(paper, preset.whole ? Infinity : seconds, speed, measured);
  if (fitted.cost.steps >= LONG) return fitted;
  return fitToTime(shortForm(preset), seconds, speed, measured);
}

/**
 * The form of the preset that takes least time of those at which its claim came out; null where none is measured. Seeds are those of
 * `like`.
 */
export function leastForTheClaim(
  preset: Preset,
  speed: Speed,
  measured: readonly PresetSize[] = measuredSizes(preset.id),
  like?: ExperimentConfig,
): Fit | null {
  if (preset.whole) return null;
  const forms = measured.flatMap((size) => {
    if (size.steps === Infinity) return [];
    const form = size.recipe === 'paper' ? paperExperiment(preset) : shortForm(preset);
    const short = sized(form, size, { images: 500, atEnd: false });
    const experiment = like ? withSeedsOf(like, short) : short;
    return { experiment, cost: costOf(experiment, speed), fits: true, comesOut: true };
  });
  return forms.reduce<Fit | null>(
    (least, form) => (least === null || form.cost.seconds < least.cost.seconds ? form : least),
    null,
  );
}

/** What an experiment that takes longer than it was meant to could be instead. */
export type Shorter =
  | { readonly kind: 'form'; readonly fit: Fit }
  /** No form is much shorter at which the claim comes out. */
  | { readonly kind: 'none' };

/** An experiment is too long beyond so many times what it was meant to take. */
const TOO_LONG = 1.5;
/** A shorter form is worth a word if it takes no more than this share of the time. */
export const WORTH = 0.75;

/**
 * A shorter form of a preset that takes `seconds` and was `meant` to take fewer: never below the size at which its claim comes out.
 * Null for what is no preset, or is the paper's whole recipe, and where nothing is too long.
 */
export function shorterForm(
  experiment: ExperimentConfig,
  seconds: number,
  meant: number,
  speed: Speed,
  measuredOf: (preset: Preset) => readonly PresetSize[] = ({ id }) => stepsNeeded(id),
): Shorter | null {
  if (!(seconds > TOO_LONG * meant)) return null;
  const preset = presetOf(experiment);
  if (!preset || preset.whole) return null;
  const measured = measuredOf(preset);
  const kept = fitToTime(experiment, meant, speed, measured);
  const isLong = kept.cost.steps >= LONG || experiment.recipe.schedule.type !== 'steps';
  const fitted = isLong ? kept : fitToTime(withSeedsOf(experiment, shortForm(preset)), meant, speed, measured); // prettier-ignore
  const fit = fitted.comesOut === false ? leastForTheClaim(preset, speed, measured, experiment) : fitted;
  if (fit && fit.cost.seconds <= WORTH * seconds) return { kind: 'form', fit };
  return fitted.comesOut === false ? { kind: 'none' } : null;
}

const withSeedsOf = ({ recipe, seeds }: ExperimentConfig, other: ExperimentConfig): ExperimentConfig => ({
  ...other,
  seeds,
  recipe: { ...other.recipe, seed: recipe.seed },
});

/** Whether the claim of the preset that `experiment` is came out at its size; null if it is none, or none is measured. */
export function claimComesOut(experiment: ExperimentConfig): boolean | null {
  const preset = presetOf(experiment);
  if (!preset || preset.whole) return null;
  return isLargeEnough(sizeOf(experiment), stepsNeeded(preset.id));
}

function shortForm(preset: Preset): ExperimentConfig {
  const paper = paperExperiment(preset);
  return parseExperiment({ ...paper, recipe: { ...paper.recipe, ...shortRecipe } });
}

const sizeOf = ({ lanes, recipe }: ExperimentConfig): PresetSize => ({
  width: Math.min(...lanes.map(({ model }) => model.width)),
  batchSize: recipe.batchSize,
  steps: stepsOf(recipe) ?? 0,
  recipe: recipe.schedule.type === 'steps' && recipe.augment === paperSetting.augment ? 'paper' : undefined,
});

type Testing = Pick<ExperimentConfig['recipe']['evaluation'], 'images' | 'atEnd'>;

function sized(
  experiment: ExperimentConfig,
  { width, batchSize, steps: wanted }: PresetSize,
  testing: Testing,
): ExperimentConfig {
  const { lanes, recipe } = experiment;
  const steps = Math.max(wanted, leastSteps(lanes));
  const isShared = new Set(lanes.map((lane) => lane.model.width)).size === 1;
  return parseExperiment({
    ...experiment,
    lanes: isShared ? lanes.map((lane) => ({ ...lane, model: { ...lane.model, width } })) : lanes,
    recipe: {
      ...recipe,
      batchSize,
      steps,
      epochs: undefined,
      minutes: undefined,
      schedule: scaled(recipe, steps),
      evaluation: { every: Math.max(1, roundedDown(steps / (steps >= 10_000 ? 32 : 6))), ...testing },
    },
  });
}

function fill(
  experiment: ExperimentConfig,
  rung: (typeof ladder)[number],
  seconds: number,
  speed: Speed,
  measured: readonly PresetSize[],
): Fit {
  const images = seconds === Infinity ? paperSetting.testImages : rung.batchSize >= 128 ? 1000 : 500;
  const withSteps = (steps: number, atEnd: boolean) =>
    sized(experiment, { ...rung, steps }, { images, atEnd });
  const fitOf = (form: ExperimentConfig): Fit => {
    const cost = costOf(form, speed);
    const comesOut = isLargeEnough(sizeOf(form), measured);
    return { experiment: form, cost, fits: cost.seconds <= 1.1 * seconds, comesOut };
  };
  if (seconds === Infinity) return fitOf(withSteps(paperSetting.steps, true));
  const fewest = Math.max(FEWEST, leastSteps(experiment.lanes));
  const one = costOf(withSteps(fewest, true), speed);
  const each = seconds / experiment.seeds;
  const atEnd = one.finalSeconds <= FINAL_SHARE * each;
  const free = each - (atEnd ? one.finalSeconds : 0) - one.evaluationSeconds;
  const steps = Math.min(paperSetting.steps, Math.max(fewest, roundedDown(free / one.stepSeconds)));
  return fitOf(withSteps(steps, atEnd));
}

/** The schedule with its milestones at the same shares of the new budget. */
function scaled(recipe: ExperimentConfig['recipe'], steps: number): ExperimentConfig['recipe']['schedule'] {
  const { schedule } = recipe;
  if (schedule.type !== 'steps') return schedule;
  const before = stepsOf(recipe) ?? paperSetting.steps;
  return {
    ...schedule,
    milestones: schedule.milestones.map((step) => Math.max(1, Math.round((step * steps) / before))),
  };
}

/** To two digits, downwards: 1,234 is 1,200. */
function roundedDown(value: number): number {
  if (value < 10) return Math.floor(value);
  const unit = 10 ** Math.floor(Math.log10(value) - 1);
  return Math.floor(value / unit) * unit;
}
