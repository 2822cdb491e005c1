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

/**
 * The same for runs of one configuration but for the seed. What came out of files stays apart from what was trained here, and a
 * run whose configuration is not known from every other.
 */
export function configurationKey({ id, config, startedFrom, origin, history }: Run): string {
  // A branch repeats what branched from the like after as many steps.
  const began = ancestryOf({ history }).flatMap(({ step, before }) => [step, before && seedless(before)]);
  return settingsKey([origin !== 'here', ...(config ? [startedFrom, seedless(config), ...began] : [id])]);
}

const seedlessKeys = new WeakMap<RunConfig, string>();

/** Remembered: a run keeps its configuration while it grows, and each is compared with every other. */
function seedless(config: RunConfig): string {
  let key = seedlessKeys.get(config);
  if (key === undefined) seedlessKeys.set(config, (key = settingsKey({ ...decisive(config), seed: null })));
  return key;
}

/** The id of the group that a run belongs to. */
export const groupId = (run: Run): string => `group ${configurationKey(run)}`;
