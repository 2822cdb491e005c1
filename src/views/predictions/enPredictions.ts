import type { ViewTerms } from '../../app/inside/view.ts';
import { integer, list, percent, plainNumber, wholePercent } from '../../app/ui/format.ts';

const images = (count: number, all: boolean) =>
  all ? `all ${integer(count)} test images` : `the first ${integer(count)} test images`;

export const predictions = {
  words: {
    name: 'Predictions',
    question: 'What do the nets answer, and where do they differ?',
    shows:
      'The class that each net gives the highest probability, for test images that it was not trained on: which are right, which wrong, and how sure it is.',
    doesNot:
      'Not why. Two nets with one error may err on other images, and so do two runs of one net with two seeds: a few images where they differ say little about the architecture. A softmax probability is no measure of what a net knows: it answers one of ten classes to any picture.',
    terms: [
      ['error', 'error'],
      ['seed', 'seeds'],
      ['softmax', 'softmax'],
    ] satisfies ViewTerms,
    source:
      'Test images: CIFAR-10, Krizhevsky 2009. Calibration: Guo et al. 2017, equation 3: 15 bins of one width, expected calibration error (ECE).',
  },
  show: 'Show',
  parts: {
    images: 'Images',
    confusion: 'Confusion',
    classes: 'Classes',
    calibration: 'Calibration',
    own: 'Your picture',
  },
  answered: 'Answered',
  counts: { 1_000: 'the first 1,000', 10_000: 'all 10,000' },
  cost: (nets: number, count: number, steps: number) =>
    `${integer(count)} test images through ${nets === 1 ? 'one net' : `${nets} nets`}: as much work as about ${integer(steps)} training steps of 128 images of each.`,
  whichImages: 'Which images',
  sets: {
    differ: () => 'The nets differ',
    right: (net: string, nets: number) => (nets === 1 ? `${net} is right` : 'All are right'),
    wrong: (net: string, nets: number) => (nets === 1 ? `${net} is wrong` : 'All are wrong'),
    onlyRight: (net: string) => `Only ${net} is right`,
    onlyWrong: (net: string) => `Only ${net} is wrong`,
    mistakes: (net: string) => `Surest mistakes of ${net}`,
  },
  ofSet: (set: string, shown: number, all: number) =>
    shown < all ? `${set}: ${integer(shown)} of ${integer(all)} images` : `${set}: ${integer(all)} images`,
  agreement: 'Images by which nets are right',
  further: (count: number) => `${integer(count)} more in smaller sets`,
  markKey: 'Filled: right. Hollow: wrong. Percent: how sure.',
  noAnswer: 'no answer',
  sure: (name: string, confidence: number) => `${name} ${wholePercent(confidence)}`,
  confusionTitle: (net: string, error: number, unanswered: number) =>
    `${net}: error ${percent(error)}${unanswered > 0 ? `, ${integer(unanswered)} without an answer` : ''}`,
  truth: 'is a',
  taken: 'taken for',
  shareOfClass: 'of the class\u2019s images, %',
  classError: 'Error of each class, %, with one standard error',
  reliability: 'Share right, by how sure the net is',
  reliabilityOf: 'confidence',
  confidences: 'How sure it is: share of images, %',
  perfect: 'as right as sure',
  fewImages: (count: number) => `Small marks: fewer than ${integer(count)} images.`,
  examples: (label: string, answer: string, count: number) =>
    `${label} taken for ${answer}: ${integer(count)}`,
  ownTitle: 'What it is taken for: probability, %',
  ownPicture: 'What the nets see: 32\u00d732',
  ownClass: (name: string) => `An example from the test images: ${name}.`,
  bringOwn: 'Bring a picture of your own.',
  heads: {
    images: ['image', 'is a'],
    answer: (net: string) => `${net} answers`,
    confidence: (net: string) => `${net} confidence`,
    confusion: ['net', 'is a', 'taken for', 'images', 'share of the class'],
    classes: ['net', 'class', 'images', 'wrong', 'error', 'standard error'],
    calibration: ['net', 'bin', 'images', 'mean confidence', 'share right'],
    own: ['net', 'class', 'probability'],
  },
  bin: (from: number, to: number) => `${plainNumber(from)} to ${plainNumber(to)}`,
  summaries: {
    errors: (
      count: number,
      all: boolean,
      nets: readonly { readonly name: string; readonly error: number }[],
    ) =>
      `Wrong of ${images(count, all)}: ${list(nets.map(({ name, error }) => `${name} ${percent(error)}`))}.`,
    agreement: (
      right: number,
      wrong: number,
      only: readonly { readonly name: string; readonly images: number }[],
    ) =>
      `All are right about ${integer(right)} and wrong about ${integer(wrong)}; ${list(only.map(({ name, images: own }) => `only ${name} is right about ${integer(own)}`))}.`,
    confusion: (
      nets: readonly {
        readonly name: string;
        readonly label: string;
        readonly answer: string;
        readonly images: number;
      }[],
    ) =>
      nets.length === 0
        ? ''
        : `Most often taken for another: ${list(nets.map(({ name, label, answer, images: own }) => `${label} for ${answer} by ${name} (${integer(own)})`))}.`,
    classes: (nets: readonly { readonly name: string; readonly best: string; readonly worst: string }[]) =>
      nets.map(({ name, best, worst }) => `${name} errs least on ${best} and most on ${worst}.`).join(' '),
    calibration: (
      nets: readonly {
        readonly name: string;
        readonly ece: number | null;
        readonly isOversure: boolean;
      }[],
    ) =>
      `Expected calibration error: ${list(nets.map(({ name, ece, isOversure }) => (ece === null ? `${name} has no answers` : `${name} ${percent(ece)} (on the whole ${isOversure ? 'too sure' : 'not sure enough'})`)))}.`,
    own: (
      nets: readonly {
        readonly name: string;
        readonly answer: string;
        readonly probability: number | null;
      }[],
    ) =>
      `${list(nets.map(({ name, answer, probability }) => (probability === null ? `${name}: ${answer}` : `${name}: ${answer}, ${percent(probability)}`)))}.`,
  },
};
