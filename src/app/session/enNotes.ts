/** The words of what is said when training or keeping is not as it should be, and of the ways on. */
import type { Failure } from '../../protocol/protocol.ts';
import type { KeepFaultKind } from '../state/keeping.ts';
import { integer, list, plainNumber } from '../ui/format.ts';

export const continueOffer = {
  text: (names: readonly string[], from: number, to: number) =>
    `${list(names)} ${names.length === 1 ? 'was' : 'were'} interrupted at step ${from === to ? integer(to) : `${integer(from)} to ${integer(to)}`}. Everything up to there is kept in this browser.`,
  go: (step: number) => `Continue from step ${integer(step)}`,
  leave: 'Leave as it is',
};

/** A net that diverged: the way back to where its numbers were sound. */
export const divergedOffer = {
  text: (name: string, at: number, step: number) =>
    `${name} diverged at step ${integer(at)}. What it was after step ${integer(step)} is kept, and its numbers were sound there.`,
  go: (step: number, rate: number) => `Go back to step ${integer(step)}, learning rate ${plainNumber(rate)}`,
  name: (parent: string, step: number, rate: number) =>
    `${parent} from ${integer(step)}, rate ${plainNumber(rate)}`,
  failed: (detail: string) => `That moment cannot be gone back to: ${detail}`,
};

/** What another tab trains. */
export const elsewhereNote = (names: readonly string[]): string =>
  `${list(names)} ${names.length === 1 ? 'trains' : 'train'} in another tab, and ${names.length === 1 ? 'is' : 'are'} shown here as ${names.length === 1 ? 'it comes' : 'they come'}. When that tab is closed, training can go on here.`;

/** Nothing is being kept. */
export const keepNote = {
  heading: 'Nothing of this is being kept',
  why: {
    denied:
      'This browser gives the page no storage: in a private window, or where cookies are refused, that is so.',
    full: 'There is no room left in this browser\u2019s storage.',
    newer: 'What is kept here was written by a newer version of the page, and is left untouched.',
    blocked: 'Another tab has this page in another version.',
    failed: 'The browser\u2019s storage does not answer as it should.',
  } satisfies Record<KeepFaultKind, string>,
  next: {
    denied: 'Save the runs as a file before you leave.',
    full: 'Make room by deleting runs, or on the disk: keeping goes on by itself then. Until then save the runs as a file before you leave.',
    newer: 'Load the page again to have the newer version, once this training is saved.',
    blocked: 'Close the other tab and load this page again, once this training is saved.',
    failed: 'It is tried again every few seconds. Until then save the runs as a file before you leave.',
  } satisfies Record<KeepFaultKind, string>,
  safe: 'Training goes on, and every curve is on this page.',
  room: 'See what takes room',
  save: 'Save the runs as a file',
  details: 'What the browser said',
};

export const failure = {
  heading: 'Training has stopped',
  deviceHeading: 'This device cannot be used',
  /** Lanes failed; `others`: some have not. */
  lanesHeading: (names: readonly string[], others: boolean) =>
    `${list(names)} ${names.length === 1 ? 'has' : 'have'} failed${others ? '; the others go on' : ''}`,
  happened: 'What happened',
  safe: 'What is safe',
  next: 'What to do next',
  safeText: 'Your lanes and settings, and every curve recorded so far, are still on this page.',
  weightsSafe: 'Weights can still be saved under Export, import where the lane\u2019s worker lives.',
  nextText: ({ name }: Failure): string =>
    ({
      DeviceError:
        'Train the same experiment on the next device that works here, or try again. Your link stays as it is.',
      DeviceLostError:
        'The page opens the device anew and goes on by itself twice. If it is lost again, go on with another device, take fewer filters or a smaller batch, close other pages that draw much, or use another browser.',
      ShardError:
        'Train again: what did arrive is kept. If it fails the same way, reload the page, or tell whoever serves it which file is wrong.',
      ManifestError:
        'Train again. If it fails the same way, reload the page, or tell whoever serves it that the dataset is missing.',
      LaneError: 'Train again: the page starts a new worker for the images.',
      WorkerError:
        'Train again: the page starts new workers. If it fails the same way, take fewer lanes, fewer filters or a smaller batch, or reload the page.',
      OutOfMemoryError:
        'Take fewer filters or a smaller batch, or recompute activations; fewer lanes at once help where each of them would fit.',
      WeightsError:
        'Under Export, import take these weights away from the lane, or give the lane the net that they are of.',
    })[name] ??
    'Try again. If it fails the same way, try fewer filters or a smaller batch, or reload the page.',
  retry: 'Try again',
  recompute: 'Recompute activations and train',
  recomputeHint:
    'A step then holds a fraction of the memory and takes about a third longer. No number changes, and nets that are done stay.',
  /** From the last moment that is kept. */
  goOn: (step: number) => `Continue from step ${integer(step)}`,
  goOnLater: (names: readonly string[], step: number) =>
    `When the others are over, or stopped, ${list(names)} can be gone on with from step ${integer(step)}.`,
  goOnElsewhere: 'Continue on another device',
  smaller: (batchSize: number) => `Train with a batch of ${integer(batchSize)}`,
  chooseItself: 'Choose a device for me',
  details: 'Technical details',
};
