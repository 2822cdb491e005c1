/** What a view says, kept with the runs that it looks into: in their notes, which are kept, listed, searched and exported with them. */
import { listedRuns } from '../runs/allRuns.ts';
import { isElsewhere } from '../runs/isElsewhere.ts';
import { MOST_NOTE } from '../runs/tags.ts';
import type { App } from '../state/App.ts';
import { inside as words } from './enInside.ts';
import type { LookedAt } from './view.ts';

export interface KeptView {
  /** What the view answers. */
  readonly question: string;
  readonly summary: string;
  /** The address that shows the view again. */
  readonly link: string;
}

/**
 * Writes the view into the note of each of these nets' runs; what a note says already stays. Gives the names of the runs. Throws Error where
 * none of the nets is a run of this page, or a note has no room: then no note is changed.
 */
export function keepView(
  app: Pick<App, 'store' | 'setNote'>,
  nets: readonly LookedAt[],
  { question, summary, link }: KeptView,
): readonly string[] {
  const state = app.store.getState();
  const runs = listedRuns(state).filter((run) => !isElsewhere(run) && nets.some(({ id }) => id === run.id));
  if (runs.length === 0) throw new Error(words.noRun);
  const notes = runs.map(({ id, name, note, step }) => {
    const at = state.inside.step ?? step;
    const whole = [note, words.kept(question, at, summary, link)].filter((part) => part !== '').join('\n');
    if (whole.length > MOST_NOTE) throw new Error(words.fullNote(name));
    return { id, whole };
  });
  for (const { id, whole } of notes) app.setNote(id, whole);
  return runs.map(({ name }) => name);
}
