/** The words of the present experiment: its claim, its cost, its link. What is to be expected of a preset: enPresets.ts. */
import type { Cost } from '../../model/cost.ts';
import { MOST_LINK } from '../../model/linkText.ts';
import type { PresetId } from '../../model/presetId.ts';
import type { Unfit } from '../../model/unfit.ts';
import { duration, integer, list, plainNumber, sentence } from '../ui/format.ts';
import type { LinkFault } from '../state/AppState.ts';

/** Each preset as a claim, or as a question where the answer is open. */
export const claims: Readonly<Record<PresetId, string>> = {
  degradation: 'A deeper plain net does worse, even on the images that it trains on',
  twins: 'With skip connections, the same depth learns',
  flip: 'Flip the skip: the same 56 layers, the same initial weights',
  depth: 'With skip connections, deeper is better in the end',
  shortcuts: 'Does a shortcut need weights of its own?',
  bottleneck: 'Blocks of two layers, or of three with a narrow middle?',
  'warm-up': 'A hundred and ten layers have to begin gently',
  optimisers: 'One net, three optimisers',
  paper: 'The paper\u2019s own recipe, whole',
};

export const experiment = {
  heading: 'Experiment',
  own: 'Your own experiment',
  chooseHeading: 'Choose an experiment',
  choose: 'All experiments',
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
  about: (seconds: number) => `about ${roughDuration(seconds)}`,
  took: (seconds: number) => `took ${roughDuration(seconds)}`,
  /** While it trains, before its pace is known. */
  soon: 'after ten steps',
  ownHint: 'By the steps of this run itself; pauses and loading are not counted',
  measuring: 'measuring\u2009\u2026',
  unmeasured: 'not measured',
  measuredHint: 'Estimated from training steps that were just measured on this device',
  secondsHint: ({ steps, stepSeconds, evaluationSeconds, finalSeconds, seeds }: Cost) =>
    `${seeds === 1 ? '' : `${integer(seeds)} seeds, each `}${integer(steps)} steps of ${stepTime(stepSeconds)}, and ${roughDuration(evaluationSeconds + finalSeconds)} of tests. Measured on this device just now; loading is not counted.`,
  sameWeights: (names: readonly string[], hash: string) =>
    `${list(names)} begin with the same weights (${hash}).`,
  long: (seconds: number) =>
    `This takes ${roughDuration(seconds)} on this device. Shorter forms stand under All experiments.`,
  shorter: insteadOf,
  shorterHint: 'The same nets, made as large as that time allows; Undo brings this one back',
  /** While it trains. */
  stopForShorter: (seconds: number, other: number) => `Stop, and train ${insteadOf(seconds, other)}`,
  stopForShorterHint: 'The curves so far are kept among the runs',
  noShorter: (seconds: number) =>
    `On this device it takes ${wholeTime(seconds)}; a shorter form would not show it.`,
  seeRecording: 'See the recording',
  tooSmall: 'Smaller than any size at which this came out when it was tried.',
  takeTime: (seconds: number) => `Take ${wholeTime(seconds)}`,
  queued: (atOnce: number, lanes: number) =>
    `This device trains ${integer(atOnce)} of the ${integer(lanes)} lanes at once; each of the others starts when one ends.`,
  tight:
    'This may not fit into the memory of this machine. Take fewer lanes, fewer filters or a smaller batch.',
  cannotHold: 'Larger than this device can hold: take fewer filters or a smaller batch.',
  /** Why a lane cannot be trained here, and what could. */
  unfit: (name: string, { what, bytes, most, batchSize, width }: Unfit) => {
    const needs =
      what === 'lane'
        ? `${name} needs about ${memory(bytes)}, and one lane can hold ${memory(most)} here`
        : `${name} has a layer of ${memory(bytes)}, and this device holds ${memory(most)} at a piece`;
    const fits = [
      batchSize === null ? '' : `a batch of ${integer(batchSize)}`,
      width === null ? '' : `${integer(width)} ${width === 1 ? 'filter' : 'filters'}`,
    ].filter(Boolean);
    return `${needs}. ${fits.length > 0 ? `It would fit with ${fits.join(', or with ')}` : 'Take a net of fewer layers'}.`;
  },
};

export const linkFault = {
  heading: ({ kind }: LinkFault) =>
    kind === 'training' ? 'Not while training' : 'This link could not be followed',
  text: ({ kind, detail }: LinkFault) =>
    ({
      training: 'The link leads to another experiment. Stop the training, then follow it again.',
      version: isLater(detail)
        ? `It was made by a later version of this page (version ${detail}). Load the page again, or ask for the link anew.`
        : `It says that it is of version ${detail}, and there is none. Perhaps it was changed by hand: ask for the link anew.`,
      tooLong: `It has ${integer(Number(detail))} characters, and a link of this page never has more than ${integer(MOST_LINK)}.`,
      unreadable: `It seems to be damaged at \u201c${shortened(detail)}\u201d. Perhaps a part was lost when it was copied.`,
      refused: sentence(`It asks for what cannot be: ${detail.replaceAll('\n', '; ')}`),
    })[kind],
  instead: ({ isDefault, kind }: LinkFault) =>
    kind === 'training'
      ? 'Nothing has changed.'
      : isDefault
        ? 'The default experiment stands here instead.'
        : 'The experiment that was here has stayed.',
  dismiss: 'Close this message',
};

/** Versions are counted from 1. */
const isLater = (version: string) => /^[1-9]/.test(version);

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}\u2026` : text);

/** "120 MB", "1.4 GB" */
export const memory = (bytes: number): string =>
  bytes < 1e9 ? `${integer(bytes / 1e6)} MB` : `${plainNumber(Math.round(bytes / 1e8) / 10)} GB`;

/** "0.31 s", "24 ms" */
export const stepTime = (seconds: number): string =>
  seconds < 0.1
    ? `${plainNumber(Number((1000 * seconds).toPrecision(2)))} ms`
    : `${plainNumber(Number(seconds.toPrecision(2)))} s`;

const units = [
  { of: 86_400, from: 172_800, word: 'day' },
  { of: 3600, from: 5400, word: 'hour' },
  { of: 60, from: 90, word: 'minute' },
  { of: 1, from: 0, word: 'second' },
] as const;

function inUnit(seconds: number): readonly [count: number, word: string] {
  const { of, word } = units.find(({ from }) => seconds >= from) ?? units[3];
  const count = Math.max(1, Math.round(seconds / of));
  return [count, count === 1 ? word : `${word}s`];
}

/** In whole units, for what a person chooses by: "45 seconds", "3 minutes", "2 hours". */
export function wholeTime(seconds: number): string {
  const [count, word] = inUnit(seconds);
  return `${integer(count)} ${word}`;
}

/** "3 minutes instead of 14", "3 minutes instead of 2 hours" */
export function insteadOf(seconds: number, other: number): string {
  const [count, word] = inUnit(other);
  const isSame = word.replace(/s$/, '') === inUnit(seconds)[1].replace(/s$/, '');
  return `${wholeTime(seconds)} instead of ${isSame ? integer(count) : wholeTime(other)}`;
}

/** Coarse: whole minutes above three, whole hours above ten, days above two. */
export function roughDuration(seconds: number): string {
  if (seconds < 180) return duration(seconds);
  if (seconds < 36_000) return duration(60 * Math.round(seconds / 60));
  const hours = seconds / 3600;
  return hours < 48 ? `${integer(hours)} hours` : `${integer(hours / 24)} days`;
}
