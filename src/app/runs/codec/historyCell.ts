/** How a run came to be, as a cell of a table that is read back (readHistoryCell.ts): as JSON says it (runsJson.ts). */
import type { RunConfig } from '../../../model/config.ts';
import type { Chapter, Run } from '../../state/run.ts';

/** What a run is called in its file, what it was set to in the end, and its chapters. */
export interface Past {
  readonly id: string;
  readonly config: RunConfig | null;
  readonly history: readonly Chapter[];
}

/** Empty for a run without a past, of which no other of `runs` is a branch. */
export function historyCell({ id, config, history }: Run, runs: readonly Run[]): string {
  const isParent = runs.some((one) =>
    one.history.some((chapter) => chapter.kind === 'branched' && chapter.run === id),
  );
  return history.length > 0 || isParent ? JSON.stringify({ id, config, history } satisfies Past) : '';
}
