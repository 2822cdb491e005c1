/** The words of the lanes. */
import type { ModelConfig } from '../../model/config.ts';
import { isResidual } from '../../model/depths.ts';
import { heldWhy, type HeldWhy } from '../runs/enRunStates.ts';
import { filters } from '../runs/looks/enLaneNames.ts';
import { compact, duration, integer, percent, plainNumber } from '../ui/format.ts';

export const lanes = {
  heading: 'Lanes',
  add: '+ lane',
  addTwins: 'Add residual twins',
  addTwinsHint:
    'The same depths with shortcuts (option A): exactly as many parameters, and the same initial weights.',
  addTwinsNowHint:
    'The same depths with shortcuts (option A). They begin at once, go through the same images in the same order, and catch up with the others.',
  full: 'Sixteen lanes are the most that one experiment holds.',
  edit: (name: string) => `Edit ${name}`,
  duplicate: (name: string) => `Duplicate ${name}`,
  remove: (name: string) => `Remove ${name}`,
  lastLane: 'An experiment needs at least one lane.',
  pause: (name: string) => `Pause ${name}`,
  resume: (name: string) => `Resume ${name}`,
  stop: (name: string) => `Stop ${name}`,
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
  startsFrom: (file: string) => `starts from ${file}`,
  unsound: 'Not a possible net yet',
  unnamed: (block: ModelConfig['block']) => (isResidual(block) ? 'ResNet-?' : 'plain-?'),
  trainingError: 'training error',
  speed: (imagesPerSecond: number) => `${integer(imagesPerSecond)} images/s`,
  rate: (rate: number) => `rate ${plainNumber(rate)}`,
  left: (seconds: number) => `${duration(seconds)} left`,
  waiting: 'Waiting for its first batch',
  queued: 'Waits until another lane ends',
  join: 'Train too',
  joinNamed: (name: string) => `Train ${name} too`,
  joinHint: 'It goes through the same images in the same order, and catches up with the others.',
  paused: 'paused',
  held: (name: string, why: HeldWhy) => `waiting for ${name}, which ${heldWhy[why]}`,
  stopping: 'stopping',
  silent: (seconds: number) => `has not answered for ${duration(seconds)}`,
  terminated: 'It did not end by itself, so it was ended: its curves are kept, its weights are lost',
  missed: (step: number, complete: boolean, why: string) =>
    `${complete ? 'The test on all images' : `The test at step ${integer(step)}`} could not be done, nothing else is missing: ${why}`,
  finalEvaluation: 'testing on all images',
  finalTest: (error: number) => `test error ${percent(error)} on all 10,000 images`,
};
