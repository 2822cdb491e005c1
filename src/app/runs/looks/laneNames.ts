/** What lanes are called where the person gave no name. */
import { isResidual } from '../../../model/depths.ts';
import type { LaneConfig } from '../../../model/config.ts';
import { modelName } from '../../../model/families.ts';
import { settingsKey } from '../../../model/sameSettings.ts';

/**
 * A name for each lane, in order and all different: the person's own, or the net's ("plain-56", "ResNet-20"), with what
 * tells it from the lanes of the same name: shortcut, block, filters, and a number where nothing differs; its own optimiser
 * and warm-up, and from which step on it goes on from another lane.
 * `describe` puts a difference into words ("16 filters").
 */
export function laneNames(lanes: readonly Named[], describe: DescribeDifference): readonly string[] {
  const taken = new Map<string, number>();
  return lanes.map((lane) => {
    const name = lane.name.trim() || automaticName(lane, lanes, describe);
    const uses = (taken.get(name) ?? 0) + 1;
    taken.set(name, uses);
    return uses === 1 ? name : `${name} (${uses})`;
  });
}

type Named = Pick<LaneConfig, 'name' | 'model'> & Partial<Pick<LaneConfig, 'optimizer' | 'warmUp' | 'from'>>;
type Difference = 'shortcut' | 'block' | 'width' | 'optimizer' | 'warmUp' | 'whichWarmUp' | 'from';
export type DescribeDifference = (key: Difference, lane: Omit<Named, 'name'>) => string;

function automaticName(lane: Named, lanes: readonly Named[], describe: DescribeDifference): string {
  const { model } = lane;
  const base = modelName(model);
  const namesakes = lanes.filter((other) => !other.name.trim() && modelName(other.model) === base);
  const differs = (key: 'shortcut' | 'block' | 'width') =>
    (key !== 'shortcut' || isResidual(model.block)) &&
    namesakes.some((other) => other.model[key] !== model[key]);
  const differences: Difference[] = (['block', 'shortcut', 'width'] as const).filter(differs);
  if (lane.optimizer) differences.push('optimizer');
  if (lane.warmUp)
    differences.push(
      new Set(lanes.flatMap(({ warmUp }) => (warmUp ? settingsKey(warmUp) : []))).size > 1
        ? 'whichWarmUp'
        : 'warmUp',
    );
  if (lane.from) differences.push('from');
  return [base, ...differences.map((key) => describe(key, lane))].join(', ');
}
