/** Training: from Train to what the runs tell. What belongs to the experiment of now stands together here and in `training` of the state. */
import type { StoreApi } from 'zustand/vanilla';
import type { ClientEvent, ExperimentClient } from '../../client/clientTypes.ts';
import { MOST_SEED } from '../../model/bounds.ts';
import type { ExperimentConfig } from '../../model/config.ts';
import type { WallClock } from '../../model/clock.ts';
import { toFailure } from '../../protocol/failure.ts';
import type { DeviceChoice, Failure } from '../../protocol/protocol.ts';
import { allRuns } from '../runs/allRuns.ts';
import { doneRuns, nextSeed, withSeed } from '../runs/doneRuns.ts';
import { ended } from './ended.ts';
import { introduceRun } from '../runs/looks/introduceRun.ts';
import type { DescribeDifference } from '../runs/looks/laneNames.ts';
import { keepRuns } from '../runs/runArchive.ts';
import type { DraftActions, ReplaceActions, TrainingActions } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import { readDraft } from '../state/readDraft.ts';
import type { RunKeeping } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { lanesWeights, weightsOf, type LaneWeights } from '../state/startWeights.ts';
import { applyEvents, endUnlessEnded, isLive, noTraining, phaseOf } from '../state/training.ts';
import type { Training } from '../state/training.ts';
import type { DeviceFailures } from './device/deviceActions.ts';
import { newCurrent, type Current } from './current.ts';
import { awaitOthers, branchLanes, keepAtOf, withoutNeeded } from './branchLanes.ts';
import type { GoingOn } from './continueRuns.ts';
import { doneWithCurves } from './doneWithCurves.ts';
import { fallingOn } from './device/fallingOn.ts';
import { sameThreads } from './device/sameThreads.ts';
import { joinExperiment } from './joinExperiment.ts';
import { setTheStage } from './setTheStage.ts';
import { reopenLost } from './reopenLost.ts';
import { repeatSeeds } from './repeatSeeds.ts';
import { WeightHolders } from './weightHolders.ts';
import { leaveInterrupted } from './leaveInterrupted.ts';
import { withLaterActions } from './withLaterActions.ts';

/** What training needs from outside. */
export interface TrainingServices extends DeviceFailures {
  readonly client: ExperimentClient;
  /** Calls back once, soon: what is told until then changes the state together. */
  readonly scheduleUpdate: (callback: () => void) => void;
  readonly describeDifference: DescribeDifference;
  /** Experiments are numbered from here on: from elsewhere in each load of the page, so that no id of a run comes twice. */
  readonly firstOrdinal: number;
  readonly now: WallClock;
  readonly keeping: RunKeeping;
}

export function createTrainingActions(
  store: StoreApi<AppState>,
  { client, scheduleUpdate, describeDifference, deviceFailed, firstOrdinal, now, keeping }: TrainingServices,
  findDevice: (lanes: number) => Promise<DeviceChoice>,
  draftActions: Pick<DraftActions, 'addTwins' | 'editLane' | 'editRecipe'>,
  { replaceExperiment }: Pick<ReplaceActions, 'replaceExperiment'>,
): TrainingActions {
  let current = newCurrent(firstOrdinal, false);
  const holders = new WeightHolders<Current>((experiment) => experiment.running?.dispose());

  const branches = branchLanes<Current>(store, {
    keeping,
    now,
    isCurrent: ({ awaiting }) => awaiting === current.awaiting,
    join(lane, checkpoint) {
      current.tellAll();
      const { runs } = store.getState().training;
      const isTraining = ({ lane: id, state }: Run) =>
        state !== 'ended' && id !== lane.id && !current.awaiting.has(id);
      if (runs.some(isTraining)) {
        const keepAt = keepAtNow(current).get(lane.id);
        // Where another device is being looked for, all begin with it.
        current.running?.addLane(lane, { checkpoint, ...(keepAt && { keepAt }) });
        return;
      }
      // All others are over, and what they trained with is closed: their weights stay there.
      current = { ...current, running: null };
      for (const run of runs) if (run.state !== 'ended') holders.add(run.id, current, run.lane);
      void startOnDevice(current);
    },
  });
  const keepAtNow = (of: Current) => {
    const { experiment } = store.getState().training;
    return experiment ? keepAtOf(experiment, of) : new Map<string, readonly number[]>();
  };
  const nextOrdinal = () => current.ordinal + 1;
  const live = () => isLive(phaseOf(store.getState().training));
  const setTraining = (change: (training: Training) => Partial<Training>) =>
    store.setState(({ training }) => ({ training: { ...training, ...change(training) } }));

  /** Gathers what a client tells and applies it together; what an older experiment still tells is dropped. */
  function receiver(experiment: Current): (event: ClientEvent) => void {
    let pending: ClientEvent[] = [];
    experiment.tellAll = () => {
      const events = pending;
      pending = [];
      if (experiment !== current || events.length === 0) return;
      setTraining((training) => applyEvents(training, events));
      branches.settle(experiment);
    };
    return (event) => {
      if (event.kind === 'checkpoint') {
        const run = runOfLaneNow(experiment, event.lane);
        if (run) keeping.keepCheckpoint(run.id, event);
        if (experiment === current) void branches.made(experiment, event.lane, event);
        return;
      }
      pending.push(event);
      if (pending.length === 1) scheduleUpdate(() => experiment.tellAll());
    };
  }

  /**
   * Trains the experiment with the one seed of its recipe; as many trainings are to follow as there are `repeats`. With `newOnly` nets
   * that are done under this very recipe stay on the stage, or come back to it, and the others are trained on the same batches.
   */
  async function start(experiment: ExperimentConfig, repeats: number, newOnly: boolean): Promise<void> {
    let done = newOnly ? doneRuns(store.getState(), experiment) : new Map<string, Run>();
    if ([...done.values()].some(({ summary }) => summary !== null)) {
      const before = current;
      done = await doneWithCurves(done, keeping);
      // Something else was begun meanwhile.
      if (current !== before || live()) return;
    }
    const state = store.getState();
    done = withoutNeeded(state, experiment, done);
    if (experiment.lanes.every(({ id }) => done.has(id))) {
      if (repeats > 0) await start(withSeed(experiment, experiment.recipe.seed + 1), repeats - 1, newOnly);
      else setTraining(() => ({ repeats: 0 }));
      return;
    }
    const started = newCurrent(current.ordinal + 1, newOnly);
    current = started;
    const { ordinal } = started;
    const { runs, ...stage } = setTheStage(state, { experiment, ordinal, done, when: now(), describe: describeDifference }); // prettier-ignore
    awaitOthers(started, experiment, runs);
    holders.keep(new Set(runs.map((run) => run.id)));
    for (const run of runs) if (run.state !== 'ended') holders.add(run.id, started, run.lane);
    store.setState({
      ...stage,
      // What has been loaded stays loaded, as far as the person is concerned, until the client tells otherwise.
      training: { ...noTraining, experiment, repeats, data: state.training.data, runs },
    });
    await startAll(started);
  }

  async function startAll(started: Current): Promise<void> {
    if (started.awaiting.size > 0) await branches.beginKept(started);
    await startOnDevice(started);
    branches.settle(started);
  }

  /** The lanes that it has to train: some may have joined it, others were done before. */
  function ownLanes(started: Current): ExperimentConfig | null {
    const { experiment, runs } = store.getState().training;
    if (!experiment) return null;
    const own = runs.filter(
      ({ id, state, lane }) =>
        state !== 'ended' && holders.of(id)?.experiment === started && !started.awaiting.has(lane),
    );
    return {
      ...experiment,
      lanes: experiment.lanes.filter(({ id }) => own.some((run) => run.lane === id)),
    };
  }

  /** Trains on the best device, and where that turns out not to start, on the next. */
  async function startOnDevice(started: Current): Promise<void> {
    try {
      // Threads depend on the number of lanes.
      const found = await findDevice((ownLanes(started)?.lanes.length ?? 1) + started.awaiting.size);
      const device = sameThreads(found, store.getState().training.runs);
      const experiment = ownLanes(started);
      if (started !== current || !live() || !experiment || experiment.lanes.length === 0) return;
      const fallOn = (failure: Failure): boolean => {
        if (started !== current || !deviceFailed?.(device.backend, failure)) return false;
        started.running?.dispose();
        started.running = null;
        void startOnDevice(started);
        return true;
      };
      started.running = client.start(experiment, device, fallingOn(receiver(started), fallOn), {
        weights: bytesOf(lanesWeights(store.getState().startWeights, experiment.lanes)),
        checkpoints: started.checkpoints,
        keepEvery: null,
        keepAt: keepAtNow(started),
      });
    } catch (error) {
      if (started !== current) return;
      setTraining(({ runs }) => ({
        failure: toFailure(error),
        runs: runs.map((run) => endUnlessEnded(run, 'error')),
      }));
    }
  }

  const runOfLaneNow = (experiment: Current, lane: string) =>
    store
      .getState()
      .training.runs.find((run) => run.lane === lane && holders.of(run.id)?.experiment === experiment);

  /** Puts runs on the stage that go on, with those beside them, and trains them. */
  async function goOn({ experiment, runs, checkpoints }: GoingOn): Promise<void> {
    const state = store.getState();
    const started = newCurrent(current.ordinal + 1, true, checkpoints);
    current = started;
    awaitOthers(started, experiment, runs);
    const staged = new Set(runs.map(({ id }) => id));
    const isAway = (run: Run) => !staged.has(run.id);
    holders.keep(staged);
    for (const run of runs) if (run.state !== 'ended') holders.add(run.id, started, run.lane);
    const { training, archive, library, view } = state;
    store.setState({
      archive: keepRuns(
        { ...archive, kept: archive.kept.filter(isAway) },
        training.runs.filter(isAway),
        state.keeping.kind,
      ),
      library: library.filter(isAway),
      view: { ...view, hidden: view.hidden.filter((id) => !staged.has(id)) },
      training: { ...noTraining, experiment, repeats: training.repeats, data: training.data, runs },
    });
    await startAll(started);
  }

  async function begin(newOnly: boolean): Promise<void> {
    const { experiment } = readDraft(store.getState().draft);
    if (!experiment || live()) return;
    await start({ ...experiment, seeds: 1 }, experiment.seeds - 1, newOnly);
  }
  async function trainNew(): Promise<void> {
    if (!live()) return begin(true);
    for (const { id } of store.getState().draft.lanes) trainLane(id);
  }

  function trainLane(id: string): void {
    const state = store.getState();
    if (!live()) return;
    const joining = joinExperiment(state, id, current.ordinal, describeDifference);
    if (!joining) return;
    const { lane, experiment } = joining;
    const run = { ...introduceRun(joining.run, allRuns(state), [], state.library), created: now() };
    holders.add(run.id, current, lane.id);
    setTraining(({ runs }) => ({ experiment, runs: [...runs, run] }));
    // Until its device is found the experiment has not begun: it then begins with this lane.
    const weights = weightsOf(state.startWeights, lane)?.bytes;
    current.running?.addLane(lane, weights ? { weights } : {});
  }

  const heldWeights = (run: string) => {
    const holder = holders.of(run);
    return holder?.experiment.running?.exportWeights(holder.lane);
  };
  const later = withLaterActions(store, { ...draftActions, replaceExperiment, trainNew, trainLane, keeping, now, nextOrdinal, goOn, heldWeights }); // prettier-ignore
  reopenLost(store, later.continueRuns);
  repeatSeeds(store, (experiment, repeats) => start(experiment, repeats, current.newOnly));
  return {
    train: () => begin(false),
    trainNew,
    trainLane,
    ...later,
    leaveInterrupted: (ids) => leaveInterrupted(store, ids),
    momentState: keeping.stateOf,

    async trainNextSeeds(count) {
      const { draft, training } = store.getState();
      const last = training.experiment ?? readDraft(draft).experiment;
      if (live() || !last) return;
      const seed = nextSeed(store.getState(), last);
      if (seed > MOST_SEED) return;
      draftActions.editRecipe({ seed: String(seed), seeds: String(count) });
      await trainNew();
    },

    async stopAndTrain(experiment) {
      stop();
      await ended(store);
      replaceExperiment(experiment);
      await trainNew();
    },

    pause: (lane) => current.running?.pause(lane),
    resume: (lane) => current.running?.resume(lane),
    stop,
    keepNow: () => current.running?.keep(),
  };

  function stop(lane?: string): void {
    branches.stop(current, lane);
    if (current.running) current.running.stop(lane);
    // The device is still being looked for: there is no one to ask, and nothing to go on with.
    else setTraining(({ runs }) => ({ runs: runs.map((run) => endUnlessEnded(run, 'stopped')) }));
  }
}

const bytesOf = (weights: LaneWeights): ReadonlyMap<string, ArrayBuffer> =>
  new Map([...weights].map(([lane, { bytes }]) => [lane, bytes]));
