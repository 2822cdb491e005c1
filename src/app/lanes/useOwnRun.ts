import type { LaneConfig, ModelConfig } from '../../model/config.ts';
import { sameSettings } from '../../model/sameSettings.ts';
import { branchings } from '../runs/ancestry.ts';
import type { LaneDraft } from '../state/draft.ts';
import { useAppState } from '../state/hooks/AppContext.ts';
import { readModel, readNumber } from '../state/readDraft.ts';
import type { Run } from '../state/run.ts';

/**
 * The run whose numbers are the lane's own: a lane that was changed after its run is another net, or is trained in another way. While it is
 * locked, its run is its own whatever the form says.
 */
export function useOwnRun(lane: LaneDraft, run: Run | null, isLocked: boolean): Run | null {
  const trained = useAppState(({ training }) => training.experiment?.lanes.find(({ id }) => id === lane.id));
  const isOwn = (one: Run) =>
    isSameNet(one, readModel(lane)) && beginsAlike(one, lane) && isTrainedAlike(trained, lane);
  return run && (isLocked || isOwn(run)) ? run : null;
}

/** Whether what is the lane's own, and not of all, is what it was when it was trained; what is not known is. */
const isTrainedAlike = (trained: LaneConfig | undefined, { optimizer, rate, warmUp }: LaneDraft): boolean =>
  trained === undefined ||
  sameSettings(
    [trained.optimizer ?? null, trained.warmUp ?? null],
    [optimizer && { ...optimizer, learningRate: readNumber(rate) }, warmUp],
  );

const beginsAlike = ({ history }: Run, { from }: LaneDraft): boolean =>
  branchings(history).at(-1)?.step === from?.step;

function isSameNet(run: Run, model: ModelConfig | null): boolean {
  const ran = run.config?.model;
  return (
    ran !== undefined &&
    model !== null &&
    ran.depth === model.depth &&
    ran.block === model.block &&
    ran.shortcut === model.shortcut &&
    ran.width === model.width
  );
}
