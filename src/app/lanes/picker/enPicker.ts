/** The words of the choice of a net out of the family (He et al. 2015, section 4.2). */
import type { ModelConfig } from '../../../model/config.ts';

type Block = ModelConfig['block'];

export const picker = {
  heading: 'Add a net',
  block: 'Block',
  blocks: {
    plain: { name: 'Plain', text: 'Two 3\u00d73 convolutions, one after the other.' },
    basic: { name: 'Residual, basic', text: 'The same two, and a shortcut around them.' },
    bottleneck: {
      name: 'Residual, bottleneck',
      text: '1\u00d71, 3\u00d73, 1\u00d71 with a narrow middle, and a shortcut around them.',
    },
  } satisfies Record<Block, { readonly name: string; readonly text: string }>,
  preview: 'The net',
  impossible: 'No net yet: a field above needs mending.',
  full: 'Sixteen nets are the most that one experiment holds.',
  add: (name: string) => `Add ${name}`,
  addAndTrain: (name: string) => `Add and train ${name}`,
};
