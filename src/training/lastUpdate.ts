/** What the last step of a run changed, read out of what its optimiser remembers. */
import type { CheckpointState } from '../model/checkpoint.ts';
import type { RunConfig } from '../model/config.ts';
import { createSchedule } from '../model/schedule.ts';
import { ADAM_BETAS, OPTIMIZER_EPSILON } from '../model/optimizerConstants.ts';

type Moment = Pick<
  CheckpointState,
  'run' | 'step' | 'epoch' | 'trainingSeconds' | 'warmedUp' | 'optimizerSteps'
>;

/**
 * What the optimiser added to the flat parameters in the step before a checkpoint: exactly, but for float32's rounding, of SGD (its velocity
 * times the learning rate, weight decay with it) and of Adam. Null where nobody can say: before the first step, and of RMSprop, which keeps
 * no gradient. `slots`: see OptimizerState.
 */
export function lastUpdate(moment: Moment, slots: readonly Float32Array[]): Float32Array | null {
  const { run, optimizerSteps } = moment;
  if (optimizerSteps === 0) return null;
  const rate = lastRate(moment);
  const [first, second] = slots;
  switch (run.optimizer.type) {
    case 'sgd':
      return first!.map((velocity) => -rate * velocity);
    case 'adam': {
      const [mean, square] = ADAM_BETAS.map((beta) => 1 - beta ** optimizerSteps) as [number, number];
      return first!.map(
        (value, i) => (-rate * (value / mean)) / (Math.sqrt(second![i]! / square) + OPTIMIZER_EPSILON),
      );
    }
    case 'rmsprop':
      return null;
  }
}

/** The learning rate of the step before: by its own place in the budget, of time or epochs to within a step of the mean length. */
function lastRate({ run, step, epoch, trainingSeconds, warmedUp }: Moment): number {
  const schedule = createSchedule(run.schedule, run.optimizer.learningRate);
  // It says whether the warm-up was over before that very step.
  schedule.warmedUp = warmedUp;
  const spent = spentShare(run, step, epoch, trainingSeconds) * ((step - 1) / step);
  return schedule.rate({ step: step - 1, spent, recentError: 1 });
}

function spentShare(
  { steps, epochs, minutes }: RunConfig,
  step: number,
  epoch: number,
  trainingSeconds: number,
): number {
  if (steps !== undefined) return step / steps;
  if (epochs !== undefined) return epoch / epochs;
  return trainingSeconds / (60 * (minutes ?? 0));
}
