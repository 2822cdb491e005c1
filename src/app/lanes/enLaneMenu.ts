/** The words of a net's menu, of its editor, and of its new name. */
import type { WarmUpConfig } from '../../model/config.ts';
import { warmUpText } from '../runs/enWarmUp.ts';
import { begun, integer, list } from '../ui/format.ts';

export const menu = {
  of: (name: string) => `Menu of ${name}`,
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  join: 'Train this net',
  change: 'Change',
  duplicate: 'Duplicate',
  rename: 'Rename',
  hide: 'Hide its curves',
  show: 'Show its curves',
  moments: 'Go back to a moment',
  start: 'Start weights',
  save: 'Save weights',
  remove: 'Remove',
  /** Why an entry cannot be chosen now. */
  why: {
    notBegun: 'It has not begun yet.',
    isStopping: 'It is stopping already.',
    goesOn:
      'It goes on from another net, which may be past that step: it begins with that one, at the next Train.',
    fromOther: 'It goes on with the weights of another net.',
    joins: 'Train begins all nets. While others train, a new net can join them.',
    unsound: 'It is not a possible net yet: change it first.',
    trained: 'It has trained among the nets that train now. A copy of it can join them.',
    locked: 'What is compared must stay the same while it trains. A copy of it can be changed.',
    full: 'Sixteen nets are the most that one experiment holds.',
    noCurves: 'It has no curves yet.',
    noMoments: 'Moments are kept while it trains.',
    training: 'They are chosen before training begins.',
    noWeights: 'It has none to save yet.',
    only: 'An experiment needs at least one net.',
  },
};

export const weights = {
  of: (name: string) => `Weights of ${name}`,
  startOf: (name: string) => `Start weights of ${name}`,
  file: (lane: string) => `${lane}.safetensors`,
};

export const editor = {
  heading: (name: string) => `Change ${name}`,
  from: (parent: string, step: number, changes: readonly string[]) =>
    `This net is ${parent} as it was after step ${integer(step)}, trained on from there${changes.length > 0 ? ` with ${list(changes)}` : ''}. Depth, filters and the layers of a block stay those of ${parent}: its weights must fit.`,
  changes: {
    steps: (count: number) => `${integer(count)} steps in all`,
    batchSize: (images: number) => `a batch of ${integer(images)}`,
    augment: (augment: 'none' | 'paper') =>
      augment === 'none' ? 'images as they are' : 'cropped and flipped images',
    seed: (seed: number) => `the order of seed ${integer(seed)}`,
  },
  warmUp: (warmUp: WarmUpConfig) => begun(warmUpText(warmUp)),
  ownStart: 'Train it from its own first step instead',
  close: 'Close',
};

export const rename = {
  heading: (name: string) => `Rename ${name}`,
  label: 'Name',
  hint: (automatic: string) => `Empty: ${automatic}, after the net`,
  save: 'Rename',
};
