/** What tells lanes of one name apart. */
import type { ModelConfig, OptimizerConfig, RunConfig } from '../../../model/config.ts';
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

/** What most tells a run of a net from another run of it: "16 filters", "600 steps"; null where it is its seed, or lies deeper. */
export function recipeDifference(of: RunConfig, other: RunConfig): string | null {
  if (of.model.width !== other.model.width) return filters(of.model.width);
  const budgets: readonly (readonly [number | undefined, number | undefined, string])[] = [
    [of.steps, other.steps, 'step'],
    [of.epochs, other.epochs, 'epoch'],
    [of.minutes, other.minutes, 'minute'],
  ];
  for (const [count, others, unit] of budgets) {
    if (count !== undefined && count !== others) {
      return `${plainNumber(count)} ${count === 1 ? unit : `${unit}s`}`;
    }
  }
  if (of.batchSize !== other.batchSize) return `batch ${integer(of.batchSize)}`;
  if (of.optimizer.type !== other.optimizer.type) return optimizers[of.optimizer.type];
  const rate = of.optimizer.learningRate;
  return rate === other.optimizer.learningRate ? null : `rate ${plainNumber(rate)}`;
}
