/**
 * What a person can do to the form. While something trains, what trains must stay as it is: only lanes that are not part of
 * it yet can be added and changed, and the rest of these do nothing.
 */
import type { StoreApi } from 'zustand/vanilla';
import { MOST_LANES } from '../../model/config.ts';
import { customaryRates } from '../../model/optimizerConstants.ts';
import { freeLaneId, missingTwins, type ExperimentDraft, type LaneDraft } from '../state/draft.ts';
import type { StartWeights } from '../state/startWeights.ts';
import { isLive, phaseOf } from '../state/training.ts';
import type { DraftActions } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';

export function createDraftActions(store: StoreApi<AppState>): DraftActions {
  const isLocked = () => isLive(phaseOf(store.getState().training));
  const isFrozen = (lane: string) =>
    isLocked() && store.getState().training.runs.some((run) => run.lane === lane);

  function change(edit: (draft: ExperimentDraft) => ExperimentDraft): void {
    store.setState(({ draft }) => ({ draft: edit(draft), edited: true }));
  }

  function insertCopy(
    source: LaneDraft | undefined,
    position: number,
    net: Partial<Omit<LaneDraft, 'id'>> = {},
  ): string | null {
    const { lanes } = store.getState().draft;
    if (!source || lanes.length >= MOST_LANES) return null;
    const copy: LaneDraft = { ...source, name: '', ...net, id: freeLaneId(lanes) };
    change((draft) => ({ ...draft, lanes: draft.lanes.toSpliced(position, 0, copy) }));
    return copy.id;
  }

  function setStartWeights(id: string, weights: StartWeights | null): void {
    if (isFrozen(id)) return;
    store.setState(({ startWeights }) => {
      const others = [...startWeights].filter(([lane]) => lane !== id);
      return { startWeights: new Map(weights ? [...others, [id, weights]] : others) };
    });
  }

  return {
    editLane(id, patch) {
      if (isFrozen(id)) return;
      change((draft) => ({
        ...draft,
        lanes: draft.lanes.map((lane) => (lane.id === id ? { ...lane, ...patch } : lane)),
      }));
    },
    addLane(net) {
      const { lanes } = store.getState().draft;
      return insertCopy(lanes.at(-1), lanes.length, { from: null, ...net });
    },
    duplicateLane(id) {
      const { lanes } = store.getState().draft;
      const index = lanes.findIndex((lane) => lane.id === id);
      return insertCopy(lanes[index], index + 1);
    },
    removeLane(id) {
      if ([...withThoseOn(store.getState().draft.lanes, id)].some(isFrozen)) return;
      change((draft) => {
        const gone = withThoseOn(draft.lanes, id);
        const lanes = draft.lanes.filter((lane) => !gone.has(lane.id));
        return lanes.length > 0 ? { ...draft, lanes } : draft;
      });
      // Its id may go to another lane.
      if (!store.getState().draft.lanes.some((lane) => lane.id === id)) setStartWeights(id, null);
    },
    addTwins() {
      change((draft) => ({
        ...draft,
        lanes: [...draft.lanes, ...missingTwins(draft.lanes)].slice(0, MOST_LANES),
      }));
    },
    setStartWeights,
    editRecipe(patch) {
      if (isLocked()) return;
      change((draft) => {
        const { recipe } = draft;
        const changesOptimizer = patch.optimizer !== undefined && patch.optimizer !== recipe.optimizer;
        const isCustomary = recipe.learningRate === String(customaryRates[recipe.optimizer]);
        const rate =
          changesOptimizer && isCustomary
            ? { learningRate: String(customaryRates[patch.optimizer]) }
            : undefined;
        return { ...draft, recipe: { ...recipe, ...rate, ...patch } };
      });
    },
  };
}

/** A lane, and all that go on from it. */
function withThoseOn(lanes: readonly LaneDraft[], id: string): ReadonlySet<string> {
  const gone = new Set([id]);
  for (const { id: other, from } of lanes) if (from && gone.has(from.lane)) gone.add(other);
  return gone;
}
