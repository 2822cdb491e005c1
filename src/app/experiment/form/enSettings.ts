/** The words of the forms: settings shared by all lanes, a lane's own, and what is wrong in them. */
import { isSettingName, settingNames } from '../../../model/recipeSettings.ts';
import { isInGroup, settingWords, wordsOf, type Group } from '../../runs/enRecipeSettings.ts';
import type { ExperimentConfig } from '../../../model/config.ts';
import { paperSetting } from '../../../model/paper.ts';
import type { RecipeDraft } from '../../state/draft.ts';
import type { FieldFault } from '../../state/readDraft.ts';
import { totalSteps } from '../../runs/progress.ts';
import { integer, list, plainNumber } from '../../ui/format.ts';

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
  sharedOptimizer: 'As in the settings',
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
  width: 'In the first stage; twice and four times as many after it. The paper: 16.',
  name: 'Empty: named after the net',
  depthChoice: (depth: number) => `Use ${integer(depth)}`,
  milestoneBeyond: (milestone: number) =>
    `The change at step ${integer(milestone)} lies beyond the budget and will not come.`,
  schedulePicture: 'The learning rate over the budget',
};

/** What settings with a shape of their own add to their group's line. */
const structuredSummary: Partial<Readonly<Record<Group, (draft: RecipeDraft) => readonly string[]>>> = {
  rate: ({ schedule, warmUp }) => [
    { constant: 'constant', steps: 'in steps', cosine: 'cosine' }[schedule],
    warmUp === 'none' ? '' : 'warm-up',
  ],
  budget: ({ budget, budgetUnit }) => [`${budget} ${budgetUnit}`],
};

/** The one line that sums a group up while it is closed. */
export function summary(group: Group, draft: RecipeDraft): string {
  const simple = settingNames.filter((name) => isInGroup(name, group));
  const parts = simple.map((name) => wordsOf(name).summary?.(draft) ?? '');
  return [...parts, ...(structuredSummary[group]?.(draft) ?? [])].filter(Boolean).join(', ');
}

/** What each other number has to be. */
const rules: Readonly<Record<string, string>> = {
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

/** What is wrong in a field, and what to write instead. */
export function faultText({ field, written, kind, detail }: FieldFault): string {
  const key = field.split('.').at(-1) ?? field;
  const isDepth = key === 'depth';
  if (isDepth && kind === 'refused' && detail.startsWith('depth')) return sentence(detail);
  const rule = isSettingName(key) ? wordsOf(key).rule : rules[key];
  if (!rule) return sentence(detail);
  if (kind === 'empty') return `This is empty. ${rule}`;
  if (kind === 'not-a-number') return `\u201c${written.trim()}\u201d is not a number here. ${rule}`;
  return `${written.trim()} does not work here. ${rule}`;
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What is smaller here than in the paper, in words; null if nothing is. */
export function shrunk({ lanes, recipe }: ExperimentConfig): string | null {
  const widest = Math.max(...lanes.map((lane) => lane.model.width));
  const steps = totalSteps(recipe);
  const parts = [
    share(widest, paperSetting.width, 'the filters'),
    share(recipe.batchSize, paperSetting.batchSize, 'the batch'),
    steps !== null && steps < paperSetting.steps
      ? `${integer(steps)} of ${integer(paperSetting.steps)} steps`
      : null,
    recipe.augment === 'none' ? 'no crops or flips' : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? list(parts) : null;
}

function share(here: number, paper: number, what: string): string | null {
  if (here >= paper) return null;
  if (here * 2 === paper) return `half ${what}`;
  if (here * 4 === paper) return `a quarter of ${what}`;
  return `${plainNumber((100 * here) / paper)}% of ${what}`;
}

export const againstPaper = {
  lead: 'Against the paper:',
  same: 'The paper\u2019s own setting. Expect hours, or days, without a fast graphics card.',
  note: `The paper: ${integer(paperSetting.width)}, ${integer(2 * paperSetting.width)} and ${integer(4 * paperSetting.width)} filters, batch ${integer(paperSetting.batchSize)}, crops and flips, ${integer(paperSetting.steps)} steps.`,
  results: (items: readonly string[]) => `Test error after them: ${list(items)}.`,
  result: (name: string, error: number, approximate: boolean) =>
    `${approximate ? 'about ' : ''}${plainNumber(error)}% (${name})`,
};
