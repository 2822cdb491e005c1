import type { ViewTerms } from '../../app/inside/view.ts';
import { inside } from '../../app/inside/enInside.ts';
import type { TimeOfLook } from '../../app/inside/timeOf.ts';
import { integer, percent } from '../../app/ui/format.ts';

/** "5.7 \u00d7 10\u207b\u2076": the digits of an exponent stand high, and nothing of it is broken across lines. */
function tiny(value: number): string {
  if (value === 0) return '0';
  const [digits = '', exponent = ''] = value.toExponential(1).split('e');
  const high = exponent.replace('+', '').replaceAll(/./g, (sign) => RAISED[sign] ?? sign);
  return `${digits}\u00a0\u00d7\u00a010${high}`;
}
const RAISED: Readonly<Record<string, string>> = { '-': '\u207b', '0': '\u2070', '1': '\u00b9', '2': '\u00b2', '3': '\u00b3', '4': '\u2074', '5': '\u2075', '6': '\u2076', '7': '\u2077', '8': '\u2078', '9': '\u2079' }; // prettier-ignore

export const grow = {
  words: {
    name: 'The solution by construction',
    question: 'Could the deeper plain net be as good as the shallower one?',
    shows:
      'There are weights with which the deeper plain net answers exactly what the trained shallower one answers: its added layers pass on what arrives. So the deeper net does not lack the capacity.',
    doesNot:
      'That training finds such weights from random ones: it does not, and why is what the other views ask. Nor that training on from here gets better than the shallow net.',
    terms: [
      ['plain', 'plain net'],
      ['capacity', 'capacity'],
    ] satisfies ViewTerms,
    source:
      'He et al. 2015, section 1; identity layers as in Net2Net (Chen et al. 2016). Filters are one at their centre from each channel to itself; batch norm’s scale and shift undo its statistics; ReLU changes nothing that is not negative.',
  },
  noNet: 'A plain net grows so, and there is none: add one.',
  cost: (time: TimeOfLook) =>
    `It takes training images through a net before it grows, and test images through all that are compared: ${inside.takes(time.seconds, time.isMeasured)}.`,
  depth: 'Grow into',
  net: (depth: number) => `plain-${depth}`,
  head: [
    'net',
    'layers before',
    'layers after',
    'largest difference of a logit',
    'largest logit',
    'test images',
    'test error before',
    'test error after',
  ],
  line: (from: number, to: number, before: number, after: number, images: number) =>
    `plain-${from}: ${percent(before)} test error; grown into plain-${to}: ${percent(after)}, on the first ${integer(images)} test images.`,
  deep: (name: string, error: number, images: number) =>
    `${name} with its own weights: ${percent(error)} test error, on the first ${integer(images)} test images.`,
  difference: (difference: number, largest: number) =>
    `Of all answers no number differs by more than ${tiny(difference)}; the largest is ${largest.toFixed(1)}.`,
  trained: 'trained',
  added: 'added, each an identity',
  title: (name: string, into: string) => `${name} \u2192 ${into}`,
  ownTitle: (name: string) => `${name} with its own weights`,
  errors: (before: number, after: number) => `test error ${percent(before)} before, ${percent(after)} after`,
  error: (error: number) => `test error ${percent(error)}`,
  trainOn: (name: string) => `Put the grown ${name} beside three others that begin anew`,
  trainOnHint: (depth: number) =>
    `Four nets of ${depth} layers in the lab: the grown one, one whose layers are identities at first (Dirac), one from random weights, and its residual twin. Tried with three seeds: at a learning rate of 0.1 a grown plain-56 lost in one step most of what it had, and plain-20, trained on alike, did not.`,
  busy: 'Something trains: stop it, or wait, before the lab is given other nets.',
  file: (from: number, to: number) => `plain-${from} grown into plain-${to}`,
  grown: (depth: number) => `grown plain-${depth}`,
  dirac: (depth: number) => `Dirac plain-${depth}`,
};
