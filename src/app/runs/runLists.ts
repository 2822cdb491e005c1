/** The lists that runs stand in, as one. */
import type { AppState, ListName } from '../state/AppState.ts';
import type { Run } from '../state/run.ts';

export const listNames = ['library', 'imported', 'kept', 'current'] as const satisfies readonly ListName[];

export const listsOf = ({
  library,
  imported,
  archive,
  training,
}: AppState): Record<ListName, readonly Run[]> => ({
  library,
  imported,
  kept: archive.kept,
  current: training.runs,
});

/** A list that is the same changes nothing. */
export const withLists = (
  state: AppState,
  { library, imported, kept, current }: Record<ListName, readonly Run[]>,
): Partial<AppState> => ({
  ...(library !== state.library && { library }),
  ...(imported !== state.imported && { imported }),
  ...(kept !== state.archive.kept && { archive: { ...state.archive, kept } }),
  ...(current !== state.training.runs && { training: { ...state.training, runs: current } }),
});
