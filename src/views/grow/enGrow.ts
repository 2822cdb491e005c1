import { inside } from '../../app/inside/enInside.ts';
import type { TimeOfLook } from '../../app/inside/timeOf.ts';
import { integer, percent } from '../../app/ui/format.ts';

export const grow = {
  words: {
    name: 'The solution by construction',
    question: 'Could the deeper plain net be as good as the shallower one?',
    shows:
      'There are weights with which the deeper plain net answers exactly what the trained shallower one answers: its added layers pass on what arrives. So the deeper net does not lack the capacity.',
    doesNot:
      'That training finds such weights from random ones: it does not, and why is what the other views ask. Nor that training on from here gets better than the shallow net.',
    source:
      'He et al. 2015, section 1; identity layers as in Net2Net (Chen et al. 2016). Filters are one at their centre from each channel to itself; batch norm’s scale and shift undo its statistics; ReLU changes nothing that is not negative.',
  },
  noNet: 'A plain net grows so, and there is none: add one.',
  cost: (nets: number, time: TimeOfLook) =>
    `Growing takes 3,000 images through ${nets === 1 ? 'the net' : 'each net'}: ${inside.takes(time.seconds, time.isMeasured)}.`,
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
  difference: (difference: number, largest: number) =>
    `Of all answers no number differs by more than ${difference.toExponential(1)}; the largest is ${largest.toFixed(1)}.`,
  trained: 'trained',
  added: 'added, each an identity',
  trainOn: (name: string) => `Put the grown ${name} beside three others that begin anew`,
  trainOnHint: (depth: number) =>
    `Four nets of ${depth} layers in the lab: the grown one, one whose layers are identities at first (Dirac), one from random weights, and its residual twin.`,
  busy: 'Something trains: stop it, or wait, before the lab is given other nets.',
  file: (from: number, to: number) => `plain-${from} grown into plain-${to}`,
  grown: (depth: number) => `grown plain-${depth}`,
  dirac: (depth: number) => `Dirac plain-${depth}`,
};
