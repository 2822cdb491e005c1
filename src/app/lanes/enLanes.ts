/** The words of the nets that are compared: the lanes of an experiment. */
import type { ModelConfig } from '../../model/config.ts';
import { isResidual } from '../../model/depths.ts';
import { heldWhy, type HeldWhy } from '../runs/enRunStates.ts';
import { filters } from '../runs/looks/enLaneNames.ts';
import { compact, duration, integer, percent, plainNumber, roughRange } from '../ui/format.ts';

export const lanes = {
  heading: 'Nets',
  add: '+ net',
  addTwins: 'Add the same nets with shortcuts',
  addTwinsHint:
    'Residual twins: the same depths with shortcuts (option A), exactly as many parameters, and the same initial weights.',
  addTwinsNowHint:
    'Residual twins: the same depths with shortcuts (option A). They begin at once, go through the same images in the same order, and catch up with the others.',
  full: 'Sixteen nets are the most that one experiment holds.',
  progress: (name: string) => `Progress of ${name}`,
  size: (parameters: number, multiplyAdds: number) =>
    `${compact(parameters)} parameters, ${compact(multiplyAdds)} multiply-adds`,
  sizeExact: (parameters: number, multiplyAdds: number) =>
    `${integer(parameters)} trainable numbers; ${integer(multiplyAdds)} multiply-adds for one image, forward`,
  kind: (model: ModelConfig) =>
    [
      isResidual(model.block) ? `${model.block}, option ${model.shortcut}` : 'plain',
      filters(model.width),
    ].join(', '),
  goesOnFrom: (parent: string, step: number) => `goes on from ${parent} at step ${integer(step)}`,
  startsFrom: (file: string) => `starts from ${file}`,
  unsound: 'Not a possible net yet',
  unnamed: (block: ModelConfig['block']) => (isResidual(block) ? 'ResNet-?' : 'plain-?'),
  trainingError: 'training error',
  testError: 'test error',
  join: 'Train too',
  joinNamed: (name: string) => `Train ${name} too`,
  joinHint: 'It goes through the same images in the same order, and catches up with the others.',
};

/** What is said of a net that does not simply train, in a few words and in full. */
export const states = {
  waiting: { short: 'waiting', full: 'Waiting for its first batch' },
  queued: { short: 'waiting for a place', full: 'Waits until another net ends' },
  paused: 'paused',
  stopping: 'stopping',
  silent: (seconds: number) => `has not answered for ${duration(seconds)}`,
  silentShort: (seconds: number) => `no answer for ${duration(seconds)}`,
  finalEvaluation: 'testing on all images',
  held: (name: string, why: HeldWhy) => `waiting for ${name}, which ${heldWhy[why]}`,
  heldShort: (name: string) => `waiting for ${name}`,
  completed: (step: number) => `done, ${integer(step)} steps`,
  interrupted: (step: number) => `interrupted at ${integer(step)}`,
  stopped: (step: number) => `stopped at step ${integer(step)}`,
  diverged: (step: number) => `diverged at step ${integer(step)}`,
  failed: (why: string) => `failed: ${why}`,
  failedAt: (step: number) => `failed after step ${integer(step)}`,
  untested: 'not tested',
  terminated: 'It did not end by itself, so it was ended: its curves are kept, its weights are lost',
  missed: (step: number, complete: boolean, why: string) =>
    `${complete ? 'The test on all images' : `The test at step ${integer(step)}`} could not be done, nothing else is missing: ${why}`,
  tested: (error: number) => `test error ${percent(error)} on all 10,000 images`,
  testedOn: (error: number, images: number | null, step: number) =>
    images === null
      ? `test error ${percent(error)} at step ${integer(step)}`
      : `test error ${percent(error)} on ${integer(images)} images at step ${integer(step)}`,
};

/** How fast it trains. */
export const paces = {
  speed: (imagesPerSecond: number) => `${integer(imagesPerSecond)} images/s`,
  rate: (rate: number) => `rate ${plainNumber(rate)}`,
  left: (seconds: number, settled: boolean) => `${settled ? duration(seconds) : roughRange(seconds)} left`,
};
