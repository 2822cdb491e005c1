/** The words of a recipe in one line (recipeLine.ts), but for what each simple setting says (enRecipeSettings.ts). */
import type { OptimizerConfig, ScheduleConfig } from '../../model/config.ts';
import { integer, joined, plainNumber } from '../ui/format.ts';
import { optimizers } from './enOptimizers.ts';

export const recipe = {
  separator: ' \u00b7 ',
  ownOptimizers: 'optimisers as named',
  someOptimizers: 'other optimisers as named',
  ownWarmUps: 'warm-ups as named',
  budget: {
    steps: (steps: number) => `${integer(steps)} steps`,
    epochs: (epochs: number) => `${plainNumber(epochs)} epochs`,
    minutes: (minutes: number) => `${plainNumber(minutes)} minutes`,
  },
  optimizer: ({ type, learningRate }: OptimizerConfig, schedule: ScheduleConfig) =>
    joined(
      ', ',
      optimizers[type],
      `rate ${plainNumber(learningRate)} ${scheduleKind(schedule)}`,
      schedule.warmUp ? 'warm-up' : '',
    ),
};

const scheduleKind = (schedule: ScheduleConfig) =>
  schedule.type === 'steps' ? `steps at ${schedule.milestones.map(integer).join(' and ')}` : schedule.type;
