/** The words of the start. */
import { integer, percent } from '../ui/format.ts';
import type { RunEndReason } from '../state/run.ts';
import { runStates } from '../runs/enRunStates.ts';
import type { Prediction } from '../state/place.ts';
import type { Standing } from './standing.ts';

/** The middle part stays on one line. */
export const question = ['Twenty layers or ', 'fifty-six', ': which learns better?'] as const;
export const invitation = 'Both train now, here, on real photographs. Press your answer, then watch.';

export const answers: Readonly<Record<Prediction, { readonly name: string; readonly text: string }>> = {
  shallow: {
    name: 'Twenty layers',
    text: 'plain-20: 20 layers from a photograph to one of ten names',
  },
  deep: { name: 'Fifty-six layers', text: 'plain-56: the same, and 36 layers more' },
};

export const photograph = 'A photograph of CIFAR-10, 32 by 32 pixels';

export const trainsNow = {
  text: (name: string, step: number, total: number | null, state: 'starting' | 'running' | 'paused') =>
    state === 'starting'
      ? `${name} is getting ready.`
      : `${name}, ${runStates.step(step, total)}, ${state === 'paused' ? 'is paused' : 'trains now'}.`,
  look: 'Go and look',
};

export const lastRun = {
  heading: 'Your last run',
  none: 'None yet: an answer begins one.',
  trainingError: (error: number | null) =>
    error === null ? 'no training error yet' : `training error ${percent(error)}`,
  more: (count: number) => (count === 1 ? 'and one net more' : `and ${integer(count)} nets more`),
  standing: (standing: Standing): string => {
    if (standing.kind === 'live') return `Now at ${runStates.step(standing.step, standing.total)}.`;
    if (standing.kind === 'apart') {
      const [from, to] = [integer(standing.from), integer(standing.to)];
      return `They ended after ${from === to ? to : `${from} to ${to}`} steps.`;
    }
    return ends[standing.reason](integer(standing.step));
  },
  go: 'Back to it in the lab',
};

const ends: Readonly<Record<RunEndReason, (step: string) => string>> = {
  completed: (step) => `Done after ${step} steps.`,
  stopped: (step) => `Stopped after ${step} steps.`,
  diverged: (step) => `Diverged at step ${step}: its loss was no number any more.`,
  error: (step) => `Failed after ${step} steps.`,
  interrupted: (step) => `Interrupted after ${step} steps.`,
};

export const lab = {
  heading: 'The lab',
  text: 'The paper\u2019s experiments, and nets of your own: depth, shortcuts, filters, optimiser, seeds.',
  go: 'Open the lab',
};

export const recorded = {
  heading: 'Recorded runs',
  text: 'Longer than anyone likes to wait, trained ahead by this very code.',
};

/** Before the question is answered. */
export const recordedUnnamed = 'two recorded runs; which is which, after your answer';

/** After it: `names` as their lines stand, from above. */
export const recordedCurves = (names: readonly string[], steps: number) =>
  `recorded, ${integer(steps)} steps: ${names.join(' above ')}. Training error, lower is better`;
