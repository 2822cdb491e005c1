import type { AppState } from '../state/AppState.ts';
import type { Run } from '../state/run.ts';

/** The runs of the present experiment; where there is none, the last run of those before. */
export const lastRunsOf = ({ training, archive }: Pick<AppState, 'training' | 'archive'>): readonly Run[] =>
  training.runs.length > 0 ? training.runs : archive.kept.slice(-1);
