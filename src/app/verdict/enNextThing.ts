/** The words of what to do next. */
import { watch } from '../runs/enWatch.ts';
import { integer, plainNumber } from '../ui/format.ts';
import type { Suggestion } from './nextThings.ts';

interface Words {
  readonly label: string;
  /** Why, or what it does. */
  readonly hint: string;
}

export const nextThing = {
  heading: 'Next',
  words(suggestion: Suggestion): Words {
    switch (suggestion.kind) {
      case 'train-new':
        return {
          label: suggestion.lanes.length === 1 ? 'Train the new net' : 'Train the new nets',
          hint: 'What is trained already stays as it is.',
        };
      case 'add-twins':
        return suggestion.count === 1
          ? {
              label: 'Add the same net with shortcuts',
              hint: 'Its residual twin: exactly as many parameters.',
            }
          : {
              label: 'Add the same nets with shortcuts',
              hint: 'Their residual twins: exactly as many parameters.',
            };
      case 'add-net':
        return {
          label: 'Add a second net',
          hint: 'Change one thing in it, and the verdict says what comes of it.',
        };
      case 'next-seed':
        return {
          label: `Train the same with seed ${suggestion.seed}`,
          hint: 'Another random start: other weights and other batches may move the gap.',
        };
      case 'longer':
        return {
          label: `Try ${integer(suggestion.factor)} times the steps`,
          hint: 'What is within the noise now may come out later.',
        };
      case 'lower-rate':
        return {
          label: `Try a learning rate of ${plainNumber(suggestion.rate)}`,
          hint: 'A tenth of the one that diverged.',
        };
      case 'switch-skips':
        return {
          label: `Switch skips on in ${suggestion.name} at step ${integer(suggestion.step)}`,
          hint: 'Goes back to that moment: the same weights train on, with shortcuts, beside what happened without.',
        };
      case 'open-recording':
        return {
          label: watch.one(suggestion.steps),
          hint: watch.hint,
        };
    }
  },
};
