/** The title of the browser's tab: how far training is, for who looks at another tab meanwhile. */
import type { StoreApi } from 'zustand/vanilla';
import { totalSteps } from '../runs/progress.ts';
import type { AppState } from '../state/AppState.ts';
import { followSlowly } from '../state/followSlowly.ts';
import { milestonesOf, phaseOf, type Training } from '../state/training.ts';
import { tab } from './enSession.ts';

/** Milliseconds between two titles, but for what does not wait: a start, a pause, an end. */
const PERIOD = 2000;

/** What is said before the page's own title; empty before the first training. */
export function tabTitle({ runs, failure }: Pick<Training, 'runs' | 'failure'>): string {
  const phase = phaseOf({ runs });
  if (phase === 'idle') return '';
  const alive = runs.filter(({ state }) => state !== 'ended');
  const begun = alive.filter(({ state }) => state !== 'queued');
  const [first, ...others] = begun.length > 0 ? begun : alive;
  if (first) {
    // Of those that have begun the one that is furthest behind.
    const slowest = others.reduce((slow, run) => (run.step < slow.step ? run : slow), first);
    if (phase === 'starting' && slowest.step === 0) return tab.starting;
    const progress = tab.progress(slowest.name, slowest.step, totalSteps(slowest.config));
    return phase === 'paused' ? tab.paused(progress) : progress;
  }
  const of = (reason: string) => runs.filter(({ end }) => end?.reason === reason).map(({ name }) => name);
  if (failure || of('error').length > 0) return tab.failed;
  if (of('diverged').length > 0) return tab.diverged(of('diverged'));
  if (of('interrupted').length > 0) return tab.interrupted;
  return of('stopped').length > 0 ? tab.stopped : tab.done;
}

const selectTraining = (state: AppState) => state.training;
const urgentKey = ({ runs, failure }: Training) => `${milestonesOf(runs)} ${failure !== null}`;

/** Keeps the title true to the state. Gives what ends it. */
export function keepTabTitle(store: StoreApi<AppState>, page: Pick<Document, 'title'>): () => void {
  const own = page.title;
  const show = (training: Training) => {
    const text = tabTitle(training);
    const title = text === '' ? own : tab.title(text);
    if (page.title !== title) page.title = title;
  };
  return followSlowly(store, selectTraining, show, PERIOD, { urgentKey });
}
