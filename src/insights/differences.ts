/** In what two runs differ that makes a difference to their training. */
import type { RunConfig } from '../model/config.ts';
import { isResidual, unitOf } from '../model/depths.ts';
import {
  isReadBy,
  isSettingName,
  recipeSettings,
  rowOf,
  settingNames,
  type SettingName,
  type SettingValue,
} from '../model/recipeSettings.ts';
import { settingsKey } from '../model/sameSettings.ts';

/** The settings of a recipe that reach into training: how often and on what a net is tested does not. */
export type TrainingSetting = {
  [K in SettingName]: (typeof recipeSettings)[K] extends { readonly in: 'recipe' | 'optimizer' } ? K : never;
}[SettingName];

/**
 * One thing in which runs may differ. `skip`: whether shortcuts go round the blocks. `unit`: two layers in a block or three.
 * `shortcut`: its option A, B or C.
 */
export type Dimension =
  | 'depth'
  | 'skip'
  | 'unit'
  | 'shortcut'
  | 'filters'
  | TrainingSetting
  | 'schedule'
  | 'warmUp'
  | 'normalisation'
  | 'startWeights'
  | 'precision';

/** How a run was trained. */
export interface Setting {
  readonly config: RunConfig;
  /** The file of weights that it started from; null if from its seed. */
  readonly startedFrom: string | null;
  /** Of its stored activations; null where that is not known. */
  readonly precision: string | null;
}

/** A dimension's value as a text; two that are the same make no difference. */
type Profile = ReadonlyMap<Dimension, string>;

export const isTrainingSetting = (name: string): name is TrainingSetting =>
  isSettingName(name) && (rowOf(name).in === 'recipe' || rowOf(name).in === 'optimizer');
const trainingSettings: readonly TrainingSetting[] = settingNames.filter(isTrainingSetting);

/** A run's value of a setting. */
export function settingValue(config: RunConfig, name: TrainingSetting): SettingValue {
  const row = rowOf(name);
  const place: Readonly<Record<string, unknown>> = row.in === 'optimizer' ? config.optimizer : config;
  // The schema that made the run is made of the same rows.
  return place[row.key] as SettingValue;
}

/** A rate and a momentum mean something else to each optimiser: they belong to it. */
const ofTheOptimizer: readonly Dimension[] = ['learningRate', 'momentum'];

/** In what the two differ, in the order in which it is told; empty if one repeats the other to the last number. */
export function differences(a: Setting, b: Setting): readonly Dimension[] {
  const [one, other] = [profileOf(a), profileOf(b)];
  const all = [...one.keys()].filter((dimension) => one.get(dimension) !== other.get(dimension));
  return all.filter((dimension) => {
    // What is not known is no difference.
    if (dimension === 'precision') return a.precision !== null && b.precision !== null;
    // A plain net has no shortcut to have an option.
    if (dimension === 'shortcut') return !all.includes('skip');
    return !(ofTheOptimizer.includes(dimension) && all.includes('optimizer'));
  });
}

/** The same for runs that differ in nothing. */
export const repetitionKey = (setting: Setting): string => settingsKey([...profileOf(setting)]);

const profiles = new WeakMap<RunConfig, Profile>();

function profileOf({ config, startedFrom, precision }: Setting): Profile {
  let profile = profiles.get(config);
  if (!profile) profiles.set(config, (profile = profileOfConfig(config)));
  return new Map([...profile, ['startWeights', startedFrom ?? ''], ['precision', precision ?? '']]);
}

function profileOfConfig(config: RunConfig): Profile {
  const { model, optimizer, schedule, normalisation } = config;
  const { warmUp, ...rates } = schedule;
  // Only a cosine looks at the budget before it is spent.
  const { steps, epochs, minutes } = config;
  const budget = schedule.type === 'cosine' ? { steps, epochs, minutes } : null;
  const isResidualNet = isResidual(model.block);
  const values: readonly (readonly [Dimension, unknown])[] = [
    ['depth', model.depth],
    ['skip', isResidualNet],
    ['unit', unitOf(model.block)],
    ['shortcut', isResidualNet ? model.shortcut : null],
    ['filters', model.width],
    ...trainingSettings.map(
      (name) => [name, isRead(name, optimizer) ? settingValue(config, name) : null] as const,
    ),
    ['schedule', { rates, budget }],
    ['warmUp', warmUp ?? null],
    ['normalisation', normalisation],
  ];
  return new Map(values.map(([dimension, value]) => [dimension, settingsKey(value)]));
}

function isRead(name: TrainingSetting, { type, weightDecay }: RunConfig['optimizer']): boolean {
  if (name === 'decayNormalisation') return weightDecay > 0;
  return isReadBy(name, type);
}
