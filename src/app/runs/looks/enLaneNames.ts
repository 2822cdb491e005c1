/** What tells lanes of one name apart. */
import type { ModelConfig, OptimizerConfig } from '../../../model/config.ts';
import { integer, plainNumber } from '../../ui/format.ts';
import { optimizers } from '../enRecipeSettings.ts';

export const filters = (width: number) => `${integer(width)} ${width === 1 ? 'filter' : 'filters'}`;

/** What tells the lane from others of the same name: "B", "8 filters", "Adam". */
export function difference(
  key: 'shortcut' | 'block' | 'width' | 'optimizer',
  { model, optimizer }: { readonly model: ModelConfig; readonly optimizer?: OptimizerConfig | undefined },
): string {
  if (key === 'optimizer') return optimizer ? optimizers[optimizer.type] : '';
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
};
