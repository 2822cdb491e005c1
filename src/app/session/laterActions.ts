/** What is pressed later, when something has been trained: going on, going back, and what is tried next. */
import type { StoreApi } from 'zustand/vanilla';
import type { WallClock } from '../../model/clock.ts';
import type { DraftActions, ReplaceActions, TrainingActions } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import type { RunKeeping } from '../state/keeping.ts';
import { branchRun } from './branchRun.ts';
import { changeAndTrain } from './changeAndTrain.ts';
import { continueRuns, type GoingOn } from './continueRuns.ts';

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
}

export const laterActions = (store: StoreApi<AppState>, services: LaterServices) => ({
  ...continueRuns(store, services, services.goOn),
  ...branchRun(store, services),
  ...changeAndTrain(store, services, services),
});

export type LaterActions = ReturnType<typeof laterActions>;
