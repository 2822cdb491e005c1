/** Makes an experiment as large as a wanted time allows: filters first, then the batch, then the steps. */
import { parseExperiment, type ExperimentConfig } from './config.ts';
import { costOf, stepsOf, type Cost, type Speed } from './cost.ts';
import { paperSetting } from './paper.ts';
import { paperExperiment, shortRecipe, type Preset } from './presets.ts';

export interface Fit {
  readonly experiment: ExperimentConfig;
  readonly cost: Cost;
  /** False where even the smallest size takes longer than was wanted. */
  readonly fits: boolean;
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
 * `seconds` Infinity it is the paper's size.
 */
export function fitToTime(experiment: ExperimentConfig, seconds: number, speed: Speed): Fit {
  const forms = ladder.map((rung) => fill(experiment, rung, seconds, speed));
  const best = forms.find((fit) => fit.fits && fit.cost.steps >= ENOUGH);
  if (best) return best;
  // Too short a time for enough steps: the smallest form gets most of them.
  return forms.at(-1)!;
}

/** Fewer steps than these are too few for drops of the learning rate, and see each image a few times at most. */
const LONG = 2000;

/**
 * The preset at the size that fits into `seconds` on a device of this speed: by the paper's recipe where there is time for
 * {@link LONG} steps, else at a constant rate and without augmentation.
 */
export function presetForTime(preset: Preset, seconds: number, speed: Speed): Fit {
  const paper = paperExperiment(preset);
  const fitted = fitToTime(paper, preset.whole ? Infinity : seconds, speed);
  if (fitted.cost.steps >= LONG) return fitted;
  const short = { ...paper, recipe: { ...paper.recipe, ...shortRecipe(preset) } };
  return fitToTime(parseExperiment(short), seconds, speed);
}

function fill(
  experiment: ExperimentConfig,
  { width, batchSize }: (typeof ladder)[number],
  seconds: number,
  speed: Speed,
): Fit {
  const { lanes, recipe } = experiment;
  const isShared = new Set(lanes.map((lane) => lane.model.width)).size === 1;
  const sized = (steps: number, atEnd: boolean): ExperimentConfig =>
    parseExperiment({
      ...experiment,
      lanes: isShared ? lanes.map((lane) => ({ ...lane, model: { ...lane.model, width } })) : lanes,
      recipe: {
        ...recipe,
        batchSize,
        steps,
        epochs: undefined,
        minutes: undefined,
        schedule: scaled(recipe, steps),
        evaluation: {
          every: Math.max(1, roundedDown(steps / (steps >= 10_000 ? 32 : 6))),
          images: seconds === Infinity ? paperSetting.testImages : batchSize >= 128 ? 1000 : 500,
          atEnd,
        },
      },
    });
  if (seconds === Infinity) {
    const whole = sized(paperSetting.steps, true);
    return { experiment: whole, cost: costOf(whole, speed), fits: true };
  }
  const one = costOf(sized(FEWEST, true), speed);
  const each = seconds / experiment.seeds;
  const atEnd = one.finalSeconds <= FINAL_SHARE * each;
  const free = each - (atEnd ? one.finalSeconds : 0) - one.evaluationSeconds;
  const steps = Math.min(paperSetting.steps, Math.max(FEWEST, roundedDown(free / one.stepSeconds)));
  const form = sized(steps, atEnd);
  const cost = costOf(form, speed);
  return { experiment: form, cost, fits: cost.seconds <= 1.1 * seconds };
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
