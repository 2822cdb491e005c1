/** What tells lanes of one name apart. */
import type { LaneConfig, OptimizerConfig } from '../../../model/config.ts';
import { integer, plainNumber } from '../../ui/format.ts';
import { optimizers } from '../enOptimizers.ts';
import { warmUpText } from '../enWarmUp.ts';

export const filters = (width: number) => `${integer(width)} ${width === 1 ? 'filter' : 'filters'}`;

/** What tells the lane from others of the same name: "B", "8 filters", "Adam", "warm-up", "from step 300". */
export function difference(
  key: 'shortcut' | 'block' | 'width' | 'optimizer' | 'warmUp' | 'whichWarmUp' | 'from',
  { model, optimizer, warmUp, from }: Pick<LaneConfig, 'model' | 'optimizer' | 'warmUp' | 'from'>,
): string {
  if (key === 'from') return from ? `from step ${integer(from.step)}` : '';
  if (key === 'optimizer') return optimizer ? optimizers[optimizer.type] : '';
  if (key === 'warmUp') return 'warm-up';
  if (key === 'whichWarmUp') return warmUp ? `warm-up at ${warmUpText(warmUp)}` : '';
  return key === 'width' ? filters(model.width) : model[key];
}

/** What tells a run of a net from another run of it. */
export const runDifference = {
  filters,
  steps: (count: number) => `${integer(count)} ${count === 1 ? 'step' : 'steps'}`,
  epochs: (count: number) => `${plainNumber(count)} ${count === 1 ? 'epoch' : 'epochs'}`,
  minutes: (count: number) => `${plainNumber(count)} ${count === 1 ? 'minute' : 'minutes'}`,
  batch: (images: number) => `batch ${integer(images)}`,
  optimizer: (type: OptimizerConfig['type']) => optimizers[type],
  rate: (rate: number) => `rate ${plainNumber(rate)}`,
  warmUp: (isWarm: boolean) => (isWarm ? 'warm-up' : 'no warm-up'),
};
