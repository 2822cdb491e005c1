/** One look for each net, wherever it stands: in the lab's chips, in the drawing of the nets, and among the recorded runs. */
import type { ModelConfig } from '../../../model/config.ts';
import { isResidual } from '../../../model/depths.ts';
import type { LaneDraft } from '../../state/draft.ts';
import type { LaneStyle } from '../../state/laneStyle.ts';
import { readModel } from '../../state/readDraft.ts';
import { sameItems } from '../../state/sameItems.ts';
import type { Run } from '../../state/run.ts';
import { blockStyles, distinctStyle, laneStyles, styledLane } from './laneStyles.ts';

export interface NetLook {
  readonly model: ModelConfig;
  readonly style: LaneStyle;
}

/** Whether one looks at the same net, whatever its filters. */
export const isSameNet = (a: ModelConfig, b: ModelConfig): boolean =>
  a.depth === b.depth && a.block === b.block && (!isResidual(a.block) || a.shortcut === b.shortcut);

const isSame = (a: ModelConfig, b: ModelConfig) => isSameNet(a, b) && a.width === b.width;

/** The nets of the lanes, in order: each looks as its run does, and before it has one as its lane. */
export function netLooks(lanes: readonly LaneDraft[], runs: readonly Run[]): readonly NetLook[] {
  const known = lanes.flatMap((lane) => {
    const model = readModel(lane);
    return model
      ? [{ id: lane.id, model, optimizer: lane.optimizer ?? undefined, warmUp: lane.warmUp ?? undefined }]
      : [];
  });
  const styles = laneStyles(known.map(styledLane));
  return known.map(({ id, model }, i) => {
    const run = runs.find(({ lane, config }) => lane === id && config && isSame(config.model, model));
    return { model, style: run?.style ?? styles[i]! };
  });
}

/**
 * The runs, with each recorded one in the look of its net on the page; nets that are not there look like none that is. The same
 * list where nothing changes.
 */
export function withNetLooks(imported: readonly Run[], looks: readonly NetLook[]): readonly Run[] {
  const recorded = imported.flatMap(({ origin, config }) =>
    origin === 'recorded' && config ? [config.model] : [],
  );
  const nets = recorded.filter((net, i) => recorded.findIndex((other) => isSameNet(other, net)) === i);
  const own = blockStyles(nets);
  const taken = looks.map(({ style }) => style);
  const styles = nets.map((net, i) => {
    const look = looks.find(({ model }) => isSameNet(model, net));
    return look?.style ?? distinctStyle(own[i]!, taken);
  });
  const dressed = imported.map((run) => {
    const { origin, config, style } = run;
    if (origin !== 'recorded' || !config) return run;
    const wanted = styles[nets.findIndex((net) => isSameNet(net, config.model))] ?? style;
    return isLike(wanted, style) ? run : { ...run, style: wanted };
  });
  return sameItems(dressed, imported) ? imported : dressed;
}

const isLike = (a: LaneStyle, b: LaneStyle) => a.hue === b.hue && a.tone === b.tone && a.marker === b.marker;
