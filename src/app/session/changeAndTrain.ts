/** What is tried next, each by one press: twins, a longer run, a lower rate, the same in less memory. */
import type { StoreApi } from 'zustand/vanilla';
import { MOST_STEPS } from '../../model/bounds.ts';
import { lowerRate } from '../../model/lowerRate.ts';
import type { DraftActions, TrainingActions } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import { missingTwins, type LaneDraft } from '../state/draft.ts';
import { readDraft, readNumber, readNumbers } from '../state/readDraft.ts';
import { isLive, phaseOf } from '../state/training.ts';

export function changeAndTrain(
  store: StoreApi<AppState>,
  { addTwins, editLane, editRecipe }: Pick<DraftActions, 'addTwins' | 'editLane' | 'editRecipe'>,
  { trainNew, trainLane }: Pick<TrainingActions, 'trainNew' | 'trainLane'>,
): Pick<
  TrainingActions,
  'addTwinsAndTrain' | 'trainLonger' | 'trainSmaller' | 'lowerRate' | 'recomputeAndTrain'
> {
  const live = () => isLive(phaseOf(store.getState().training));
  return {
    async addTwinsAndTrain() {
      const before = store.getState().draft.lanes;
      const isTwin = ({ id }: LaneDraft) => !before.some((lane) => lane.id === id);
      if (missingTwins(before).length > 0) addTwins();
      if (!live()) {
        await trainNew();
        return;
      }
      // Twins that stood in the form already, and do not train, are meant as well.
      const { draft, training } = store.getState();
      const waiting = draft.lanes.filter(({ id }) => !training.runs.some((run) => run.lane === id));
      for (const lane of waiting) {
        if (isTwin(lane) || isTwinOf(lane, draft.lanes)) trainLane(lane.id);
      }
    },

    async trainLonger(factor) {
      const { recipe } = store.getState().draft;
      const budget = readNumber(recipe.budget);
      if (live() || budget === undefined || !(factor > 0)) return;
      const times = (value: number) => Math.min(MOST_STEPS, Math.max(1, Math.round(factor * value)));
      const milestones = readNumbers(recipe.milestones)?.map(times).join(', ');
      const longer = recipe.budgetUnit === 'steps' ? times(budget) : Number((factor * budget).toPrecision(6));
      editRecipe({ budget: String(longer), ...(milestones !== undefined && { milestones }) });
      await trainNew();
    },

    async trainSmaller(batchSize) {
      if (live()) return;
      editRecipe({ batchSize: String(batchSize) });
      await trainNew();
    },

    async lowerRate() {
      const { draft, training } = store.getState();
      const { experiment } = readDraft(draft);
      if (live() || !experiment) return;
      const diverged = new Set(
        training.runs.filter(({ end }) => end?.reason === 'diverged').map(({ lane }) => lane),
      );
      const lanes = experiment.lanes.filter(({ id }) => diverged.size === 0 || diverged.has(id));
      for (const { id, optimizer } of lanes) {
        if (optimizer) editLane(id, { rate: lower(optimizer.learningRate) });
      }
      if (lanes.some(({ optimizer }) => !optimizer)) {
        editRecipe({ learningRate: lower(experiment.recipe.optimizer.learningRate) });
      }
      await trainNew();
    },

    async recomputeAndTrain() {
      if (live()) return;
      editRecipe({ recompute: true });
      await trainNew();
    },
  };
}

const lower = (rate: number) => String(lowerRate(rate));

/** Whether the lane is what {@link missingTwins} would make of one of the others, if it were not there. */
function isTwinOf(lane: LaneDraft, lanes: readonly LaneDraft[]): boolean {
  const others = lanes.filter(({ id }) => id !== lane.id);
  return missingTwins(others).length > missingTwins(lanes).length;
}
