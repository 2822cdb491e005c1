/** The weights of a run for a file: as they are now, or where those are gone as they were at its last kept moment. */
import type { StoreApi } from 'zustand/vanilla';
import type { SavedWeights } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import type { RunKeeping } from '../state/keeping.ts';
import { lostWeights } from './enSavedWeights.ts';
import { lastMoment } from './goingOn.ts';

/** `present` asks who has the weights of a run, in an experiment that lives; undefined where nobody has. Rejects with why there are none. */
export async function savedWeights(
  store: StoreApi<AppState>,
  { checkpointOf }: Pick<RunKeeping, 'checkpointOf'>,
  lane: string,
  present: (run: string) => Promise<ArrayBuffer> | undefined,
): Promise<SavedWeights> {
  const run = store.getState().training.runs.find((one) => one.lane === lane);
  if (!run) throw new Error('nothing has been trained');
  let lost: unknown = new Error(lostWeights);
  try {
    const file = await present(run.id);
    if (file) return { file, step: null };
  } catch (error) {
    lost = error;
  }
  const moment = lastMoment(store.getState(), run);
  if (!moment) throw lost;
  const { weightsInCheckpoint } = await import('../../model/checkpoint.ts');
  const file = await weightsInCheckpoint(await checkpointOf(run.id, moment.step));
  // What was kept after its last step is what it ended with.
  return { file, step: moment.step === run.step && run.state === 'ended' ? null : moment.step };
}
