import { useMemo } from 'react';
import type { ExperimentConfig } from '../../model/config.ts';
import { selectPace, type AppState } from '../state/AppState.ts';
import { useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import { milestonesOf } from '../state/training.ts';
import { isTrained, trainingTime, type TrainingTime } from './trainingTime.ts';
import { useStartingLanes, type ExperimentFacts } from './useExperiment.ts';

export interface ExperimentTime {
  /** In all; null where nothing is known. */
  readonly seconds: number | null;
  readonly stepSeconds: number | null;
  /** By its own pace, once it trains; null while that is not known. */
  readonly own: TrainingTime | null;
}

const selectTraining = (state: AppState) => state.training;
const milestones = ({ runs }: AppState['training']) => milestonesOf(runs);

/** How long the experiment of the form takes: by the pace of its own run, else by what was measured on the device. */
export function useExperimentTime({ experiment, sizes, cost }: ExperimentFacts): ExperimentTime {
  const atOnce = useStartingLanes(sizes.map(({ bytes }) => bytes)) ?? sizes.length;
  const own = useOwnTime(experiment, atOnce);
  const known = own ?? cost;
  return { seconds: known?.seconds ?? null, stepSeconds: known?.stepSeconds ?? null, own };
}

/** The time of the experiment by its own pace, once it trains: of several seeds, as many times that of the one. */
function useOwnTime(experiment: ExperimentConfig, atOnce: number): TrainingTime | null {
  const training = useSlowAppState(selectTraining, 1000, { urgentKey: milestones });
  const trained = useAppState((state) => state.training.experiment);
  const pace = useAppState(selectPace);
  const isOwn = useMemo(() => isTrained(experiment, trained), [experiment, trained]);
  const { seeds } = experiment;
  return useMemo(() => {
    const time = isOwn ? trainingTime(training.runs, pace, atOnce) : null;
    if (!time || seeds === 1) return time;
    const left = time.left + training.repeats * time.seconds;
    return { ...time, seconds: seeds * time.seconds, left, isOver: false };
  }, [isOwn, training, pace, atOnce, seeds]);
}
