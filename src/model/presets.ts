/** Experiments to begin with. */
import { parseExperiment, type ExperimentConfig } from './config.ts';

/** What the presets are sized to: a graphics card, or a processor alone. */
export type Hardware = 'gpu' | 'cpu';

/** Sizes at which the gap between the default nets is beyond the noise within about two minutes. */
const sizes = {
  cpu: { width: 8, batchSize: 64, steps: 300, evaluation: { every: 50, images: 500 } },
  gpu: { width: 16, batchSize: 128, steps: 1000, evaluation: { every: 100, images: 1000 } },
} as const;

/**
 * The degradation (He et al. 2015, figure 6): plain-20 against plain-56, the paper's recipe otherwise, but short, and
 * without augmentation, which so few steps do not need: the training error then is that of the very images learned.
 */
export function defaultExperiment(hardware: Hardware): ExperimentConfig {
  const { width, ...recipe } = sizes[hardware];
  const plain = (depth: number) => ({ id: `plain-${depth}`, model: { block: 'plain', depth, width } });
  return parseExperiment({
    lanes: [plain(20), plain(56)],
    recipe: {
      ...recipe,
      optimizer: { type: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 },
      schedule: { type: 'constant' },
      augment: 'none',
      seed: 1,
    },
  });
}
