/** The words of training that stand wherever one is: how it goes, and Pause. */
import type { Milestone } from '../state/training.ts';
import { runStates } from '../runs/enRunStates.ts';
import { integer, list, percent, plainNumber, sentence } from '../ui/format.ts';

/** Lanes that go on from another one. */
export const branchLanes = {
  noBeginning: (parent: string, ended: number, step: number) =>
    `${parent} was over after ${integer(ended)} steps, and this net was to go on from its step ${integer(step)}.`,
};

/** Before the first step: the net is being built, or the data fetched. */
export const starting = 'Getting ready';

export const pauseButton = { pause: 'Pause', pausing: 'Pausing\u2009\u2026', resume: 'Resume' };

export const sessionBar = {
  label: 'What trains now',
  more: (count: number) => `and ${integer(count)} more`,
};

/** The title of the browser's tab, which shows some twenty signs. */
export const tab = {
  title: (text: string) => `${text} \u00b7 Residual Playground`,
  starting,
  progress: (name: string, step: number, total: number | null) =>
    total === null ? `${name} ${step}` : `${name} ${step}/${total}`,
  paused: (progress: string) => `Paused: ${progress}`,
  done: 'Done',
  stopped: 'Stopped',
  interrupted: 'Interrupted',
  failed: 'Failed',
  diverged: (names: readonly string[]) =>
    names.length > 2 ? `${names.length} nets diverged` : `${names.join(' and ')} diverged`,
};

export const milestone = (event: Milestone): string => {
  switch (event.kind) {
    case 'several':
      return event.all.map(milestone).join(' ');
    case 'started':
      return 'Training has started.';
    case 'paused':
      return 'Training is paused.';
    case 'resumed':
      return 'Training goes on.';
    case 'imagesWanted':
      return `Training waits for images: ${event.trouble === 'offline' ? 'this browser is offline' : 'they do not arrive'}.`;
    case 'imagesBack':
      return 'The images have come.';
    case 'silent':
      return `${event.name ?? 'What deals the images'} does not answer.`;
    case 'unevaluated':
      return `${event.name}: the test at step ${integer(event.step)} could not be done.`;
    case 'evaluated':
      return `Step ${integer(event.step)}. Test error: ${list(event.results.map(({ name, error }) => `${name} ${percent(error)}`))}.`;
    case 'rateChanged':
      return `${event.name}, step ${integer(event.step)}: the learning rate is now ${plainNumber(event.rate)}.`;
    case 'ended':
      return sentence(`${event.name}: ${runStates.ended(event.reason, event.step, null)}`);
  }
};
