/** Which lanes of an experiment are trained already, under this very recipe: trained again they would repeat it to the last bit. */
import { MOST_SEED } from '../../model/bounds.ts';
import { runOfLane, type ExperimentConfig, type RunConfig } from '../../model/config.ts';
import { decisive } from '../../model/decisive.ts';
import { settingsKey } from '../../model/sameSettings.ts';
import type { AppState } from '../state/AppState.ts';
import type { Run } from '../state/run.ts';
import { weightsOf } from '../state/startWeights.ts';
import { ancestryOf, ancestryOfLane, lanesBefore, type Ancestry } from './ancestry.ts';

type Trained = Pick<AppState, 'training' | 'archive' | 'startWeights' | 'device'>;

/**
 * The finished run of each lane that has one, by the lane's id: the same net, recipe, seed and start weights, computed by the same
 * backend in the same precision. Lanes that are equal share their run.
 */
export function doneRuns(state: Trained, experiment: ExperimentConfig): ReadonlyMap<string, Run> {
  const { training, archive, startWeights, device } = state;
  const finished = [...training.runs, ...archive.kept.toReversed()].filter((run) => isFinished(run, device));
  if (finished.length === 0) return new Map();
  const runs = new Map<string, Run>();
  for (const run of finished) {
    const key = keyOf(run.config, run.startedFrom, ancestryOf(run));
    if (!runs.has(key)) runs.set(key, run);
  }
  return new Map(
    experiment.lanes.flatMap((lane) => {
      // Of a lane that goes on from others, the first of them has begun with it.
      const file = weightsOf(startWeights, lanesBefore(experiment, lane)[0] ?? lane)?.file ?? null;
      const run = runs.get(keyOf(runOfLane(experiment, lane), file, ancestryOfLane(experiment, lane)));
      return run ? [[lane.id, run] as const] : [];
    }),
  );
}

/** What pressing Train would do: train everything, what is new among nets that are done, or what is done again. */
export type TrainOffer = 'train' | 'new' | 'again';

/** Of the experiment with all of its seeds. */
export function trainOffer(state: Trained, experiment: ExperimentConfig): TrainOffer {
  const { lanes, seeds } = experiment;
  const done = seedsOf(experiment).reduce((sum, one) => sum + doneRuns(state, one).size, 0);
  if (done === 0) return 'train';
  if (done < lanes.length * seeds) return 'new';
  // A budget in minutes ends after other steps each time: that is no repetition.
  return experiment.recipe.minutes === undefined ? 'again' : 'train';
}

/** The trainings of an experiment, one for each seed. */
export const seedsOf = (experiment: ExperimentConfig): readonly ExperimentConfig[] =>
  Array.from({ length: experiment.seeds }, (_, i) => withSeed(experiment, experiment.recipe.seed + i));

export const withSeed = (experiment: ExperimentConfig, seed: number): ExperimentConfig => ({
  ...experiment,
  seeds: 1,
  recipe: { ...experiment.recipe, seed },
});

/** A run that diverged would diverge again; one that was stopped, or failed, may come further. */
function isFinished({ end, provenance, origin, history }: Run, device: AppState['device']): boolean {
  // Under its present settings it came only the last part of its way.
  if (history.some((chapter) => chapter.kind === 'continued' && chapter.before !== null)) return false;
  if (origin !== 'here' || (end?.reason !== 'completed' && end?.reason !== 'diverged')) return false;
  if (provenance === null) return true;
  // A run of an earlier visit is there before the device is known.
  if (device.kind !== 'found') return false;
  const { backend, precision = 'f32' } = device.choice;
  return provenance.backend === backend && provenance.precision === precision;
}

const keys = new WeakMap<RunConfig, string>();

/** Remembered for runs: each is compared at every change. */
function keyOf(config: RunConfig | null, startedFrom: string | null, ancestry: Ancestry): string {
  const began = ancestry.flatMap(({ step, before }) => [step, decisiveKey(before)]);
  return config === null ? '' : settingsKey([decisiveKey(config), startedFrom, ...began]);
}

function decisiveKey(config: RunConfig | null): string {
  if (config === null) return '';
  let key = keys.get(config);
  if (key === undefined) keys.set(config, (key = settingsKey(decisive(config))));
  return key;
}

/** The seed after that of `experiment`, or the first of those that follow with which not every net is trained. */
export function nextSeed(state: Trained, experiment: ExperimentConfig): number {
  let seed = experiment.recipe.seed + 1;
  const isDone = () => doneRuns(state, withSeed(experiment, seed)).size === experiment.lanes.length;
  while (seed <= MOST_SEED && isDone()) seed++;
  return seed;
}
