/** What the lanes of the form are called and how they are drawn, while they are being edited. */
import type { ModelConfig } from '../../model/config.ts';
import { difference } from '../runs/looks/enLaneNames.ts';
import { laneNames } from '../runs/looks/laneNames.ts';
import { laneStyles, styledLane } from '../runs/looks/laneStyles.ts';
import type { LaneDraft } from '../state/draft.ts';
import type { LaneStyle } from '../state/laneStyle.ts';
import { readModel, readNumber } from '../state/readDraft.ts';
import { lanes as words } from './enLanes.ts';

export interface LaneLook {
  readonly name: string;
  readonly style: LaneStyle;
}

/** A look for each lane, in order; a lane whose depth is impossible has no name of its net's. */
export function describeLanes(lanes: readonly LaneDraft[]): readonly LaneLook[] {
  const models = lanes.map((lane) => readModel(lane) ?? standIn(lane));
  const named = lanes.map((lane, i) => ({
    name: lane.name.trim() || (readModel(lane) ? '' : words.unnamed(lane.block)),
    model: models[i]!,
    optimizer: lane.optimizer ?? undefined,
    warmUp: lane.warmUp ?? undefined,
    from: lane.from ?? undefined,
  }));
  const styles = laneStyles(named.map(styledLane));
  return laneNames(named, difference).map((name, i) => ({ name, style: styles[i]! }));
}

/** The net by which a lane is drawn while what was typed is none. */
function standIn({ block, shortcut, depth }: LaneDraft): ModelConfig {
  return { family: 'cifar', block, shortcut, depth: readNumber(depth) ?? 20, width: 16 };
}
