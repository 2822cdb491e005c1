/** The words of the present experiment: its question, its cost, its link. What is to be expected of a preset: enPresets.ts. */
import type { Cost } from '../../model/cost.ts';
import { MOST_LINK } from '../../model/linkText.ts';
import type { PresetId } from '../../model/presetId.ts';
import type { Unfit } from '../../model/unfit.ts';
import { integer, joined, list, plainNumber, sentence } from '../ui/format.ts';
import type { LinkFault } from '../state/AppState.ts';

/** Each preset as the question that it puts; what answers it is drawn, and what to expect stands in presets/enPresets.ts. */
export const questions: Readonly<Record<PresetId, string>> = {
  degradation: 'Twenty layers or fifty-six: which learns better?',
  twins: 'Do skip connections let the same depth learn?',
  flip: 'Flip the skip: what do the same 56 layers do, from the same initial weights?',
  'switch-on': 'Switched on at step 300: do skip connections help a net that has trained without them?',
  depth: 'With skip connections, is deeper better in the end?',
  shortcuts: 'Does a shortcut need weights of its own?',
  bottleneck: 'Blocks of two layers, or of three with a narrow middle?',
  'warm-up': 'Do a hundred and ten layers have to begin gently?',
  optimisers: 'Is SGD to blame, or does depth hurt with Adam, too?',
  paper: 'The paper\u2019s own recipe, whole: do its numbers come out?',
};

export const experiment = {
  costs: 'Cost',
  own: 'Your own experiment',
  chooseHeading: 'Questions to put to the test',
  choose: 'Other questions',
  details: 'Details',
  copy: 'Copy link',
  copied: 'Link copied',
  notCopied: 'The browser did not let the page copy. Here is the link: select it and copy it.',
  link: 'Link to this experiment',
  cannotCopy: 'A setting needs mending first: a link holds only a sound experiment.',
  undo: 'Undo',
  undoHint: 'Bring back the experiment that was here before',
  time: 'Time in all',
  step: 'A step',
  memory: 'Memory',
  parameters: 'Parameters',
  multiplyAdds: 'Multiply-adds an image',
  about: (duration: string) => `about ${duration}`,
  took: (duration: string) => `took ${duration}`,
  /** While it trains, before its pace is known. */
  soon: 'after ten steps',
  ownHint: 'By the steps of this run itself; pauses and loading are not counted',
  measuring: 'measuring\u2009\u2026',
  unmeasured: 'not measured',
  measuredHint: 'Estimated from training steps that were just measured on this device',
  secondsHint: ({ steps, seeds }: Cost, step: string, tests: string) =>
    `${seeds === 1 ? '' : `${integer(seeds)} seeds, each `}${integer(steps)} steps of ${step}, and ${tests} of tests. Measured on this device just now; loading is not counted.`,
  sameWeights: (names: readonly string[], hash: string) =>
    `${list(names)} begin with the same weights (${hash}).`,
  long: (duration: string) =>
    `This takes ${duration} on this device. Shorter forms stand under Other questions.`,
  /** Of two times, that of the form that is offered first. */
  shorter: (time: string, other: string) => `${time} instead of ${other}`,
  shorterHint: 'The same nets, made as large as that time allows; Undo brings this one back',
  /** While it trains. */
  stopForShorter: (time: string, other: string) => `Stop, and train ${time} instead of ${other}`,
  stopForShorterHint: 'The curves so far are kept among the runs',
  noShorter: (time: string) => `On this device it takes ${time}; a shorter form would not show it.`,
  /** `time`: how long it takes here, null where that is not measured. */
  tooSmall: (time: string | null) =>
    `${time === null ? '' : `About ${time} here. `}Probably too short to show it: when it was tried, it took more steps, or larger nets.`,
  /** Of twins that could be added while it trains; `time` is null where it is not known. */
  twinsTooSmall: (time: string | null) =>
    `The same nets with shortcuts would take ${time === null ? 'their time' : `about ${time}`} at this size, probably too short to show what they do.`,
  /** A size that takes about as long as this one. */
  takeSize: 'Use a size that shows it',
  /** One that takes less: of smaller nets, and more steps. */
  takeSizeOf: (time: string) => `Use a size that shows it, in ${time}`,
  takeTime: (time: string) => `Take ${time}`,
  queued: (atOnce: number, lanes: number) =>
    `This device trains ${integer(atOnce)} of the ${integer(lanes)} lanes at once; each of the others starts when one ends.`,
  tight:
    'This may not fit into the memory of this machine. Take fewer lanes, fewer filters or a smaller batch.',
  cannotHold:
    'Larger than this device can hold: take fewer filters or a smaller batch, or recompute activations.',
  /** Bytes that the largest lane then needs, and the share by which a step gets longer. */
  recompute: (bytes: string, longer: number) =>
    `Recompute: fits in ${bytes}, takes about ${integer(longer)}% longer`,
  recomputeHint:
    'A step then holds the maps of a few blocks only, and computes the others again on its way back. No number changes.',
  /** Why a lane cannot be trained here, and what could. */
  unfit: (name: string, { what, batchSize, width, recomputedBytes }: Unfit, bytes: string, most: string) => {
    const needs =
      what === 'lane'
        ? `${name} needs about ${bytes}, and one lane can hold ${most} here`
        : `${name} has a layer of ${bytes}, and this device holds ${most} at a piece`;
    const fits = joined(
      ', or with ',
      batchSize === null ? '' : `a batch of ${integer(batchSize)}`,
      width === null ? '' : `${integer(width)} ${width === 1 ? 'filter' : 'filters'}`,
      recomputedBytes === null ? '' : 'its activations recomputed',
    );
    return `${needs}. ${fits === '' ? 'Take a net of fewer layers' : `It would fit with ${fits}`}.`;
  },
};

export const linkFault = {
  heading: ({ kind }: LinkFault) =>
    kind === 'training' ? 'Not while training' : 'This link could not be followed',
  training: 'The link leads to another experiment. Stop the training, then follow it again.',
  laterVersion: (version: string) =>
    `It was made by a later version of this page (version ${version}). Load the page again, or ask for the link anew.`,
  noVersion: (version: string) =>
    `It says that it is of version ${version}, and there is none. Perhaps it was changed by hand: ask for the link anew.`,
  tooLong: (characters: number) =>
    `It has ${integer(characters)} characters, and a link of this page never has more than ${integer(MOST_LINK)}.`,
  unreadable: (piece: string) =>
    `It seems to be damaged at \u201c${piece}\u201d. Perhaps a part was lost when it was copied.`,
  /** `net` from 1 and `field` are where the fault is. */
  at: (net: number | null, field: string | null, fault: string) =>
    joined(': ', net === null ? '' : `net ${integer(net)}`, field ?? '', fault),
  refused: (faults: readonly string[]) => sentence(`It asks for what cannot be: ${faults.join('; ')}`),
  instead: ({ isDefault, kind }: LinkFault) =>
    kind === 'training'
      ? 'Nothing has changed.'
      : isDefault
        ? 'The default experiment stands here instead.'
        : 'The experiment that was here has stayed.',
  dismiss: 'Close this message',
};

/** What costs are counted in. */
export const units = {
  megabytes: (count: number) => `${integer(count)} MB`,
  gigabytes: (count: number) => `${plainNumber(count)} GB`,
  milliseconds: (count: number) => `${plainNumber(count)} ms`,
  seconds: (count: number) => `${plainNumber(count)} s`,
  hours: (count: number) => `${integer(count)} hours`,
  days: (count: number) => `${integer(count)} days`,
};

/** Times that one chooses by. */
export const wholeUnits = {
  day: (count: number) => `${integer(count)} ${count === 1 ? 'day' : 'days'}`,
  hour: (count: number) => `${integer(count)} ${count === 1 ? 'hour' : 'hours'}`,
  minute: (count: number) => `${integer(count)} ${count === 1 ? 'minute' : 'minutes'}`,
  second: (count: number) => `${integer(count)} ${count === 1 ? 'second' : 'seconds'}`,
};
