/** What a view shows, kept with the runs that it looks into: what it says, its picture, and its address. */
import { encodeView } from '../../model/linkView.ts';
import { listedRuns } from '../runs/allRuns.ts';
import { isElsewhere } from '../runs/isElsewhere.ts';
import type { App } from '../state/App.ts';
import type { ViewToKeep } from '../state/keptView.ts';
import { inside as words } from './enInside.ts';
import type { LookedAt } from './view.ts';

type Said = Pick<ViewToKeep, 'name' | 'question' | 'summary' | 'picture'>;

/**
 * Keeps the view that is shown, of `nets` at the moment at which they are looked at, with the runs among these. Gives the names of the runs.
 * Rejects with what a person is told where none of the nets is a run of this page, or it cannot be kept: then nothing has changed.
 */
export async function keepView(
  app: Pick<App, 'store' | 'keepView'>,
  nets: readonly Pick<LookedAt, 'id' | 'step'>[],
  said: Said,
): Promise<readonly string[]> {
  const state = app.store.getState();
  const { view, questions, layer, step: asked } = state.inside;
  const runs = listedRuns(state).filter((run) => !isElsewhere(run) && nets.some(({ id }) => id === run.id));
  if (runs.length === 0) throw new Error(words.noRun);
  // What trains on is found again at this moment.
  const step = asked ?? Math.max(...nets.map((net) => net.step ?? 0));
  const address = encodeView({
    view,
    question: questions[view] ?? {},
    nets: nets.map(({ id }) => id),
    step,
    layer,
  });
  await app.keepView(
    runs.map(({ id }) => id),
    { ...said, address, step },
  );
  return runs.map(({ name }) => name);
}
