/** Which runs can be gone on with, and from which moment. */
import type { AppState } from '../state/AppState.ts';
import type { Moment } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';

/** The moment from which a run goes on: the last that its points reach; null if there is none. */
export const lastMoment = ({ moments }: Pick<AppState, 'moments'>, { id, step }: Run): Moment | null =>
  moments.get(id)?.findLast((moment) => moment.step <= step) ?? null;

/** The last moment of a run that diverged at which its numbers were sound; null if none is kept. */
export const soundMoment = ({ moments }: Pick<AppState, 'moments'>, { id, end, step }: Run): Moment | null =>
  moments.get(id)?.findLast((moment) => moment.step < (end?.divergedAt ?? step + 1)) ?? null;

/** Whether a run has steps left and can take them: it was interrupted, stopped or failed, and its beginning is known. */
export function canGoOn(state: Pick<AppState, 'moments'>, run: Run): boolean {
  if (run.origin !== 'here' || run.config === null || run.state !== 'ended') return false;
  if (run.end?.reason === 'completed' || run.end?.reason === 'diverged') return false;
  return lastMoment(state, run) !== null || isOfItsSeed(run);
}

/** Whether a run came all its way from its seed under its present settings: it can begin anew without a moment. */
export const isOfItsSeed = ({ startedFrom, history }: Run): boolean =>
  startedFrom === null && history.every((chapter) => chapter.kind === 'continued' && chapter.before === null);

/** Runs on the stage that failed, and of which a moment is kept. */
export const brokenRuns = (state: Pick<AppState, 'training' | 'moments'>): readonly Run[] =>
  state.training.runs.filter(
    (run) => run.end?.reason === 'error' && canGoOn(state, run) && lastMoment(state, run) !== null,
  );
