/** What is pressed later, when something has been trained: going on, going back, what is tried next, and saving weights. */
import type { StoreApi } from 'zustand/vanilla';
import type { WallClock } from '../../model/clock.ts';
import type { DraftActions, ReplaceActions, TrainingActions } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import type { RunKeeping } from '../state/keeping.ts';
import { branchRun } from './branchRun.ts';
import { changeAndTrain } from './changeAndTrain.ts';
import { continueRuns, type GoingOn } from './continueRuns.ts';
import { savedWeights } from './savedWeights.ts';

export interface LaterServices
  extends
    Pick<DraftActions, 'addTwins' | 'editLane' | 'editRecipe'>,
    Pick<ReplaceActions, 'replaceExperiment'>,
    Pick<TrainingActions, 'trainNew' | 'trainLane'> {
  readonly keeping: RunKeeping;
  readonly now: WallClock;
  /** Tells experiments apart, in the ids of their runs. */
  readonly nextOrdinal: () => number;
  readonly goOn: (going: GoingOn) => Promise<void>;
  /** The present weights of a run; undefined where nothing holds them any more. */
  readonly heldWeights: (run: string) => Promise<ArrayBuffer> | undefined;
}

export const laterActions = (store: StoreApi<AppState>, services: LaterServices) => ({
  ...continueRuns(store, services, services.goOn),
  ...branchRun(store, services),
  ...changeAndTrain(store, services, services),
  exportWeights: (lane: string) => savedWeights(store, services.keeping, lane, services.heldWeights),
});

export type LaterActions = ReturnType<typeof laterActions>;
