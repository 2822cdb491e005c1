/**
 * The experiment being edited, as a form holds it: numbers are kept as they were typed, so that nothing is lost on a
 * wrong value. {@link readDraft} makes the experiment of it, or says what is wrong where.
 */
import type {
  ExperimentConfig,
  LaneConfig,
  ModelConfig,
  NormalisationConfig,
  OptimizerConfig,
  RecipeConfig,
  ScheduleConfig,
} from '../../model/config.ts';
import { sameSettings } from '../../model/sameSettings.ts';

export interface LaneDraft {
  readonly id: string;
  readonly name: string;
  readonly depth: string;
  readonly block: ModelConfig['block'];
  readonly shortcut: ModelConfig['shortcut'];
  readonly width: string;
  /** Its own optimiser, whose rate is what was typed; null if it shares the recipe's. */
  readonly optimizer: OptimizerConfig | null;
  readonly rate: string;
}

export interface RecipeDraft {
  readonly optimizer: OptimizerConfig['type'];
  readonly learningRate: string;
  readonly momentum: string;
  readonly weightDecay: string;
  readonly decayNormalisation: boolean;
  readonly schedule: ScheduleConfig['type'];
  /** Steps, separated by commas or spaces. */
  readonly milestones: string;
  readonly factor: string;
  readonly warmUp: 'none' | 'steps' | 'error';
  readonly warmUpRate: string;
  readonly warmUpSteps: string;
  /** %, below which the warm-up ends. */
  readonly warmUpError: string;
  readonly batchSize: string;
  readonly budgetUnit: 'steps' | 'epochs' | 'minutes';
  readonly budget: string;
  readonly seed: string;
  /** Of the experiment, but shown with the seed. */
  readonly seeds: string;
  readonly augment: RecipeConfig['augment'];
  readonly normalisation: NormalisationConfig;
  readonly order: RecipeConfig['order'];
  readonly evaluationEvery: string;
  readonly evaluationImages: string;
  readonly evaluationAtEnd: boolean;
}

/** The fields of the recipe that hold what was typed. */
export type TextKey = {
  [K in keyof RecipeDraft]: string extends RecipeDraft[K] ? K : never;
}[keyof RecipeDraft];

export interface ExperimentDraft {
  readonly lanes: readonly LaneDraft[];
  readonly recipe: RecipeDraft;
  readonly pace: ExperimentConfig['pace'];
}

/** The form that shows this experiment. */
export function draftOf({ lanes, recipe, pace, seeds }: ExperimentConfig): ExperimentDraft {
  const { schedule, optimizer, evaluation } = recipe;
  const { warmUp } = schedule;
  const unit = recipe.epochs !== undefined ? 'epochs' : recipe.minutes !== undefined ? 'minutes' : 'steps';
  return {
    lanes: lanes.map(laneDraftOf),
    recipe: {
      optimizer: optimizer.type,
      learningRate: String(optimizer.learningRate),
      momentum: String(optimizer.momentum),
      weightDecay: String(optimizer.weightDecay),
      decayNormalisation: optimizer.decayNormalisation,
      schedule: schedule.type,
      milestones: (schedule.type === 'steps' ? schedule.milestones : [32_000, 48_000]).join(', '),
      factor: String(schedule.type === 'steps' ? schedule.factor : 0.1),
      warmUp: warmUp === undefined ? 'none' : warmUp.steps !== undefined ? 'steps' : 'error',
      warmUpRate: String(warmUp?.learningRate ?? 0.01),
      warmUpSteps: String(warmUp?.steps ?? 400),
      warmUpError: String(100 * (warmUp?.untilError ?? 0.8)),
      batchSize: String(recipe.batchSize),
      budgetUnit: unit,
      budget: String(recipe[unit] ?? ''),
      seed: String(recipe.seed),
      seeds: String(seeds),
      augment: recipe.augment,
      normalisation: recipe.normalisation,
      order: recipe.order,
      evaluationEvery: String(evaluation.every),
      evaluationImages: String(evaluation.images),
      evaluationAtEnd: evaluation.atEnd,
    },
    pace,
  };
}

function laneDraftOf({ id, name, model, optimizer }: LaneConfig): LaneDraft {
  const { depth, block, shortcut, width } = model;
  return {
    id,
    name,
    depth: String(depth),
    block,
    shortcut,
    width: String(width),
    optimizer: optimizer ?? null,
    rate: String(optimizer?.learningRate ?? ''),
  };
}

/** An id for a new lane that none of `lanes` has. */
export function freeLaneId(lanes: readonly LaneDraft[]): string {
  for (let i = 1; ; i++) {
    const id = `lane-${i}`;
    if (!lanes.some((lane) => lane.id === id)) return id;
  }
}

/** The plain lanes' counterparts with shortcuts (basic blocks, option A) that are not there yet. */
export function missingTwins(lanes: readonly LaneDraft[]): readonly LaneDraft[] {
  const all = [...lanes];
  const twins: LaneDraft[] = [];
  for (const lane of lanes.filter((candidate) => candidate.block === 'plain')) {
    const exists = all.some(
      (other) =>
        other.block === 'basic' &&
        other.shortcut === 'A' &&
        other.depth === lane.depth &&
        other.width === lane.width &&
        sameSettings(other.optimizer, lane.optimizer),
    );
    if (exists) continue;
    const twin: LaneDraft = { ...lane, id: freeLaneId(all), name: '', block: 'basic', shortcut: 'A' };
    twins.push(twin);
    all.push(twin);
  }
  return twins;
}
