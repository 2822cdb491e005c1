/** Runs to compare, in tests. */
import { parseRun, type ModelConfig, type RunConfig } from '../../model/config.ts';
import { createRandom } from '../../model/random.ts';
import type { ComparedRun } from '../comparedRun.ts';

export const model = (
  block: ModelConfig['block'],
  depth: number,
  rest: Partial<ModelConfig> = {},
): ModelConfig => ({ family: 'cifar', block, depth, shortcut: 'A', width: 8, ...rest });

export interface Given {
  readonly steps?: number;
  readonly spread?: number;
  readonly ended?: boolean;
  readonly id?: string;
  readonly present?: boolean;
  /** Of the recipe, what is not customary. */
  readonly recipe?: Partial<RunConfig>;
  readonly startedFrom?: string;
  readonly precision?: string;
  readonly tests?: ComparedRun['tests'];
  readonly seeds?: ComparedRun['seeds'];
}

/** Error of `steps` steps that scatters by `spread` around `mean`. */
export function scattered(seed: string, mean: number, steps = 100, spread = 0.05): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: steps }, () => mean + spread * random.normal());
}

/** A run of this net, of the present experiment if not said otherwise. */
export function run(net: ModelConfig, mean: number, given: Given = {}): ComparedRun {
  const { steps = 100, spread = 0.05, id = `${net.block}-${net.depth}` } = given;
  return {
    id,
    present: given.present ?? true,
    setting: {
      config: parseRun({ model: net, batchSize: 64, steps: 300, augment: 'none', ...given.recipe }),
      startedFrom: given.startedFrom ?? null,
      precision: given.precision ?? null,
    },
    error: scattered(id, mean, steps, spread),
    ended: given.ended ?? false,
    tests: given.tests ?? [],
    seeds: given.seeds ?? new Map<number, Float64Array>(),
  };
}
