/**
 * The settings of a recipe, one row each. From a row come its entry in the schema (config.ts), its part of a link (link.ts), what the
 * form holds and reads of it (app/state/draft.ts, readDraft.ts) and its column in the table of runs. Its words are one row of
 * app/runs/enRecipeSettings.ts. A row's name is the setting's name on the page; rows stand in the order in which they are told.
 */
import * as v from 'valibot';
import { MOST_SEED, MOST_STEPS, nonNegative, rateAboveZero, wholeFrom } from './bounds.ts';

/** Where in an experiment a setting stands. */
export type Place = 'experiment' | 'recipe' | 'optimizer' | 'evaluation';
export type SettingValue = string | number | boolean;

/** A setting that is one number, one choice or one switch. */
export interface SettingRow {
  readonly kind: 'whole' | 'number' | 'choice' | 'switch';
  readonly in: Place;
  /** Its key there. */
  readonly key: string;
  /** With its default. */
  readonly schema: v.GenericSchema;
  /**
   * Its part of a link of version 1. Settings with one letter are written together. None of it ever changes: links are read for
   * ever, also by the `absent` that the schema may have left behind.
   */
  readonly link: {
    readonly letter: string;
    /** What a link without the letter means. */
    readonly absent: SettingValue;
    /** What stands for each choice behind the letter; `absent` needs none. */
    readonly codes?: Readonly<Record<string, string>>;
  };
  /** The optimisers that read it; all if absent. */
  readonly onlyFor?: readonly string[];
  /** False where it is no column of the table of runs. */
  readonly compared?: false;
  /** Set where it changes time and memory alone and no number of a run: runs that differ in nothing else repeat one another. */
  readonly costsOnly?: true;
}

/** A setting with a shape of its own: schema, link, form and words are written out where each of them is. */
const structured = { kind: 'structured' } as const;

export const optimizerCodes = { sgd: 's', adam: 'a', rmsprop: 'r' } as const;

export const recipeSettings = {
  optimizer: {
    kind: 'choice',
    in: 'optimizer',
    key: 'type',
    schema: v.optional(v.picklist(['sgd', 'adam', 'rmsprop']), 'sgd'),
    link: { letter: 'o', absent: 'sgd', codes: optimizerCodes },
  },
  learningRate: {
    kind: 'number',
    in: 'optimizer',
    key: 'learningRate',
    schema: rateAboveZero,
    link: { letter: 'l', absent: 0.1 },
  },
  momentum: {
    kind: 'number',
    in: 'optimizer',
    key: 'momentum',
    schema: v.optional(v.pipe(nonNegative, v.ltValue(1)), 0),
    link: { letter: 'v', absent: 0.9 },
    // Adam has betas of its own.
    onlyFor: ['sgd', 'rmsprop'],
  },
  schedule: structured,
  weightDecay: {
    kind: 'number',
    in: 'optimizer',
    key: 'weightDecay',
    schema: v.optional(nonNegative, 0),
    link: { letter: 'd', absent: 1e-4 },
  },
  /** Whether weight decay also shrinks batch norm's scale and shift. True is the reproductions' choice. */
  decayNormalisation: {
    kind: 'switch',
    in: 'optimizer',
    key: 'decayNormalisation',
    schema: v.optional(v.boolean(), true),
    link: { letter: 'k', absent: true },
    compared: false,
  },
  /** Szegedy et al. 2016, section 7; He et al. do without. */
  labelSmoothing: {
    kind: 'number',
    in: 'recipe',
    key: 'labelSmoothing',
    schema: v.optional(v.pipe(nonNegative, v.maxValue(0.3)), 0),
    link: { letter: 'h', absent: 0 },
  },
  batchSize: {
    kind: 'whole',
    in: 'recipe',
    key: 'batchSize',
    schema: v.optional(wholeFrom(1, 1024), 128),
    link: { letter: 'b', absent: 128 },
  },
  /** Whether activations are freed on the way forward and computed again on the way back, so that a step holds less (recomputation.ts). */
  recompute: {
    kind: 'switch',
    in: 'recipe',
    key: 'recompute',
    schema: v.optional(v.boolean(), false),
    link: { letter: 'y', absent: false },
    compared: false,
    costsOnly: true,
  },
  budget: structured,
  augment: {
    kind: 'choice',
    in: 'recipe',
    key: 'augment',
    schema: v.optional(v.picklist(['none', 'paper']), 'paper'),
    link: { letter: 'a', absent: 'paper', codes: { none: '' } },
  },
  normalisation: structured,
  order: {
    kind: 'choice',
    in: 'recipe',
    key: 'order',
    schema: v.optional(v.picklist(['shuffled', 'sequential']), 'shuffled'),
    link: { letter: 'q', absent: 'shuffled', codes: { sequential: '' } },
  },
  seed: {
    kind: 'whole',
    in: 'recipe',
    key: 'seed',
    schema: v.optional(wholeFrom(0, MOST_SEED), 1),
    link: { letter: 's', absent: 1 },
  },
  /** Trainings one after the other: with the recipe's seed, and with those that follow it. */
  seeds: {
    kind: 'whole',
    in: 'experiment',
    key: 'seeds',
    schema: v.optional(wholeFrom(1, 20), 1),
    link: { letter: 'g', absent: 1 },
    compared: false,
  },
  /** Steps between evaluations; 0 evaluates at the end only. */
  evaluationEvery: {
    kind: 'whole',
    in: 'evaluation',
    key: 'every',
    schema: v.optional(wholeFrom(0, MOST_STEPS), 0),
    link: { letter: 't', absent: 0 },
    compared: false,
  },
  /** Test images used by the evaluations before the last, which uses all. */
  evaluationImages: {
    kind: 'whole',
    in: 'evaluation',
    key: 'images',
    schema: v.optional(wholeFrom(1, 10_000), 1000),
    link: { letter: 't', absent: 1000 },
    compared: false,
  },
  /** Whether the whole test set is evaluated when the budget is spent. */
  evaluationAtEnd: {
    kind: 'switch',
    in: 'evaluation',
    key: 'atEnd',
    schema: v.optional(v.boolean(), true),
    link: { letter: 'x', absent: true },
    compared: false,
  },
} as const satisfies Readonly<Record<string, SettingRow | typeof structured>>;

type Rows = typeof recipeSettings;
export type RecipeKey = keyof Rows;
/** The names of the settings that are one number, one choice or one switch. */
export type SettingName = {
  [K in RecipeKey]: Rows[K] extends typeof structured ? never : K;
}[RecipeKey];
type RowOf<K extends SettingName> = Rows[K] extends SettingRow ? Rows[K] : never;
export type SettingValues = { readonly [K in SettingName]: v.InferOutput<RowOf<K>['schema']> };
/** The names of those that are no column of the table of runs. */
export type NotCompared = {
  [K in SettingName]: RowOf<K> extends { readonly compared: false } ? K : never;
}[SettingName];
/** The names of those that change no number of a run. */
export type CostsOnly = {
  [K in SettingName]: RowOf<K> extends { readonly costsOnly: true } ? K : never;
}[SettingName];
/** The names of those that are typed as numbers. */
export type NumberName = {
  [K in SettingName]: SettingValues[K] extends number ? K : never;
}[SettingName];

export const recipeKeys = Object.keys(recipeSettings) as readonly RecipeKey[];
export const isSettingName = (key: string): key is SettingName =>
  Object.hasOwn(recipeSettings, key) && recipeSettings[key as RecipeKey].kind !== 'structured';
export const settingNames: readonly SettingName[] = recipeKeys.filter(isSettingName);
export const rowOf = (name: SettingName): SettingRow => recipeSettings[name];

export const isNumberName = (key: string): key is NumberName =>
  isSettingName(key) && (rowOf(key).kind === 'whole' || rowOf(key).kind === 'number');

/** Whether this optimiser reads the setting. */
export const isReadBy = (name: SettingName, optimizer: string): boolean =>
  rowOf(name).onlyFor?.includes(optimizer) ?? true;

/** The dotted path of a setting in an experiment. */
export const pathOf = (name: SettingName): string => `${prefixes[rowOf(name).in]}${rowOf(name).key}`;
const prefixes: Readonly<Record<Place, string>> = {
  experiment: '',
  recipe: 'recipe.',
  optimizer: 'recipe.optimizer.',
  evaluation: 'recipe.evaluation.',
};

type EntriesIn<P extends Place> = {
  readonly [K in SettingName as RowOf<K>['in'] extends P ? RowOf<K>['key'] : never]: RowOf<K>['schema'];
};

/** The entries of the schema of a place. */
export function entriesIn<P extends Place>(place: P): EntriesIn<P> {
  const rows = settingNames.map(rowOf).filter((row) => row.in === place);
  return Object.fromEntries(rows.map(({ key, schema }) => [key, schema])) as EntriesIn<P>;
}
