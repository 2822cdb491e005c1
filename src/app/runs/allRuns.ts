/** Every run that the page knows, and what makes two of them repetitions of one. */
import type { RunConfig } from '../../model/config.ts';
import { decisive } from '../../model/decisive.ts';
import { settingsKey } from '../../model/sameSettings.ts';
import type { Run } from '../state/run.ts';
import { ancestryOf } from './ancestry.ts';
import type { AppState } from '../state/AppState.ts';

type Lists = Pick<AppState, 'imported' | 'archive' | 'training'>;

/** Runs out of files, those of earlier experiments, those of the present experiment. */
export const allRuns = ({ imported, archive, training }: Lists): readonly Run[] => [
  ...imported,
  ...archive.kept,
  ...training.runs,
];

/** Those, and the runs that are kept without their curves: the earliest first. */
export const listedRuns = (state: Lists & Pick<AppState, 'library'>): readonly Run[] => [
  ...state.library,
  ...allRuns(state),
];

/**
 * The same for runs of one configuration but for the seed. What came out of files stays apart from what was trained here, and a
 * run whose configuration is not known, or was changed on its way, from every other.
 */
export function configurationKey(run: Run): string {
  const { id, config, startedFrom, origin } = run;
  // A branch repeats what branched from the like after as many steps.
  const began = ancestryOf(run).flatMap(({ step, before }) => [step, before && seedless(before)]);
  const isKnown = config !== null && !isChanged(run);
  return settingsKey([origin !== 'here', ...(isKnown ? [startedFrom, seedless(config), ...began] : [id])]);
}

/** Whether a run came to its present settings on its way: it was given more steps. */
export const isChanged = ({ history }: Pick<Run, 'history'>): boolean =>
  history.some((chapter) => chapter.kind === 'continued' && chapter.before !== null);

const seedlessKeys = new WeakMap<RunConfig, string>();

/** Remembered: a run keeps its configuration while it grows, and each is compared with every other. */
function seedless(config: RunConfig): string {
  let key = seedlessKeys.get(config);
  if (key === undefined) seedlessKeys.set(config, (key = settingsKey({ ...decisive(config), seed: null })));
  return key;
}

/** The id of the group that a run belongs to. */
export const groupId = (run: Run): string => `group ${configurationKey(run)}`;
