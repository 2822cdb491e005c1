/** What each preset is to show, honestly: what a short run shows, what the paper saw, and what neither says. */
import type { PresetId } from '../../../model/presetId.ts';
import { integer } from '../../ui/format.ts';

export interface PresetWords {
  readonly expected: string;
  /** Where the paper has it, and with what. */
  readonly paper: string;
}

const setting = '16, 32 and 64 filters, batch 128, 64,000 steps';

export const presetWords: Readonly<Record<PresetId, PresetWords>> = {
  degradation: {
    expected:
      'Within a few hundred steps plain-56 stays close to guessing while plain-20 learns. The training error itself is higher, so this is not over-fitting. Read off the paper\u2019s figure by eye, the test errors end at about 13.5% against 9.5%.',
    paper: `Figure 6, left: ${setting}`,
  },
  twins: {
    expected:
      'ResNet-56 soon leaves plain-56 behind, with exactly as many parameters. In a short run it stays behind ResNet-20: it comes out ahead only late. In the paper it ends at 6.97% against 8.75% test error.',
    paper: `Figure 6, left and middle, table 6: ${setting}`,
  },
  flip: {
    expected:
      'Both lanes begin with the same weights to the last bit; their hash says so. One adds the input of each block to its output and learns, the other hardly moves. The curves do not say why. The paper argues that vanishing gradients are unlikely to be the cause (section 4.1).',
    paper: `Figure 6, left and middle: ${setting}`,
  },
  'switch-on': {
    expected:
      'Open. plain-56 trains; after its step 300 the same weights are trained on once more, with each block\u2019s input added to its output. Before, both are one run, and are trained once. Adding the inputs changes what every layer gets, so the error may jump at first; tests of the first steps after it say little, because the running means of batch norm are those of the plain net.',
    paper: `No such run; its nets are those of figure 6: ${setting}`,
  },
  depth: {
    expected:
      'Do not expect this order in a short run: there the shallow nets lead, and 110 layers hardly start at a rate of 0.1; of 20 and 56 layers the recorded runs show it, with two seeds. The paper ends at 8.75, 7.51, 7.17, 6.97 and 6.43% test error, the last with a warm-up. Neighbours are closer than two runs of one net may be.',
    paper: `Figure 6, middle, table 6: ${setting}`,
  },
  shortcuts: {
    expected:
      'All three kinds of shortcut soon leave the plain net behind, and A has no weights of its own: weights in shortcuts are not what helps. Among the three a gap within the noise is no result; B and C have more parameters than A. On ImageNet the paper saw 25.03, 24.52 and 24.19% top-1 error on its validation images for A, B and C; for CIFAR-10 it always takes A. At 110 layers the authors later found C far worse: 12.22% against 6.61% test error.',
    paper: `Table 3, on ImageNet; here on CIFAR-10: ${setting}`,
  },
  bottleneck: {
    expected:
      'Open. No published number compares these two nets, and they differ in size as well as in their blocks: read the parameters before the curves. The authors used bottlenecks to reach 164 layers, at 5.93% test error against 6.61% for 110 layers of basic blocks.',
    paper: `He et al. 2016, at 164 layers; here at 56: ${setting}`,
  },
  'warm-up': {
    expected:
      'One net begins at a rate of 0.1, the other at 0.01 until the training error of its last 100 steps is below 80%, and then goes on at 0.1. The first one may hardly move for hundreds of steps. The paper took about 400 steps of warm-up at 110 layers, and says that without it the net begins to learn after several epochs, and ends at similar accuracy: what is seen here is the beginning.',
    paper: `Section 4.2, figure 6, right: ${setting}`,
  },
  optimisers: {
    expected:
      'In a short run plain-56 falls behind plain-20 with both, so there it is not SGD alone that depth is too much for. What long training with Adam makes of it was not tried. Adam has its customary rate of 0.001, SGD the paper\u2019s 0.1, and neither is tuned: which of them is ahead on one net is another question, and depends on the rates and the steps.',
    paper: `The paper trains with SGD alone, figure 6, left: ${setting}`,
  },
  paper: {
    expected:
      'About 8.75 and 6.97% test error for ResNet-20 and ResNet-56, about 9.5 and 13.5% for plain-20 and plain-56 (read by eye). Runs of one net differ by about a point.',
    paper: `Figure 6: ${setting}; the rate divided by ten after 32,000 and 48,000`,
  },
};

/** The times that an experiment can be made for, by their seconds. */
export const times: ReadonlyMap<number, string> = new Map([
  [60, '1 minute'],
  [120, '2 minutes'],
  [300, '5 minutes'],
  [900, '15 minutes'],
  [3600, '1 hour'],
  [Infinity, 'the paper\u2019s 64,000 steps'],
]);

export const chooser = {
  time: 'Made to take, on this device',
  unmeasured: 'The device is not measured yet. Until it is, the sizes are those for a device of its kind.',
  locked: 'Stop the training to choose another experiment.',
  use: 'Use',
  useLabel: (question: string) => `Use: ${question}`,
  current: 'On the page',
  fit: 'Make it fit',
  fitHeading: 'The experiment on the page',
  fitText: 'Your own lanes and settings, with as many filters, images a batch and steps as the time allows.',
  fitFault: 'A setting needs mending first.',
  nets: 'Nets',
  paper: 'Paper',
  here: 'Here',
  whole: 'as in the paper',
  finalTest: 'no last test on all images',
  tooShort: (time: string, steps: number) =>
    `Even at its smallest, ${integer(steps)} steps, it takes longer than ${time}.`,
  tooFew: (steps: number) => `${integer(steps)} steps are few: the gaps may stay within the noise.`,
  long: 'Longer than an hour.',
  notInTime: (time: string, needed: string) =>
    `In ${time} this does not come out on this device: it takes ${needed}.`,
};

export const details = {
  expected: 'What to expect',
  lane: 'Lane',
  initial: 'Initial weights',
  initialHint:
    'A hash of all weights before the first step. Lanes that show the same begin as the same numbers.',
  ownText: 'No preset: what to expect is for you to find out.',
  memoryNote:
    'Memory: parameters, their gradients, the optimiser\u2019s state and the activations of one batch; the kernels\u2019 scratch space comes on top. Time a step: while the lane trains alone.',
};
