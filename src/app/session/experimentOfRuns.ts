/** As which experiment runs are gone on with, and which belong together. */
import type { ExperimentConfig, LaneConfig, RunConfig, ScheduleConfig } from '../../model/config.ts';
import { changeable, type LaneFrom } from '../../model/laneFrom.ts';
import { sameSettings } from '../../model/sameSettings.ts';
import { branchings } from '../runs/ancestry.ts';
import type { AppState } from '../state/AppState.ts';
import type { Run } from '../state/run.ts';
import { canGoOn } from './goingOn.ts';

type Kept = Pick<AppState, 'training' | 'archive' | 'library' | 'moments'>;

/** What of a run says which lane it is of. */
export type LaneRun = Pick<Run, 'id' | 'lane' | 'config' | 'history'>;

/** Runs of this page, loaded or not. */
export const runsHere = ({ training, archive, library }: Omit<Kept, 'moments'>): readonly Run[] => [
  ...library.filter(({ origin }) => origin === 'here'),
  ...archive.kept,
  ...training.runs,
];

/** What the runs of one experiment have alike in their ids (see prepareRuns). */
const experimentOfId = (id: string): string => id.slice(0, id.lastIndexOf('/'));

/** The runs that were interrupted together last, and can be gone on with; empty if there are none. */
export function interruptedRuns(state: Kept): readonly Run[] {
  const all = runsHere(state).filter((run) => run.end?.reason === 'interrupted' && canGoOn(state, run));
  const last = all.at(-1);
  return last ? all.filter(({ id }) => experimentOfId(id) === experimentOfId(last.id)) : [];
}

/** `runs` and those that were trained beside them. */
export function withThoseBeside(state: Kept, runs: readonly Run[]): readonly Run[] {
  const experiments = new Set(runs.map(({ id }) => experimentOfId(id)));
  return runsHere(state).filter(({ id, config }) => config !== null && experiments.has(experimentOfId(id)));
}

/**
 * The experiment that these runs are of; null if they have not one recipe, or share a lane. A branch of a run that is among them, before
 * it, goes on from its lane.
 */
export function experimentOfRuns(
  runs: readonly LaneRun[],
  pace: ExperimentConfig['pace'] = 'lockstep',
): ExperimentConfig | null {
  const first = runs[0]?.config;
  if (!first || new Set(runs.map(({ lane }) => lane)).size < runs.length) return null;
  const { version, model: _, ...ofFirst } = first;
  // Where some have no warm-up, those that have one have it of their own.
  const isShared = runs.every(({ config }) => config?.schedule.warmUp);
  const recipe = isShared ? ofFirst : { ...ofFirst, schedule: withoutWarmUp(ofFirst.schedule) };
  const lanes = runs.flatMap((run, i) => laneOf(run, runs.slice(0, i), recipe) ?? []);
  return lanes.length < runs.length ? null : { version, lanes, recipe, pace, seeds: 1 };
}

/** Null where a run is not of the recipe. */
function laneOf(
  { lane, config, history }: LaneRun,
  before: readonly LaneRun[],
  recipe: ExperimentConfig['recipe'],
): LaneConfig | null {
  if (!config) return null;
  const { model, optimizer } = config;
  const { warmUp } = config.schedule;
  const own = {
    ...(!sameSettings(optimizer, recipe.optimizer) && { optimizer }),
    ...(warmUp && !sameSettings(warmUp, recipe.schedule.warmUp) && { warmUp }),
  };
  const last = branchings(history).at(-1);
  const parent = before.find(({ id }) => id === last?.run);
  const changes: LaneFrom['changes'] = parent
    ? Object.fromEntries(
        changeable.flatMap((key) => (config[key] === recipe[key] ? [] : [[key, config[key]] as const])),
      )
    : {};
  if (!sameSettings(sharedOf(config), sharedOf({ ...recipe, ...changes }))) return null;
  const from = last && parent && { lane: parent.lane, step: last.step, changes };
  return { id: lane, name: '', model, ...own, ...(from && { from }) };
}

const withoutWarmUp = ({ warmUp: _, ...schedule }: ScheduleConfig): ScheduleConfig => schedule;

/** What lanes of one recipe have alike. */
const sharedOf = (run: Pick<RunConfig, 'schedule'>) => ({
  ...run,
  schedule: withoutWarmUp(run.schedule),
  version: null,
  model: null,
  optimizer: null,
});
