/** Runs of the library whose curves have come: they stand among the others. */
import type { AppState } from '../state/AppState.ts';
import type { Run } from '../state/run.ts';

/** Those that are still there, named and noted as they are by now. */
export function fromLibrary({ library }: Pick<AppState, 'library'>, loaded: readonly Run[]): readonly Run[] {
  const entries = new Map(library.map((run) => [run.id, run]));
  return loaded.flatMap((run): Run[] => {
    const entry = entries.get(run.id);
    if (!entry) return [];
    const { name, tags, note, views, end } = entry;
    const own = { name, tags, note, views, end };
    const isAsItWas = (Object.keys(own) as (keyof typeof own)[]).every((key) => own[key] === run[key]);
    return [isAsItWas ? run : { ...run, ...own }];
  });
}

/** The state with `runs` out of the library, among the others by their age. */
export function outOfLibrary(state: AppState, runs: readonly Run[]): Partial<AppState> {
  if (runs.length === 0) return {};
  const leaving = new Set(runs.map(({ id }) => id));
  const among = (others: readonly Run[], isHere: boolean) =>
    [...others, ...runs.filter(({ origin }) => (origin === 'here') === isHere)].sort(
      (a, b) => (a.created ?? 0) - (b.created ?? 0),
    );
  return {
    library: state.library.filter(({ id }) => !leaving.has(id)),
    imported: among(state.imported, false),
    archive: { ...state.archive, kept: among(state.archive.kept, true) },
  };
}
