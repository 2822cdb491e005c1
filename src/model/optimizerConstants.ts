/** What the optimisers have beside their settings: PyTorch's defaults, the same on every backend. */
import type { OptimizerConfig } from './config.ts';

export const ADAM_BETAS = [0.9, 0.999] as const;
export const RMSPROP_ALPHA = 0.99;
/** Added outside of the root, by Adam and RMSprop. */
export const OPTIMIZER_EPSILON = 1e-8;

/** The learning rate to begin with: SGD's is the paper's. */
export const customaryRates: Readonly<Record<OptimizerConfig['type'], number>> = {
  sgd: 0.1,
  adam: 0.001,
  rmsprop: 0.001,
};
