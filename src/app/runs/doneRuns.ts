/** Which lanes of an experiment are trained already, under this very recipe: trained again they would repeat it to the last bit. */
import { MOST_SEED } from '../../model/bounds.ts';
import { runOfLane, type ExperimentConfig, type RunConfig } from '../../model/config.ts';
import { decisive } from '../../model/decisive.ts';
import { settingsKey } from '../../model/sameSettings.ts';
import type { AppState } from '../state/AppState.ts';
import type { Run } from '../state/run.ts';
import { isChanged } from './allRuns.ts';
import { weightsOf } from '../state/startWeights.ts';
import { ancestryOf, ancestryOfLane, lanesBefore, type Ancestry } from './ancestry.ts';

type Trained = Pick<AppState, 'training' | 'archive' | 'library' | 'startWeights' | 'device'>;

/**
 * The finished run of each lane that has one, by the lane's id, with its curve or kept without: the same net, recipe, seed and start
 * weights, computed by the same backend in the same precision. Lanes that are equal share their run.
 */
export function doneRuns(state: Trained, experiment: ExperimentConfig): ReadonlyMap<string, Run> {
  const { training, archive, library, startWeights, device } = state;
  const isSound = (run: Run) => isFinished(run, device);
  const runLike = (key: string): Run | undefined =>
    runsByKey(training.runs).get(key)?.find(isSound) ??
    runsByKey(archive.kept).get(key)?.findLast(isSound) ??
    runsByKey(library).get(key)?.findLast(isSound);
  return new Map(
    experiment.lanes.flatMap((lane) => {
      // Of a lane that goes on from others, the first of them has begun with it.
      const file = weightsOf(startWeights, lanesBefore(experiment, lane)[0] ?? lane)?.file ?? null;
      const run = runLike(keyOf(runOfLane(experiment, lane), file, ancestryOfLane(experiment, lane)));
      return run ? [[lane.id, run] as const] : [];
    }),
  );
}

const indices = new WeakMap<readonly Run[], ReadonlyMap<string, readonly Run[]>>();

/** Runs of a list that are over, by what they were trained on. Remembered: of thousands, few are asked for. */
function runsByKey(runs: readonly Run[]): ReadonlyMap<string, readonly Run[]> {
  let index = indices.get(runs);
  if (!index) {
    const made = new Map<string, Run[]>();
    for (const run of runs) {
      if (run.end === null || run.origin !== 'here') continue;
      const key = keyOf(run.config, run.startedFrom, ancestryOf(run));
      const alike = made.get(key);
      if (alike) alike.push(run);
      else made.set(key, [run]);
    }
    indices.set(runs, (index = made));
  }
  return index;
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
function isFinished(run: Run, device: AppState['device']): boolean {
  const { end, provenance, origin } = run;
  // Under its present settings it came only the last part of its way.
  if (isChanged(run)) return false;
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
