/** The words beside Train. */
import type { DataWait } from '../../protocol/protocol.ts';
import type { DataProgress } from '../state/training.ts';
import { heldWhy, runStates, type HeldWhy } from '../runs/enRunStates.ts';
import { duration, integer, joined, list, megabytes, roughRange } from '../ui/format.ts';

export const trainControl = {
  stop: 'Stop',
  /** Lanes end after their step, or are ended after a few seconds. */
  stopping: 'Stopping\u2009\u2026',
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
    }. ${seconds > 0 ? `Trying again in ${integer(seconds)} s` : `Trying again (${integer(next)} of ${integer(attempts)})`}, then training goes on.`,
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

/** What the button does: trains all, the nets that are not done under this recipe, or all with seeds that are new. */
export const train = { train: 'Train', new: 'Train the new nets', again: 'Train again' };
