/** Training: from Train to what the runs tell. What belongs to the experiment of now stands together here and in `training` of the state. */
import type { StoreApi } from 'zustand/vanilla';
import type { ClientEvent, ExperimentClient, RunningExperiment } from '../../client/clientTypes.ts';
import type { ExperimentConfig } from '../../model/config.ts';
import { toFailure } from '../../protocol/failure.ts';
import type { DeviceChoice, Failure } from '../../protocol/protocol.ts';
import { allRuns } from '../runs/allRuns.ts';
import { introduceRun, introduceRuns } from '../runs/looks/introduceRun.ts';
import type { DescribeDifference } from '../runs/looks/laneNames.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import { keepRuns } from '../runs/runArchive.ts';
import { otherRecipes } from '../runs/otherRecipes.ts';
import type { DraftActions, TrainingActions } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import { readDraft, readNumber } from '../state/readDraft.ts';
import { lanesWeights, weightsOf, type LaneWeights } from '../state/startWeights.ts';
import { applyEvent, endUnlessEnded, isLive, noTraining, phaseOf, type Training } from '../state/training.ts';
import type { DeviceFailures } from './device/deviceActions.ts';
import { fallingOn } from './device/fallingOn.ts';
import { joinExperiment } from './joinExperiment.ts';
import { repeatSeeds } from './repeatSeeds.ts';

/** What training needs from outside. */
export interface TrainingServices extends DeviceFailures {
  readonly client: ExperimentClient;
  /** Calls back once, soon: what is told until then changes the state together. */
  readonly scheduleUpdate: (callback: () => void) => void;
  readonly describeDifference: DescribeDifference;
}

/** The experiment of now, as the client knows it. */
interface Current {
  /** Tells the experiments of a page apart: 0 before the first. */
  readonly ordinal: number;
  /** Null until its device is found. */
  running: RunningExperiment | null;
}

export function createTrainingActions(
  store: StoreApi<AppState>,
  { client, scheduleUpdate, describeDifference, deviceFailed }: TrainingServices,
  findDevice: (lanes: number) => Promise<DeviceChoice>,
  { editRecipe }: Pick<DraftActions, 'editRecipe'>,
): TrainingActions {
  let current: Current = { ordinal: 0, running: null };

  const live = () => isLive(phaseOf(store.getState().training));
  const setTraining = (change: (training: Training) => Partial<Training>) =>
    store.setState(({ training }) => ({ training: { ...training, ...change(training) } }));

  /** Gathers what a client tells and applies it together; what an older experiment still tells is dropped. */
  function receiver(experiment: Current): (event: ClientEvent) => void {
    let pending: ClientEvent[] = [];
    return (event) => {
      pending.push(event);
      if (pending.length > 1) return;
      scheduleUpdate(() => {
        const events = pending;
        pending = [];
        if (experiment === current) setTraining((training) => events.reduce(applyEvent, training));
      });
    };
  }

  /** Trains the experiment with the one seed of its recipe; as many trainings are to follow as there are `repeats`. */
  async function start(experiment: ExperimentConfig, repeats: number): Promise<void> {
    current.running?.dispose();
    const started: Current = { ordinal: current.ordinal + 1, running: null };
    current = started;
    const { startWeights, imported, archive: earlier, training: last } = store.getState();
    const archive = keepRuns(earlier, last.runs);
    const others = [...imported, ...archive.kept];
    const weights = lanesWeights(startWeights, experiment.lanes);
    const prepared = prepareRuns(experiment, started.ordinal, describeDifference).map((run) => ({
      ...run,
      startedFrom: weights.get(run.lane)?.file ?? null,
    }));
    const runs = introduceRuns(prepared, others);
    store.setState(({ training, view }) => ({
      archive,
      view: {
        ...view,
        hidden: [...new Set([...view.hidden, ...otherRecipes(archive.kept, experiment)])],
      },
      // What has been loaded stays loaded, as far as the person is concerned, until the client tells otherwise.
      training: { ...noTraining, experiment, repeats, data: training.data, runs },
    }));
    await startOnDevice(started, experiment);
  }

  /** Trains on the best device, and where that turns out not to start, on the next. */
  async function startOnDevice(started: Current, experiment: ExperimentConfig): Promise<void> {
    try {
      // Threads depend on the number of lanes.
      const device = await findDevice(experiment.lanes.length);
      if (started !== current || !live()) return;
      const fallOn = (failure: Failure): boolean => {
        if (started !== current || !deviceFailed?.(device.backend, failure)) return false;
        started.running?.dispose();
        started.running = null;
        // Lanes may have joined meanwhile.
        void startOnDevice(started, store.getState().training.experiment ?? experiment);
        return true;
      };
      started.running = client.start(
        experiment,
        device,
        fallingOn(receiver(started), fallOn),
        bytesOf(lanesWeights(store.getState().startWeights, experiment.lanes)),
      );
    } catch (error) {
      if (started !== current) return;
      setTraining(({ runs }) => ({
        failure: toFailure(error),
        runs: runs.map((run) => endUnlessEnded(run, 'error')),
      }));
    }
  }

  async function train(): Promise<void> {
    const { experiment } = readDraft(store.getState().draft);
    if (!experiment || live()) return;
    await start({ ...experiment, seeds: 1 }, experiment.seeds - 1);
  }

  repeatSeeds(store, start);
  return {
    train,

    async trainNextSeeds(count) {
      const { draft, training } = store.getState();
      const last = training.experiment?.recipe.seed ?? readNumber(draft.recipe.seed);
      if (live() || last === undefined) return;
      editRecipe({ seed: String(last + 1), seeds: String(count) });
      await train();
    },

    trainLane(id) {
      const state = store.getState();
      if (!current.running || !live()) return;
      const joining = joinExperiment(state, id, current.ordinal, describeDifference);
      if (!joining) return;
      const { lane, experiment } = joining;
      const run = introduceRun(joining.run, allRuns(state));
      setTraining(({ runs }) => ({ experiment, runs: [...runs, run] }));
      current.running.addLane(lane, weightsOf(state.startWeights, lane)?.bytes);
    },

    pause: (lane) => current.running?.pause(lane),
    resume: (lane) => current.running?.resume(lane),
    stop(lane) {
      if (current.running) current.running.stop(lane);
      // The device is still being looked for: there is no one to ask, and nothing to go on with.
      else setTraining(({ runs }) => ({ runs: runs.map((run) => endUnlessEnded(run, 'stopped')) }));
    },

    exportWeights: (lane) =>
      current.running?.exportWeights(lane) ?? Promise.reject(new Error('nothing has been trained')),
  };
}

const bytesOf = (weights: LaneWeights): ReadonlyMap<string, ArrayBuffer> =>
  new Map([...weights].map(([lane, { bytes }]) => [lane, bytes]));
