/** What can be changed at a moment of a run, and the configuration that comes of it. Pure. */
import type { RunConfig } from '../../model/config.ts';
import { isResidual } from '../../model/depths.ts';
import { lowerRate } from '../../model/lowerRate.ts';
import { sameSettings } from '../../model/sameSettings.ts';

export const changeKinds = ['skips', 'rate', 'optimizer', 'batch', 'augment', 'order', 'none'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What was chosen; numbers as they were typed, read. */
export interface ChosenChange {
  readonly kind: ChangeKind;
  /** Of `rate`, `batch` and `order` (a seed). */
  readonly value: number;
  /** Of `optimizer`. */
  readonly optimizer: RunConfig['optimizer']['type'];
  /** Of a budget in steps: those at which the branch ends. */
  readonly steps: number;
}

export interface BranchIntent {
  readonly config: RunConfig;
  /** Nothing is changed but a longer budget: the run itself goes on, and no branch of it. */
  readonly isLonger: boolean;
}

/** Rates that the three optimisers are used with, where they take the place of each other. */
const usualRate = { sgd: 0.1, adam: 0.001, rmsprop: 0.001 } as const;

/** The choice that stands in the form at first. */
export const firstChoice = (config: RunConfig, step: number): ChosenChange => ({
  kind: 'skips',
  value: lowerRate(config.optimizer.learningRate),
  optimizer: config.optimizer.type === 'adam' ? 'sgd' : 'adam',
  steps: longerOf(config, step),
});

/** At the end of a run twice its steps; before, its own. */
const longerOf = ({ steps }: RunConfig, step: number): number =>
  steps === undefined ? 0 : step >= steps ? 2 * steps : steps;

/** The value that a change of another kind begins with. */
export function firstValue(kind: ChangeKind, config: RunConfig): number {
  if (kind === 'batch') return config.batchSize * 2;
  if (kind === 'order') return config.seed + 1;
  return lowerRate(config.optimizer.learningRate);
}

/** The configuration of the branch. Its numbers are not checked: see parseRun. */
export function branchOf(parent: RunConfig, change: ChosenChange): BranchIntent {
  const config: RunConfig = {
    ...withChange(parent, change),
    ...(parent.steps !== undefined && { steps: change.steps }),
  };
  const isLonger =
    change.kind === 'none' &&
    parent.steps !== undefined &&
    change.steps > parent.steps &&
    sameSettings({ ...config, steps: parent.steps }, parent);
  return { config, isLonger };
}

function withChange(parent: RunConfig, { kind, value, optimizer }: ChosenChange): RunConfig {
  switch (kind) {
    case 'skips':
      return { ...parent, model: withOtherSkips(parent.model) };
    case 'rate':
      return { ...parent, optimizer: { ...parent.optimizer, learningRate: value } };
    case 'optimizer': {
      const momentum = optimizer === 'sgd' ? 0.9 : 0;
      const learningRate = usualRate[optimizer];
      return { ...parent, optimizer: { ...parent.optimizer, type: optimizer, learningRate, momentum } };
    }
    case 'batch':
      return { ...parent, batchSize: value };
    case 'augment':
      return { ...parent, augment: parent.augment === 'none' ? 'paper' : 'none' };
    case 'order':
      return { ...parent, seed: value };
    case 'none':
      return parent;
  }
}

/** The same layers with shortcuts that have no weights, or without any. */
export function withOtherSkips(model: RunConfig['model']): RunConfig['model'] {
  return isResidual(model.block) ? { ...model, block: 'plain' } : { ...model, block: 'basic', shortcut: 'A' };
}
