/** What lanes are called where the person gave no name. */
import type { LaneConfig, ModelConfig } from '../../model/config.ts';
import { modelName } from '../../model/families.ts';

/**
 * A name for each lane, in order and all different: the person's own, or the net's ("plain-56", "ResNet-20"), with what
 * tells it from the lanes of the same name: shortcut, block, filters, and a number where nothing differs.
 * `describe` puts a difference into words ("16 filters").
 */
export function laneNames(
  lanes: readonly Pick<LaneConfig, 'name' | 'model'>[],
  describe: DescribeDifference,
): readonly string[] {
  const taken = new Map<string, number>();
  return lanes.map((lane) => {
    const name = lane.name.trim() || automaticName(lane.model, lanes, describe);
    const uses = (taken.get(name) ?? 0) + 1;
    taken.set(name, uses);
    return uses === 1 ? name : `${name} (${uses})`;
  });
}

export type DescribeDifference = (key: 'shortcut' | 'block' | 'width', model: ModelConfig) => string;

function automaticName(
  model: ModelConfig,
  lanes: readonly Pick<LaneConfig, 'name' | 'model'>[],
  describe: DescribeDifference,
): string {
  const base = modelName(model);
  const namesakes = lanes.filter((lane) => !lane.name.trim() && modelName(lane.model) === base);
  const differs = (key: 'shortcut' | 'block' | 'width') =>
    (key !== 'shortcut' || model.block !== 'plain') &&
    namesakes.some((lane) => lane.model[key] !== model[key]);
  const differences = (['block', 'shortcut', 'width'] as const).filter(differs);
  return [base, ...differences.map((key) => describe(key, model))].join(', ');
}
