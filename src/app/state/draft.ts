/**
 * The experiment being edited, as a form holds it: numbers are kept as they were typed, so that nothing is lost on a
 * wrong value. {@link readDraft} makes the experiment of it, or says what is wrong where.
 */
import { isResidual } from '../../model/depths.ts';
import type {
  ExperimentConfig,
  LaneConfig,
  ModelConfig,
  NormalisationConfig,
  OptimizerConfig,
  ScheduleConfig,
  WarmUpConfig,
} from '../../model/config.ts';
import type { LaneFrom } from '../../model/laneFrom.ts';
import { sameSettings } from '../../model/sameSettings.ts';
import type { SettingName, SettingValues } from '../../model/recipeSettings.ts';
import { ofEachSetting, settingsOf } from '../../model/settingValues.ts';

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
  /** Its own warm-up; null if it shares the recipe's. */
  readonly warmUp: WarmUpConfig | null;
  /** Where it goes on from; null if it begins at its seed. */
  readonly from: LaneFrom | null;
}

/** The simple settings (model/recipeSettings.ts): numbers as they were typed, choices and switches as they are. */
export type SettingsDraft = {
  readonly [K in SettingName]: SettingValues[K] extends number ? string : SettingValues[K];
};

export interface RecipeDraft extends SettingsDraft {
  readonly schedule: ScheduleConfig['type'];
  /** Steps, separated by commas or spaces. */
  readonly milestones: string;
  readonly factor: string;
  readonly warmUp: 'none' | 'steps' | 'error';
  readonly warmUpRate: string;
  readonly warmUpSteps: string;
  /** %, below which the warm-up ends. */
  readonly warmUpError: string;
  readonly budgetUnit: 'steps' | 'epochs' | 'minutes';
  readonly budget: string;
  readonly normalisation: NormalisationConfig;
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
export function draftOf(experiment: ExperimentConfig): ExperimentDraft {
  const { lanes, recipe, pace } = experiment;
  const { schedule } = recipe;
  const { warmUp } = schedule;
  const unit = recipe.epochs !== undefined ? 'epochs' : recipe.minutes !== undefined ? 'minutes' : 'steps';
  return {
    lanes: lanes.map(laneDraftOf),
    recipe: {
      ...settingsDraftOf(settingsOf(experiment)),
      schedule: schedule.type,
      milestones: (schedule.type === 'steps' ? schedule.milestones : [32_000, 48_000]).join(', '),
      factor: String(schedule.type === 'steps' ? schedule.factor : 0.1),
      warmUp: warmUp === undefined ? 'none' : warmUp.steps !== undefined ? 'steps' : 'error',
      warmUpRate: String(warmUp?.learningRate ?? 0.01),
      warmUpSteps: String(warmUp?.steps ?? 400),
      warmUpError: String(100 * (warmUp?.untilError ?? 0.8)),
      budgetUnit: unit,
      budget: String(recipe[unit] ?? ''),
      normalisation: recipe.normalisation,
    },
    pace,
  };
}

const settingsDraftOf = (values: SettingValues) =>
  ofEachSetting((name) =>
    typeof values[name] === 'number' ? String(values[name]) : values[name],
  ) as SettingsDraft;

function laneDraftOf({ id, name, model, optimizer, warmUp, from }: LaneConfig): LaneDraft {
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
    warmUp: warmUp ?? null,
    from: from ?? null,
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
  // A lane that goes on from another one is no net that was trained with its shortcuts, or without, from its seed on.
  const all = lanes.filter(({ from }) => from === null);
  const taken = [...lanes];
  const twins: LaneDraft[] = [];
  for (const lane of all.filter((candidate) => !isResidual(candidate.block))) {
    const exists = all.some(
      (other) =>
        other.block === 'basic' &&
        other.shortcut === 'A' &&
        other.depth === lane.depth &&
        other.width === lane.width &&
        sameSettings([other.optimizer, other.warmUp], [lane.optimizer, lane.warmUp]),
    );
    if (exists) continue;
    const twin: LaneDraft = { ...lane, id: freeLaneId(taken), name: '', block: 'basic', shortcut: 'A' };
    twins.push(twin);
    all.push(twin);
    taken.push(twin);
  }
  return twins;
}
