import { isResidual, unitOf } from './depths.ts';
import type { ModelConfig } from './config.ts';

/** Whether weights of one net are weights of the other: shortcuts of option A have none. */
export function haveSameTensors(a: ModelConfig, b: ModelConfig): boolean {
  const key = ({ depth, width, block, shortcut }: ModelConfig) =>
    [depth, width, unitOf(block), isResidual(block) ? shortcut : 'A'].join();
  return key(a) === key(b);
}
