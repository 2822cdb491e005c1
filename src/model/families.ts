/** The CIFAR family of nets: what a net of this family is called. */
import { isResidual } from './depths.ts';
import type { ModelConfig } from './config.ts';

/** What the net is called in the paper's manner: "plain-56", "ResNet-20". */
export function modelName(model: Pick<ModelConfig, 'block' | 'depth'>): string {
  return `${isResidual(model.block) ? 'ResNet' : 'plain'}-${model.depth}`;
}
