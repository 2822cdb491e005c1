/** A run as a row of a table: its settings and its results, each comparable. */
import { isResidual } from '../../../model/depths.ts';
import type { RunConfig } from '../../../model/config.ts';
import { meanError } from '../meanError.ts';
import {
  isReadBy,
  isSettingName,
  recipeKeys,
  rowOf,
  type NotCompared,
  type RecipeKey,
  type SettingValue,
} from '../../../model/recipeSettings.ts';
import { ofEachSetting, settingsOf } from '../../../model/settingValues.ts';
import type { Run } from '../../state/run.ts';

/** Settings of the net, and the seed: what a run is of before how it is trained. */
const firstKeys = ['depth', 'block', 'shortcut', 'width', 'seed'] as const;
type FirstKey = (typeof firstKeys)[number];
type ComparedKey = Exclude<RecipeKey, FirstKey | NotCompared>;
const isCompared = (key: RecipeKey): key is ComparedKey =>
  key !== 'seed' && !(isSettingName(key) && rowOf(key).compared === false);

/** What can differ between two runs, in the order in which a person would name it. */
export const settingKeys = [...firstKeys, ...recipeKeys.filter(isCompared), 'start'] as const;
export type SettingKey = (typeof settingKeys)[number];

export const resultKeys = [
  'name',
  'state',
  'steps',
  'trainingError',
  'testError',
  'seconds',
  'speed',
  'created',
] as const;
/** Those that few look for at first sight: they take room from the names. */
export const furtherKeys: readonly ResultKey[] = ['seconds', 'speed', 'created'];
export type ResultKey = (typeof resultKeys)[number];
export type ColumnKey = ResultKey | SettingKey;

export type Settings = Readonly<Record<SettingKey, string | number>>;

export interface RunFacts {
  readonly run: Run;
  /**
   * Equal for runs that are set alike; what means nothing to a run (the shortcut of a plain net) is empty. Null where the
   * settings are not known.
   */
  readonly settings: Settings | null;
  readonly steps: number;
  /** By {@link meanError}. */
  readonly trainingError: number | null;
  /** Of the last evaluation on all test images, 0 to 1. */
  readonly testError: number | null;
  /** Seconds of training. */
  readonly seconds: number | null;
  /** Images a second of training, over all steps. */
  readonly speed: number | null;
}

/** The facts of a run: the same object for the same run. */
export function factsOf(run: Run): RunFacts {
  let facts = known.get(run);
  if (!facts) {
    facts = measure(run);
    known.set(run, facts);
  }
  return facts;
}

const known = new WeakMap<Run, RunFacts>();

function measure(run: Run): RunFacts {
  const settings = run.config && factsOfSettings(run.config, run.startedFrom);
  if (run.summary) {
    const { trainingError, testError, seconds, speed } = run.summary;
    return { run, settings, steps: run.step, trainingError, testError, seconds, speed };
  }
  const seconds = run.trainingSeconds.last ?? null;
  const images = run.config && run.trainingSeconds.length * run.config.batchSize;
  return {
    run,
    settings,
    steps: run.step,
    trainingError: meanError(run),
    testError: run.evaluations.findLast(({ complete, error }) => complete && error !== null)?.error ?? null,
    seconds,
    speed: images !== null && seconds !== null && seconds > 0 ? images / seconds : null,
  };
}

function factsOfSettings(config: RunConfig, startedFrom: string | null): Settings {
  const { model, optimizer, schedule, steps, epochs, minutes } = config;
  const values = settingsOf({ recipe: config, seeds: 1 });
  return {
    ...ofEachSetting((name) => (isReadBy(name, optimizer.type) ? comparable(values[name]) : '')),
    depth: model.depth,
    block: model.block,
    shortcut: isResidual(model.block) ? model.shortcut : '',
    width: model.width,
    schedule: JSON.stringify(schedule),
    budget: steps ?? (epochs !== undefined ? `${epochs} epochs` : `${minutes ?? 0} minutes`),
    normalisation: JSON.stringify(config.normalisation),
    start: startedFrom ?? '',
  };
}

const comparable = (value: SettingValue): string | number =>
  typeof value === 'boolean' ? String(value) : value;
