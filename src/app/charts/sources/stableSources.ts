import { curveSources, type CurveSource } from './curveSources.ts';
import type { AppState } from '../../state/AppState.ts';

/**
 * The curve sources of a state, and the same array as before as long as nothing of it has changed: the selector makes
 * new objects, and what is drawn again for nothing costs frames.
 */
export function createSourceSelector(): (state: AppState) => readonly CurveSource[] {
  let known: readonly CurveSource[] = [];
  return (state) => {
    const now = curveSources(state).map((source, i) => {
      const before = known[i];
      return before && isSame(before, source) ? before : source;
    });
    if (now.length !== known.length || now.some((source, i) => source !== known[i])) known = now;
    return known;
  };
}

const isSame = (a: CurveSource, b: CurveSource): boolean =>
  a.id === b.id &&
  a.lane === b.lane &&
  a.name === b.name &&
  a.style === b.style &&
  a.faint === b.faint &&
  a.runs.length === b.runs.length &&
  a.runs.every((run, i) => run === b.runs[i]);

/** Every source with those that are hidden: what a legend lists. */
export const withHidden = (state: AppState): AppState => ({
  ...state,
  view: { ...state.view, hidden: [] },
});
