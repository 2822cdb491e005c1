/** Schemas of what a person can ask for. Unknown keys are refused; defaults are the paper's where it has one. */
import * as v from 'valibot';
import { cut, linesWithin } from './boundedText.ts';
import { MOST_SEED, MOST_STEPS, positive, rateAboveZero, wholeFrom } from './bounds.ts';
import { depthFault } from './depths.ts';
import { fromSchema, originFault } from './laneFrom.ts';
import { entriesIn } from './recipeSettings.ts';

const MOST_MILESTONES = 64;
export const MOST_LANES = 16;
const steps = wholeFrom(1, MOST_STEPS);
const mean = v.pipe(v.number(), v.minValue(-1e3), v.maxValue(1e3));
const deviation = v.pipe(v.number(), v.minValue(1e-6), v.maxValue(1e3));

/** A list whose length is looked at before its entries are. */
const listOf = <S extends v.GenericSchema>(entry: S, most: number, message: string) =>
  v.pipe(
    v.unknown(),
    v.check((list) => !Array.isArray(list) || list.length <= most, message),
    v.array(entry),
  );

/** The net: He et al. 2015, section 4.2 (plain, basic) and section 4.1 / He et al. 2016 (bottleneck). */
export const modelSchema = v.pipe(
  v.strictObject({
    family: v.optional(v.literal('cifar'), 'cifar'),
    depth: wholeFrom(1, Number.MAX_SAFE_INTEGER),
    block: v.optional(v.picklist(['plain', 'basic', 'bottleneck']), 'basic'),
    shortcut: v.optional(v.picklist(['A', 'B', 'C']), 'A'),
    /** Filters of the first stage; the next two have twice and four times as many. */
    width: v.optional(wholeFrom(1, 256), 16),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const fault = depthFault(dataset.value.block, dataset.value.depth);
    if (fault) {
      addIssue({
        message: fault,
        path: [
          { type: 'object', origin: 'value', input: dataset.value, key: 'depth', value: dataset.value.depth },
        ],
      });
    }
  }),
);

/**
 * SGD with momentum: `v = m*v + g; w = w - lr*v`, weight decay added to the gradient. Adam: betas 0.9 and 0.999,
 * epsilon 1e-8. RMSprop: alpha 0.99, epsilon 1e-8 (all as PyTorch has them).
 */
export const optimizerSchema = v.strictObject(entriesIn('optimizer'));

const warmUpSchema = v.pipe(
  v.strictObject({
    learningRate: rateAboveZero,
    /** Ends after this many steps ... */
    steps: v.optional(steps),
    /** ... or when the training error, averaged over the last 100 steps, is below this fraction. */
    untilError: v.optional(v.pipe(positive, v.minValue(1e-6), v.maxValue(0.999))),
  }),
  v.check((w) => (w.steps === undefined) !== (w.untilError === undefined), 'give either steps or untilError'),
);

const scheduleObject = v.variant('type', [
  v.strictObject({ type: v.literal('constant'), warmUp: v.optional(warmUpSchema) }),
  v.strictObject({
    type: v.literal('steps'),
    /** Steps at which the rate is multiplied by `factor`. */
    milestones: v.optional(
      listOf(steps, MOST_MILESTONES, `a schedule has at most ${MOST_MILESTONES} changes`),
      [32_000, 48_000],
    ),
    factor: v.optional(v.pipe(positive, v.ltValue(1)), 0.1),
    warmUp: v.optional(warmUpSchema),
  }),
  v.strictObject({ type: v.literal('cosine'), warmUp: v.optional(warmUpSchema) }),
]);

/** A schedule, or its name alone. `steps` alone is the paper's: divide by ten at 32,000 and 48,000 steps. */
export const scheduleSchema = v.pipe(
  v.unknown(),
  v.transform((schedule) => (typeof schedule === 'string' ? { type: schedule } : schedule)),
  scheduleObject,
);

const normalisationSchema = v.union(
  [
    v.picklist(['per-pixel-mean', 'channel']),
    v.strictObject({
      mean: v.strictTuple([mean, mean, mean]),
      std: v.strictTuple([deviation, deviation, deviation]),
    }),
  ],
  'expected "per-pixel-mean", "channel" or {mean: [r, g, b], std: [r, g, b]} of pixels scaled to 0 to 1',
);

/** What the runs of one experiment share. */
const recipeEntries = {
  optimizer: v.optional(optimizerSchema, {
    type: 'sgd',
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: 1e-4,
  }),
  schedule: v.optional(scheduleSchema, { type: 'constant' }),
  ...entriesIn('recipe'),
  /** The budget: exactly one of the three. */
  steps: v.optional(steps),
  epochs: v.optional(positive),
  minutes: v.optional(positive),
  normalisation: v.optional(normalisationSchema, 'per-pixel-mean'),
  evaluation: v.optional(v.strictObject(entriesIn('evaluation')), {}),
};

const hasOneBudget = (recipe: {
  readonly steps?: number | undefined;
  readonly epochs?: number | undefined;
  readonly minutes?: number | undefined;
}) => [recipe.steps, recipe.epochs, recipe.minutes].filter((budget) => budget !== undefined).length === 1;
const budgetMessage = 'give the budget as exactly one of steps, epochs or minutes';

const version = v.optional(v.literal(1), 1);

/** One net and how it is trained: what the command line reads. */
export const runSchema = v.pipe(
  v.strictObject({ version, model: modelSchema, ...recipeEntries }),
  v.check((recipe) => hasOneBudget(recipe), budgetMessage),
);

export const recipeSchema = v.pipe(
  v.strictObject(recipeEntries),
  v.check((recipe) => hasOneBudget(recipe), budgetMessage),
);

export const laneSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,24}$/, 'expected 1 to 24 of a-z, 0-9 and -')),
  /** The person's own name for it; empty means that one is made from the model. */
  name: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(40),
      v.check((name) => !/\p{Surrogate}/u.test(name), 'the name holds half of a character'),
    ),
    '',
  ),
  model: modelSchema,
  /** Its own optimiser, in place of the recipe's. */
  optimizer: v.optional(optimizerSchema),
  /** Its own warm-up, in place of the recipe's or where that has none. */
  warmUp: v.optional(warmUpSchema),
  from: v.optional(fromSchema),
});

const experimentObject = v.strictObject({
  version,
  lanes: v.pipe(
    listOf(laneSchema, MOST_LANES, `an experiment has at most ${MOST_LANES} lanes`),
    v.minLength(1, 'an experiment needs at least one lane'),
    v.check((lanes) => new Set(lanes.map((l) => l.id)).size === lanes.length, 'two lanes have the same id'),
  ),
  recipe: recipeSchema,
  /** `lockstep`: every lane gets the same batch, the next when all are done. `free`: each at its own pace. */
  pace: v.optional(v.picklist(['lockstep', 'free']), 'lockstep'),
  ...entriesIn('experiment'),
});

/** Several nets trained under one recipe, made to be compared. */
export const experimentSchema = v.pipe(
  experimentObject,
  v.forward(
    v.check(
      ({ recipe, seeds }) => recipe.seed + (seeds - 1) <= MOST_SEED,
      `this seed and those that follow it are at most ${MOST_SEED}`,
    ),
    ['recipe', 'seed'],
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { lanes, recipe } = dataset.value;
    const path = (i: number): [v.ObjectPathItem, v.ArrayPathItem, v.ObjectPathItem] => [
      { type: 'object', origin: 'value', input: dataset.value, key: 'lanes', value: lanes },
      { type: 'array', origin: 'value', input: lanes, key: i, value: lanes[i] },
      { type: 'object', origin: 'value', input: lanes[i]!, key: 'from', value: lanes[i]?.from },
    ];
    lanes.forEach((lane, i) => {
      const message = originFault(lane, lanes.slice(0, i), recipe.steps);
      if (message !== null) addIssue({ message, path: path(i) });
    });
  }),
);

export type ModelConfig = v.InferOutput<typeof modelSchema>;
export type OptimizerConfig = v.InferOutput<typeof optimizerSchema>;
export type WarmUpConfig = v.InferOutput<typeof warmUpSchema>;
export type ScheduleConfig = v.InferOutput<typeof scheduleSchema>;
export type NormalisationConfig = v.InferOutput<typeof normalisationSchema>;
export type RecipeConfig = v.InferOutput<typeof recipeSchema>;
export type RunConfig = v.InferOutput<typeof runSchema>;
export type LaneConfig = v.InferOutput<typeof laneSchema>;
export type ExperimentConfig = v.InferOutput<typeof experimentSchema>;
export type Pace = ExperimentConfig['pace'];

/** One thing wrong in a configuration: where (a dotted path, empty for the whole) and what. */
export interface ConfigFault {
  readonly path: string;
  readonly message: string;
}

/** `faults` holds all of them, `message` as many as make less than 1,000 characters. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    super(linesWithin(faults.map((f) => (f.path ? `${f.path}: ${f.message}` : f.message))));
    this.faults = faults;
  }
}

/** The run that `input` describes, defaults filled in. Throws {@link ConfigError} with every fault. */
export const parseRun = (input: unknown): RunConfig => parse(runSchema, input);

/** The experiment that `input` describes, defaults filled in. Throws {@link ConfigError} with every fault. */
export const parseExperiment = (input: unknown): ExperimentConfig => parse(experimentSchema, input);

/** The faults of a net's configuration alone, for a form that is being filled in; empty if it is sound. */
export const modelFaults = (input: unknown): readonly ConfigFault[] => faultsOf(modelSchema, input);

/** The faults of a recipe alone, for a form that is being filled in; empty if it is sound. */
export const recipeFaults = (input: unknown): readonly ConfigFault[] => faultsOf(recipeSchema, input);

/** The run of one lane. */
export function runOfLane(
  { version: of, recipe }: Pick<ExperimentConfig, 'version' | 'recipe'>,
  { model, optimizer = recipe.optimizer, warmUp, from }: LaneConfig,
): RunConfig {
  const {
    steps: own = recipe.steps,
    batchSize = recipe.batchSize,
    augment = recipe.augment,
    seed = recipe.seed,
  } = from?.changes ?? {};
  return {
    version: of,
    model,
    ...recipe,
    ...(own !== undefined && { steps: own }),
    batchSize,
    augment,
    seed,
    optimizer,
    ...(warmUp && { schedule: { ...recipe.schedule, warmUp } }),
  };
}

type AnySchema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;

function parse<S extends AnySchema>(schema: S, input: unknown): v.InferOutput<S> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new ConfigError([{ path: '', message: 'expected a JSON object' }]);
  }
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  throw new ConfigError(firstOfEach(result.issues.map(faultOf)));
}

function faultsOf(schema: AnySchema, input: unknown): readonly ConfigFault[] {
  const result = v.safeParse(schema, input);
  return result.success ? [] : firstOfEach(result.issues.map(faultOf));
}

/** Of a fault's place and of the fault so much is said, whatever stood there. */
const LONGEST_PATH = 80;
const LONGEST_FAULT = 240;

function faultOf(issue: v.BaseIssue<unknown>): ConfigFault {
  const { path, message } = wholeFaultOf(issue);
  return { path: cut(path, LONGEST_PATH), message: cut(message, LONGEST_FAULT) };
}

function wholeFaultOf(issue: v.BaseIssue<unknown>): ConfigFault {
  const path = v.getDotPath(issue) ?? '';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return { path, message: 'this key is not known' };
  }
  if (issue.received === 'undefined') return { path, message: `is missing: expected ${issue.expected}` };
  return { path, message: issue.message };
}

/** One fault a place: a number that is neither whole nor positive is wrong once. */
function firstOfEach(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  return faults.filter(
    ({ path }, i) => path === '' || faults.findIndex((fault) => fault.path === path) === i,
  );
}
