/** The words of going back to a moment of a run, and of what is changed there. */
import type { BranchFault, BranchNote } from '../../model/branch.ts';
import type { RunConfig } from '../../model/config.ts';
import { isResidual } from '../../model/depths.ts';
import { ERROR_MEAN_STEPS } from '../../model/errorMean.ts';
import { integer, list, megabytes, percent, plainNumber } from '../ui/format.ts';
import type { ChangeKind } from './branchChanges.ts';
import { optimizers } from '../runs/enOptimizers.ts';

export const moment = {
  heading: (name: string) => `${name}, moment by moment`,
  close: 'Close',
  intro:
    'Everything that the net was after these steps is kept in this browser: its weights, what the optimiser remembers, and which images come next.',
  slider: 'Moment',
  after: (step: number, total: number | null) =>
    step === 0
      ? 'Before the first step'
      : `After step ${integer(step)}${total === null ? '' : ` of ${integer(total)}`}`,
  none: 'No moment of this run is kept. Moments are kept while a net trains here.',
  kept: (count: number, size: number) =>
    `${count === 1 ? 'One moment is' : `${integer(count)} moments are`} kept, ${megabytes(size)} MB in all.`,
  facts: {
    training: `training error, mean of ${ERROR_MEAN_STEPS} steps`,
    test: 'test error',
    loss: 'training loss',
    rate: 'learning rate',
    epoch: 'epochs',
    at: (step: number) => `at step ${integer(step)}`,
    unknown: 'not known yet',
  },
  percent,
  number: plainNumber,
};

export const branch = {
  heading: 'Go another way from here',
  text: 'Change one thing, and train on from these weights, over the same images where the batches stay the same.',
  change: 'Change',
  changes: (config: RunConfig): Readonly<Record<ChangeKind, string>> => ({
    skips: isResidual(config.model.block) ? 'Take its skip connections out' : 'Switch skip connections on',
    rate: 'Learning rate',
    optimizer: 'Optimiser',
    batch: 'Batch',
    augment: config.augment === 'none' ? 'Crop and flip the images' : 'Leave the images as they are',
    order: 'Another order of the images',
    none: 'Nothing: only train longer, or see it come out the same',
  }),
  value: { rate: 'Learning rate', batch: 'Images in a batch', order: 'Seed of the order' },
  optimizer: 'Optimiser',
  optimizers,
  steps: 'Steps in all',
  go: 'Branch here and train',
  longer: 'Train on',
  waits: 'Something trains now: a branch can begin when it is over, or stopped.',
  unread: (detail: string) => `This moment cannot be read: ${detail} Choose another one.`,
  equal: 'Nothing is changed: it will come out like its parent, to the last bit.',
};

/** What a branch is called: its parent's name, the step, and what is other. */
export function branchName(parent: string, step: number, kind: ChangeKind, config: RunConfig): string {
  const { optimizer, batchSize, seed, augment, model } = config;
  const other = {
    skips: isResidual(model.block) ? 'skips on' : 'skips off',
    rate: `rate ${plainNumber(optimizer.learningRate)}`,
    optimizer: optimizers[optimizer.type],
    batch: `batch ${integer(batchSize)}`,
    augment: augment === 'none' ? 'no augmentation' : 'augmented',
    order: `order ${integer(seed)}`,
    none: 'again',
  }[kind];
  return `${parent} from ${integer(step)}, ${other}`;
}

const settings = {
  seed: 'the seed',
  order: 'the order',
  batchSize: 'the size of a batch',
  augment: 'augmentation',
  normalisation: 'normalisation',
} as const;

/** What begins anew, in a sentence. */
export function noteText(note: BranchNote): string {
  switch (note.kind) {
    case 'optimizer':
      return `${optimizers[note.is]} begins without a memory: what ${optimizers[note.was]} remembered means nothing to it.`;
    case 'warmUp':
      return 'The warm-up is another one, and begins now.';
    case 'batches':
      return `Its batches are not those of its parent from here on, because of ${list(note.because.map((key) => settings[key]))}.`;
    case 'epochs':
      return `Epochs are counted from ${plainNumber(note.was)} to ${plainNumber(note.is)}: batches have another size.`;
    case 'statistics':
      return 'The running means of batch norm are those of the other net at first: tests of the first steps say little.';
    case 'unused':
      return `The weights of ${integer(note.tensors.length)} tensors of its shortcuts have no place any more.`;
    case 'evaluation':
      return 'The test that was due at this moment is left out.';
  }
}

/** Why there is no such branch, and what to do. */
export function branchFaultText(fault: BranchFault): string {
  switch (fault.kind) {
    case 'net':
      return `Its weights fit no net of another ${fault.what}.`;
    case 'shortcuts':
      return 'Such shortcuts need weights of their own, and this net has none.';
    case 'budget':
      return fault.unit === 'steps'
        ? `It has taken ${integer(fault.spent)} steps already: give more in all.`
        : `Its budget in ${fault.unit} is spent already.`;
  }
}
