/** The words of the forms: settings shared by all lanes, a lane's own, and what is wrong in them. */
import { settingWords, type Group } from '../../runs/enRecipeSettings.ts';
import type { RecipeDraft } from '../../state/draft.ts';
import { integer, joined, list, plainNumber } from '../../ui/format.ts';

export const settings = {
  heading: 'Shared by all lanes',
  open: 'Settings',
  locked: 'locked while training',
  wrong: 'needs mending',
};

/** Labels of the form's fields, but for the simple settings of a recipe (runs/enRecipeSettings.ts). */
export const labels = {
  name: 'Name',
  depth: 'Depth',
  block: 'Block',
  shortcut: 'Shortcut',
  width: 'Filters',
  optimizer: settingWords.optimizer.label,
  learningRate: settingWords.learningRate.label,
  schedule: 'Schedule',
  milestones: 'Change at steps',
  factor: 'Multiply by',
  warmUp: 'Warm-up',
  warmUpRate: 'Warm-up rate',
  warmUpSteps: 'Warm-up steps',
  warmUpError: 'Until training error, %',
  budgetUnit: 'Counted in',
  budget: 'Train for',
  normalisation: 'Normalisation',
} as const;

/** While something trains. */
export const locked =
  'What trains is locked: what is compared must stay the same. Stop to change it. New lanes can join.';

export const options = {
  optimizer: settingWords.optimizer.options,
  shared: 'As in the settings',
  schedule: { constant: 'Constant', steps: 'In steps', cosine: 'Cosine' },
  warmUp: { none: 'None', steps: 'For some steps', error: 'Until an error' },
  budgetUnit: { steps: 'steps', epochs: 'epochs', minutes: 'minutes' },
  normalisation: {
    'per-pixel-mean': 'Mean image taken away',
    channel: 'Each channel to mean 0, deviation 1',
  },
  normalisationGiven: 'As given',
  block: { plain: 'Plain', basic: 'Residual, basic', bottleneck: 'Residual, bottleneck' },
  shortcut: {
    A: 'A: identity, zeros for new channels',
    B: 'B: 1\u00d71 conv where the shape changes',
    C: 'C: 1\u00d71 conv everywhere',
  },
} as const;

export const hints = {
  plainShortcut: 'A plain net has no shortcuts to choose.',
  depth: { plain: '6n + 2 layers', basic: '6n + 2 layers', bottleneck: '9n + 2 layers' },
  /** A depth that exists here and there. */
  imageNet: (depth: number) =>
    `Not the ResNet-${integer(depth)} of articles: that one, for ImageNet, has four stages and a 7\u00d77 stem.`,
  width: 'In the first stage; twice and four times as many after it. The paper: 16.',
  name: 'Empty: named after the net',
  depthChoice: (depth: number) => `Use ${integer(depth)}`,
  milestoneBeyond: (milestone: number) =>
    `The change at step ${integer(milestone)} lies beyond the budget and will not come.`,
  schedulePicture: 'The learning rate over the budget',
};

/** What settings with a shape of their own add to their group's line. */
export const structuredSummary: Partial<Readonly<Record<Group, (draft: RecipeDraft) => string>>> = {
  rate: ({ schedule, warmUp }) =>
    joined(
      ', ',
      { constant: 'constant', steps: 'in steps', cosine: 'cosine' }[schedule],
      warmUp === 'none' ? '' : 'warm-up',
    ),
  budget: ({ budget, budgetUnit }) => `${budget} ${budgetUnit}`,
};

/** What each other number has to be. */
export const rules: Readonly<Record<string, string>> = {
  depth: 'Write a whole number of layers, such as 20 or 56.',
  width: 'Write a whole number from 1 to 256, such as 16.',
  name: 'Use at most 40 characters, and none that is cut in half.',
  rate: 'Write a number above 0, such as 0.001.',
  milestones: 'Write whole numbers of steps, such as 32000, 48000: 64 of them at most, none above a billion.',
  factor: 'Write a number between 0 and 1, such as 0.1.',
  warmUpRate: 'Write a number above 0, such as 0.01.',
  warmUpSteps: 'Write a whole number of steps, from 1 to a billion.',
  warmUpError: 'Write a percentage above 0, and at most 99.9, such as 80.',
  budget:
    'Write a number above 0; steps have to be whole, and at most a billion, epochs and minutes at most a million.',
};

/** What is wrong in a field; `rule` is what to write instead. */
export const faults = {
  empty: (rule: string) => `This is empty. ${rule}`,
  notANumber: (written: string, rule: string) => `\u201c${written}\u201d is not a number here. ${rule}`,
  refused: (written: string, rule: string) => `${written} does not work here. ${rule}`,
};

/** What of the paper's setting can be smaller here. */
export type PaperSize = 'filters' | 'batch';
const sizes: Readonly<Record<PaperSize, string>> = { filters: 'the filters', batch: 'the batch' };

export const againstPaper = {
  lead: 'Smaller than in the 2015 paper (He et al.):',
  same: 'The paper\u2019s own setting. Expect hours, or days, without a fast graphics card.',
  half: (size: PaperSize) => `half ${sizes[size]}`,
  quarter: (size: PaperSize) => `a quarter of ${sizes[size]}`,
  share: (percent: number, size: PaperSize) => `${plainNumber(percent)}% of ${sizes[size]}`,
  steps: (here: number, paper: number) => `${integer(here)} of ${integer(paper)} steps`,
  noAugmentation: 'no crops or flips',
  /** Of the three stages' filters. */
  note: ([first, second, third]: readonly [number, number, number], batchSize: number, steps: number) =>
    `The paper: ${integer(first)}, ${integer(second)} and ${integer(third)} filters, batch ${integer(batchSize)}, crops and flips, ${integer(steps)} steps.`,
  results: (items: readonly string[]) => `Test error after them: ${list(items)}.`,
  result: (name: string, error: number, approximate: boolean) =>
    `${approximate ? 'about ' : ''}${plainNumber(error)}% (${name})`,
};
