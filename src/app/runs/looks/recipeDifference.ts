import type { RunConfig } from '../../../model/config.ts';
import { runDifference as words } from './enLaneNames.ts';

/** What most tells a run of a net from another run of it: "16 filters", "600 steps"; null where it is its seed, or lies deeper. */
export function recipeDifference(of: RunConfig, other: RunConfig): string | null {
  if (of.model.width !== other.model.width) return words.filters(of.model.width);
  for (const unit of ['steps', 'epochs', 'minutes'] as const) {
    const count = of[unit];
    if (count !== undefined && count !== other[unit]) return words[unit](count);
  }
  if (of.batchSize !== other.batchSize) return words.batch(of.batchSize);
  if (of.optimizer.type !== other.optimizer.type) return words.optimizer(of.optimizer.type);
  const rate = of.optimizer.learningRate;
  if (rate !== other.optimizer.learningRate) return words.rate(rate);
  const isWarm = of.schedule.warmUp !== undefined;
  return isWarm === (other.schedule.warmUp !== undefined) ? null : words.warmUp(isWarm);
}
