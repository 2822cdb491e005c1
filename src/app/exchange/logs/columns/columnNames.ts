/** What the name of a column says: one row for each kind of name. */

export type Quantity = 'loss' | 'error' | 'accuracy';
/** What images a number is of: those that it trains on, or others. */
export type Phase = 'training' | 'test';

/** "valLoss", "val-loss" and "val/loss" in the same words: "val loss". */
export const wordsOf = (name: string): string =>
  name
    .slice(0, 200)
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9%]+/g, ' ')
    .replace(JOINED, '$1 $2')
    .trim();

/** "trainloss", "valacc" */
const JOINED = /\b(train|val|valid|validation|test)(loss|acc|accuracy|err|error)\b/g;

/** The first row that fits says what is measured; null for what looks like it and is no curve of these charts. */
const quantities: readonly (readonly [RegExp, Quantity | null])[] = [
  // Among the best five; the best so far; over or under something else than images.
  [/\b(top|acc|accuracy|prec|precision|err|error|hits?)( at)? ?(k|5|10)\b/, null],
  [/\b(best|min|max|std|stderr|var|ci)\b/, null],
  [/\b(squared|absolute|percentage|mse|rmse|mae|word|character)\b/, null],
  [/\b(err|error|errors|err1|error1|err ?1|wrong|mistakes?|misclassification|misclassified)\b/, 'error'],
  [/\b(acc|accuracy|acc1|top ?1|prec|prec1|precision|correct)\b/, 'accuracy'],
  [/\b(loss|losses|nll|xent|xentropy|crossentropy|cross entropy|ce|cost|objective)\b/, 'loss'],
];

const TRAINING = /\b(train|training|trn|tr|trained)\b/;
const TEST = /\b(test|testing|tst|te|val|valid|validation|vld|va|eval|evaluation|dev|holdout)\b/;
/** Words beside which a phase names nothing else: "test_epoch", "subset: train". */
const PHASE_ONLY = /\b(train|training|trn|tr|test|testing|tst|te|val|valid|validation|vld|va|eval|evaluation|evaluate|dev|holdout|epoch|iter|step|set|subset|split|phase|mode|stage|true|false)\b/g; // prettier-ignore

export const quantityOf = (name: string): Quantity | null => {
  const words = wordsOf(name);
  return quantities.find(([pattern]) => pattern.test(words))?.[1] ?? null;
};
export const phaseOf = (name: string): Phase | null => {
  const words = wordsOf(name);
  return TEST.test(words) ? 'test' : TRAINING.test(words) ? 'training' : null;
};
/** Whether a cell names training or test images and nothing else. */
export const isPhase = (cell: string): boolean =>
  phaseOf(cell) !== null && wordsOf(cell).replaceAll(PHASE_ONLY, '').trim() === '';

/** Tests were on test images rather than on ones held back, where a file tells of both. */
export const isTestSet = (name: string): boolean => /\b(test|testing|tst|te)\b/.test(wordsOf(name));

export const saysPercent = (name: string): boolean => /%|\b(percent|percentage|pct)\b/i.test(name);

/** Words that say neither what is measured nor of which images: fewer are nearer to the curve itself. */
export const otherWords = (name: string): number =>
  wordsOf(name)
    .replaceAll(
      /\b(loss|acc1?|accuracy|err1?|error|top ?1|train|training|test|val|valid|validation|eval|metrics|epoch|step)\b/g,
      '',
    )
    .split(' ')
    .filter(Boolean).length;

/** What counts steps, the surest first; what counts epochs. */
const COUNTS = '(?:(?:training|train|trainer|current|total|num|n|number of|of) )*';
export const placeNames = {
  step: [
    new RegExp(`^${COUNTS}global (?:step|iter|iteration)s?$`),
    new RegExp(
      `^${COUNTS}(?:steps?|iters?|itr|its?|iterations?|updates?|minibatch(?:es)?|batch(?:es)?)(?: idx| index| id)?$`,
    ),
  ],
  epoch: [/^(?:current |num |n )?epochs?(?: idx| index| id| number)?$/, /\bepochs?\b/],
} as const satisfies Record<string, readonly RegExp[]>;

export const extraNames = {
  epoch: placeNames.epoch,
  seconds: [/^(training )?(seconds|time s|elapsed|elapsed seconds|runtime|relative time process)$/],
  rate: [/^(train |training )?(lr|learning rate|rate)( (\w+|pg ?0|group ?0))?$/],
  images: [/^(test images|images)$/],
} as const satisfies Record<string, readonly RegExp[]>;

/** What runs are called, the plainest first. */
export const runNames = [
  /^(run|experiment|trial|model|net) names?$/,
  /^(name|run|label|experiment)$/,
  /^(run|experiment|trial|task) (id|hash|uuid|key)$/,
  /^(model|net|network|arch|architecture|trial|variant|config)$/,
];
/** Numbers that tell runs apart. */
export const seedNames = [/^(run|run id|seed|random seed|fold|trial|repeat|repetition|rank|worker)$/];

/** Columns of a table in which each row is one number of one curve. */
export const tidyNames = {
  value: [/^(metric )?values?$/, /^val$/],
  curve: [/^(key|metric|metric name|tag|variable|series|curve|measure|scalar|quantity|name)$/],
} as const satisfies Record<string, readonly RegExp[]>;

/** The first column whose name fits the first pattern that fits any; null if none does. */
export function named<C extends { readonly name: string }>(
  columns: readonly C[],
  patterns: readonly RegExp[],
  isMeant: (column: C) => boolean,
): number | null {
  for (const pattern of patterns) {
    const index = columns.findIndex((column) => isMeant(column) && pattern.test(wordsOf(column.name)));
    if (index >= 0) return index;
  }
  return null;
}
