/** A lane that is another lane's net as it was after so many steps, trained on from there. */
import * as v from 'valibot';
import { MOST_STEPS, wholeFrom } from './bounds.ts';
import { isResidual, unitOf } from './depths.ts';
import { recipeSettings } from './recipeSettings.ts';

/** What of the recipe such a lane may have of its own; its net, its optimiser and its warm-up stand in the lane. */
const changesSchema = v.strictObject({
  steps: v.optional(wholeFrom(1, MOST_STEPS)),
  batchSize: v.optional(recipeSettings.batchSize.schema.wrapped),
  augment: v.optional(recipeSettings.augment.schema.wrapped),
  seed: v.optional(recipeSettings.seed.schema.wrapped),
});
export const changeable = [
  'steps',
  'batchSize',
  'augment',
  'seed',
] as const satisfies readonly (keyof typeof changesSchema.entries)[];

export const fromSchema = v.strictObject({
  /** The id of a lane that stands before it. */
  lane: v.string(),
  step: wholeFrom(0, MOST_STEPS),
  changes: v.optional(changesSchema, {}),
});
export type LaneFrom = v.InferOutput<typeof fromSchema>;

interface Net {
  readonly depth: number;
  readonly block: 'plain' | 'basic' | 'bottleneck';
  readonly shortcut: 'A' | 'B' | 'C';
  readonly width: number;
}
interface OriginLane {
  readonly id: string;
  readonly model: Net;
  readonly from?: LaneFrom | undefined;
}

/** Steps that a lane needs for itself, behind those that it goes on from, for a verdict and a look at its curve. */
const OWN_STEPS = 100;

/** The fewest steps at which these lanes tell something; 0 where none goes on from another. */
export const leastSteps = (lanes: readonly Pick<OriginLane, 'from'>[]): number =>
  Math.max(0, ...lanes.flatMap(({ from }) => (from ? [from.step + OWN_STEPS] : [])));

/** Why a lane cannot go on from where it says, as far as that is known before training; null if it can. `steps` is the recipe's budget. */
export function originFault(
  { model, from }: OriginLane,
  before: readonly OriginLane[],
  steps: number | undefined,
): string | null {
  if (!from) return null;
  const parent = before.find(({ id }) => id === from.lane);
  if (!parent) return 'there is no such lane before it to go on from';
  if (!fitsWeightsOf(parent.model, model)) return 'the weights that it goes on from do not fit its net';
  if (from.step < (parent.from?.step ?? 0)) return 'the lane that it goes on from begins later';
  if (steps === undefined) {
    return from.changes.steps === undefined ? null : 'the budget of the others is not in steps';
  }
  const [own, its] = [from.changes.steps ?? steps, parent.from?.changes.steps ?? steps];
  if (from.step > its) return `the lane that it goes on from ends after ${its} steps`;
  return from.step < own ? null : `it ends after ${own} steps, and would begin after ${from.step}`;
}

/**
 * Whether every weight that `model` needs is there in a net of `other`, in its shape: plain and residual nets with shortcuts A have the
 * same weights, B has projections where the size changes, C everywhere.
 */
export const fitsWeightsOf = (other: Net, model: Net): boolean =>
  other.depth === model.depth &&
  other.width === model.width &&
  unitOf(other.block) === unitOf(model.block) &&
  projections(model) <= projections(other);

const projections = ({ block, shortcut }: Net): number =>
  isResidual(block) ? { A: 0, B: 1, C: 2 }[shortcut] : 0;
