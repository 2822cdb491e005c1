/** In what two runs differ that makes a difference to their training. */
import type { RunConfig } from '../model/config.ts';
import { isResidual, unitOf } from '../model/depths.ts';
import {
  type CostsOnly,
  isReadBy,
  isSettingName,
  type recipeSettings,
  rowOf,
  settingNames,
  type SettingName,
  type SettingValue,
} from '../model/recipeSettings.ts';
import { settingsKey } from '../model/sameSettings.ts';

/** The settings of a recipe that reach into training: how often and on what a net is tested does not, nor what changes costs alone. */
export type TrainingSetting = Exclude<
  {
    [K in SettingName]: (typeof recipeSettings)[K] extends { readonly in: 'recipe' | 'optimizer' }
      ? K
      : never;
  }[SettingName],
  CostsOnly
>;

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

/** The values of what the run's training reads, as texts: two that are the same make no difference. */
type Profile = ReadonlyMap<Dimension, string>;

export const isTrainingSetting = (name: string): name is TrainingSetting =>
  isSettingName(name) &&
  (rowOf(name).in === 'recipe' || rowOf(name).in === 'optimizer') &&
  !rowOf(name).costsOnly;
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

/**
 * In what the two differ, in the order in which it is told; empty if one repeats the other to the last number. What only one of them
 * reads, as a plain net reads no shortcut's option, is no difference of its own: what lets the other not read it is one.
 */
export function differences(a: Setting, b: Setting): readonly Dimension[] {
  const [one, other] = [profileOf(a), profileOf(b)];
  const all = [...one.keys()].filter(
    (dimension) => other.has(dimension) && one.get(dimension) !== other.get(dimension),
  );
  return all.includes('optimizer') ? all.filter((dimension) => !ofTheOptimizer.includes(dimension)) : all;
}

/** The same for runs that differ in nothing, as far as as much is known of both. */
export const repetitionKey = (setting: Setting): string => settingsKey([...profileOf(setting)]);

const profiles = new WeakMap<Setting, Profile>();
const configProfiles = new WeakMap<RunConfig, Profile>();

/** Remembered, since each run is compared with every other. */
function profileOf(setting: Setting): Profile {
  let profile = profiles.get(setting);
  if (!profile) {
    const { config, startedFrom, precision } = setting;
    let ofConfig = configProfiles.get(config);
    if (!ofConfig) configProfiles.set(config, (ofConfig = profileOfConfig(config)));
    profile = new Map([
      ...ofConfig,
      ['startWeights', startedFrom ?? ''],
      ...(precision === null ? [] : [['precision', precision] as const]),
    ]);
    profiles.set(setting, profile);
  }
  return profile;
}

function profileOfConfig(config: RunConfig): Profile {
  const { model, optimizer, schedule, normalisation } = config;
  const { warmUp, ...rates } = schedule;
  // Only a cosine looks at the budget before it is spent.
  const { steps, epochs, minutes } = config;
  const budget = schedule.type === 'cosine' ? { steps, epochs, minutes } : null;
  const values: readonly (readonly [Dimension, unknown])[] = [
    ['depth', model.depth],
    ['skip', isResidual(model.block)],
    ['unit', unitOf(model.block)],
    ...(isResidual(model.block) ? [['shortcut', model.shortcut] as const] : []),
    ['filters', model.width],
    ...trainingSettings
      .filter((name) => isRead(name, optimizer))
      .map((name) => [name, settingValue(config, name)] as const),
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
