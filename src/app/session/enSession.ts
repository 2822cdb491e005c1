/** The words of training: its controls, its failures, its milestones. */
import type { DataWait, Failure } from '../../protocol/protocol.ts';
import type { KeepFaultKind } from '../state/keeping.ts';
import type { DataProgress, Milestone } from '../state/training.ts';
import { heldWhy, runStates, type HeldWhy } from '../runs/enRunStates.ts';
import {
  duration,
  integer,
  joined,
  list,
  megabytes,
  percent,
  plainNumber,
  roughRange,
  sentence,
} from '../ui/format.ts';

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

/** Lanes that go on from another one. */
export const branchLanes = {
  noBeginning: (parent: string, ended: number, step: number) =>
    `${parent} was over after ${integer(ended)} steps, and this net was to go on from its step ${integer(step)}.`,
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

export const trainControl = {
  pause: 'Pause',
  pausing: 'Pausing\u2009\u2026',
  resume: 'Resume',
  stop: 'Stop',
  /** Lanes end after their step, or are ended after a few seconds. */
  stopping: 'Stopping\u2009\u2026',
  /** Before the first step: the net is being built, or the data fetched. */
  starting: 'Getting ready',
  compiling: (done: number, total: number) => `Compiling GPU kernels: ${integer(done)} of ${integer(total)}`,
  /** `settled`: whether the time is known, and not guessed in part. */
  progress: (step: number, total: number | null, seconds: number | null, settled: boolean) =>
    joined(
      ', ',
      runStates.step(step, total),
      seconds === null ? '' : `${settled ? duration(seconds) : roughRange(seconds)} left`,
    ),
  /** After how far it is, while images are still on their way. */
  stillLoading: (percentage: number) => `(images ${integer(percentage)}% loaded)`,
  paused: 'Paused. Nothing is lost.',
  held: (name: string, why: HeldWhy) => `All wait for ${name}, which ${heldWhy[why]}.`,
  silent: (names: readonly string[], seconds: number, others: boolean) =>
    `${list(names)} ${names.length === 1 ? 'has' : 'have'} not answered for ${duration(seconds)}. A long step can take so long; if it stays so, stop ${names.length === 1 ? 'it' : 'them'}: ${others ? 'the others go on, and ' : ''}the curves are kept.`,
  dataSilent: (seconds: number) =>
    `What deals the images has not answered for ${duration(seconds)}. If it stays so, press Stop and train again; the curves are kept.`,
  /** `seconds` until it is asked for again, 0 while it is, for the `next` time; `attempts` are the most that are made. */
  waitsForImages: ({ trouble, detail }: DataWait, seconds: number, next: number, attempts: number) =>
    `Waiting for the images: ${
      {
        offline: 'this browser is offline',
        network: 'the network cannot be reached',
        silence: 'the network does not answer',
        server: `the server cannot give them now (${detail})`,
      }[trouble]
    }. ${seconds > 0 ? `Trying again in ${integer(seconds)} s` : `Trying again (${integer(next)} of ${integer(attempts)})`}; training goes on when they come.`,
  someDone: 'The nets that are done stay; the new ones go through the same images in the same order.',
  allDone: (seed: number, seeds: number) =>
    `Done with ${seeds === 1 ? `seed ${seed}` : `${integer(seeds)} seeds`}. Train again takes the next${seeds === 1 ? '' : ' ones'}.`,
  finalEvaluation: 'Testing on all 10,000 images',
  faults: (count: number) =>
    count === 1 ? 'One setting needs mending' : `${integer(count)} settings need mending`,
  showFault: 'Show it',
  unfit: (count: number) =>
    `${count === 1 ? 'A lane is' : `${integer(count)} lanes are`} larger than this device can hold: what would fit is said below the curves.`,
  data: ({ shardsLoaded, shards, bytesLoaded, bytes }: DataProgress) =>
    `Images: ${megabytes(bytesLoaded)} of ${megabytes(bytes)} MB, ${integer(shardsLoaded)} of ${integer(shards)} parts. Training starts with the first.`,
  dataBar: 'CIFAR-10 loaded',
};

export const sessionBar = {
  label: 'What trains now',
  more: (count: number) => `and ${integer(count)} more`,
};

/** What the button does: trains all, the nets that are not done under this recipe, or all with seeds that are new. */
export const train = { train: 'Train', new: 'Train the new nets', again: 'Train again' };

/** The title of the browser's tab, which shows some twenty signs. */
export const tab = {
  title: (text: string) => `${text} \u00b7 Residual Playground`,
  starting: 'Getting ready',
  progress: (name: string, step: number, total: number | null) =>
    total === null ? `${name} ${step}` : `${name} ${step}/${total}`,
  paused: (progress: string) => `Paused: ${progress}`,
  done: 'Done',
  stopped: 'Stopped',
  interrupted: 'Interrupted',
  failed: 'Failed',
  diverged: (names: readonly string[]) =>
    names.length > 2 ? `${names.length} nets diverged` : `${names.join(' and ')} diverged`,
};

export const lostWeights =
  'Only nets of the experiment on the stage keep their weights; those of this one are gone. Its curves are kept.';

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

export const milestone = (event: Milestone): string => {
  switch (event.kind) {
    case 'several':
      return event.all.map(milestone).join(' ');
    case 'started':
      return 'Training has started.';
    case 'paused':
      return 'Training is paused.';
    case 'resumed':
      return 'Training goes on.';
    case 'imagesWanted':
      return `Training waits for images: ${event.trouble === 'offline' ? 'this browser is offline' : 'they do not arrive'}.`;
    case 'imagesBack':
      return 'The images have come.';
    case 'silent':
      return `${event.name ?? 'What deals the images'} does not answer.`;
    case 'unevaluated':
      return `${event.name}: the test at step ${integer(event.step)} could not be done.`;
    case 'evaluated':
      return `Step ${integer(event.step)}. Test error: ${list(event.results.map(({ name, error }) => `${name} ${percent(error)}`))}.`;
    case 'rateChanged':
      return `${event.name}, step ${integer(event.step)}: the learning rate is now ${plainNumber(event.rate)}.`;
    case 'ended':
      return sentence(`${event.name}: ${runStates.ended(event.reason, event.step, null)}`);
  }
};
