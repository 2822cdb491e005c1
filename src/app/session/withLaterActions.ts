/** What is pressed later comes when it is pressed, or in a quiet moment before. */
import type { StoreApi } from 'zustand/vanilla';
import type { AppState } from '../state/AppState.ts';
import { awaitPart } from '../ui/parts/awaitPart.ts';
import { createPart } from '../ui/parts/part.ts';
import type { LaterActions, LaterServices } from './laterActions.ts';

const part = createPart('laterActions', () => import('./laterActions.ts'));

export function withLaterActions(store: StoreApi<AppState>, services: LaterServices): LaterActions {
  let actions: LaterActions | undefined;
  const there = async () => {
    const { laterActions } = await awaitPart(part);
    return (actions ??= laterActions(store, services));
  };
  return {
    continueRuns: async (...of) => (await there()).continueRuns(...of),
    branchRun: async (...of) => (await there()).branchRun(...of),
    trainOn: async (...of) => (await there()).trainOn(...of),
    addTwinsAndTrain: async () => (await there()).addTwinsAndTrain(),
    trainLonger: async (...of) => (await there()).trainLonger(...of),
    trainSmaller: async (...of) => (await there()).trainSmaller(...of),
    lowerRate: async () => (await there()).lowerRate(),
    recomputeAndTrain: async () => (await there()).recomputeAndTrain(),
    exportWeights: async (lane) => (await there()).exportWeights(lane),
  };
}
