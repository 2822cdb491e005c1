/** The words of the page's frame: hero, lanes, failures. The device, settings, charts and verdicts have files of their own. */
import type { ModelConfig, OptimizerConfig } from '../../model/config.ts';
import type { EndReason, Failure } from '../../workers/protocol.ts';
import type { DataProgress, Milestone } from '../store/training.ts';
import { options } from './enSettings.ts';
import { compact, duration, integer, list, megabytes, percent, plainNumber, sentence } from './format.ts';

export const title = 'Residual Playground';
export const skipToCharts = 'Skip to the curves';

export const hero = {
  heading:
    'Fifty-six layers can imitate twenty by doing nothing in the other thirty\u2011six. Trained plainly, they do worse.',
  text: 'Train both on CIFAR-10, here, on your own machine. Then let each pair of layers skip, and watch depth start to help.',
  train: 'Train',
  pause: 'Pause',
  pausing: 'Pausing\u2009\u2026',
  resume: 'Resume',
  stop: 'Stop',
  /** Before the first step: the net is being built, or the data fetched. */
  starting: 'Getting ready',
  compiling: (done: number, total: number) => `Compiling GPU kernels: ${integer(done)} of ${integer(total)}`,
  progress: (step: number, total: number | null, seconds: number | null) =>
    [lanes.step(step, total), seconds === null ? '' : `${duration(seconds)} left`].filter(Boolean).join(', '),
  paused: 'Paused. Nothing is lost.',
  held: (name: string) => `All wait for ${name}, which is paused.`,
  finalEvaluation: 'Testing on all 10,000 images',
  faults: (count: number) =>
    count === 1 ? 'One setting needs mending' : `${integer(count)} settings need mending`,
  showFault: 'Show it',
  data: ({ shardsLoaded, shards, bytesLoaded, bytes }: DataProgress) =>
    `CIFAR-10: ${megabytes(bytesLoaded)} of ${megabytes(bytes)} MB, ${integer(shardsLoaded)} of ${integer(shards)} parts. Training starts with the first.`,
  dataBar: 'CIFAR-10 loaded',
};

export const theme = {
  label: 'Colours',
  names: { auto: 'as the system', light: 'light', dark: 'dark' } as const,
};

const filters = (width: number) => `${integer(width)} ${width === 1 ? 'filter' : 'filters'}`;

export const lanes = {
  heading: 'Lanes',
  add: '+ lane',
  addTwins: 'Add residual twins',
  addTwinsHint:
    'The same depths with shortcuts (option A): exactly as many parameters, and the same initial weights.',
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
      model.block === 'plain' ? 'plain' : `${model.block}, option ${model.shortcut}`,
      filters(model.width),
    ].join(', '),
  startsFrom: (file: string) => `starts from ${file}`,
  unsound: 'Not a possible net yet',
  unnamed: (block: ModelConfig['block']) => (block === 'plain' ? 'plain-?' : 'ResNet-?'),
  difference: (
    key: 'shortcut' | 'block' | 'width' | 'optimizer',
    { model, optimizer }: { readonly model: ModelConfig; readonly optimizer?: OptimizerConfig | undefined },
  ) => {
    if (key === 'optimizer') return optimizer ? options.optimizer[optimizer.type] : '';
    return key === 'width' ? filters(model.width) : model[key];
  },
  trainingError: 'training error',
  step: (step: number, total: number | null) =>
    total === null ? `step ${integer(step)}` : `step ${integer(step)} of ${integer(total)}`,
  speed: (imagesPerSecond: number) => `${integer(imagesPerSecond)} images/s`,
  rate: (rate: number) => `rate ${plainNumber(rate)}`,
  left: (seconds: number) => `${duration(seconds)} left`,
  waiting: 'Waiting for its first batch',
  queued: 'Waits until another lane ends',
  join: 'Train too',
  joinNamed: (name: string) => `Train ${name} too`,
  joinHint: 'It goes through the same images in the same order, and catches up with the others.',
  paused: 'paused',
  held: (name: string) => `waiting for ${name}, which is paused`,
  finalEvaluation: 'testing on all images',
  finalTest: (error: number) => `test error ${percent(error)} on all 10,000 images`,
  ended: (reason: EndReason, step: number, divergedAt: number | null) =>
    ({
      completed: `Done: ${integer(step)} steps`,
      stopped: `Stopped at step ${integer(step)}`,
      diverged: `Diverged at step ${integer(divergedAt ?? step)}: the loss was no number any more. A lower learning rate or a warm-up may help.`,
      error: `Failed after step ${integer(step)}`,
    })[reason],
  locked:
    'What trains is locked: what is compared must stay the same. Stop to change it. New lanes can join.',
};

export const failure = {
  heading: 'Training has stopped',
  deviceHeading: 'This device cannot be used',
  happened: 'What happened',
  safe: 'What is safe',
  next: 'What to do next',
  safeText: 'Your lanes and settings, and every curve recorded so far, are still on this page.',
  nextText: ({ name }: Failure) =>
    ({
      DeviceError:
        'Train the same experiment on the next device that works here, or try again. Your link stays as it is.',
      ShardError:
        'The dataset did not arrive whole. Check the connection and try again; what did arrive is kept.',
      WeightsError:
        'Under Export, import take these weights away from the lane, or give the lane the net that they are of.',
    })[name] ??
    'Try again. If it fails the same way, try fewer filters or a smaller batch, or reload the page.',
  retry: 'Try again',
  chooseItself: 'Choose a device for me',
  details: 'Technical details',
};

export const milestone = (event: Milestone): string => {
  switch (event.kind) {
    case 'started':
      return 'Training has started.';
    case 'paused':
      return 'Training is paused.';
    case 'resumed':
      return 'Training goes on.';
    case 'evaluated':
      return `Step ${integer(event.step)}. Test error: ${list(event.results.map(({ name, error }) => `${name} ${percent(error)}`))}.`;
    case 'rateChanged':
      return `${event.name}, step ${integer(event.step)}: the learning rate is now ${plainNumber(event.rate)}.`;
    case 'ended':
      return sentence(`${event.name}: ${lanes.ended(event.reason, event.step, null)}`);
  }
};

export const shortcuts = {
  open: 'Keyboard shortcuts',
  heading: 'Keyboard shortcuts',
};

export const footer = {
  text: 'Everything runs in this page: the images come to you, and nothing that you do leaves this machine.',
  sources: 'Sources',
};
