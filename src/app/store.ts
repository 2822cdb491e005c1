/** The page's state, and everything that a person can do to it. No React, no workers: both are handed in. */
import type { Preferences } from './state/preferences.ts';
import { createStore } from 'zustand/vanilla';
import type { ExperimentConfig } from '../model/config.ts';
import { defaultExperiment } from '../model/presets.ts';
import type { ClientEvent, ExperimentClient, RunningExperiment } from '../client/clientTypes.ts';
import type { DeviceChoice, Failure } from '../protocol/protocol.ts';
import { allRuns } from './runs/allRuns.ts';
import { defaultChartView } from './state/chartView.ts';
import { createDeviceActions, type DeviceFailures } from './session/device/deviceActions.ts';
import { createDraftActions } from './experiment/draftActions.ts';
import { fallingOn } from './session/device/fallingOn.ts';
import { fitDefault } from './experiment/presets/fitDefault.ts';
import { introduceRun } from './runs/looks/introduceRun.ts';
import { joinExperiment } from './session/joinExperiment.ts';
import type { DescribeDifference } from './runs/looks/laneNames.ts';
import { toldApart } from './runs/looks/laneStyles.ts';
import { prepareRuns } from './runs/prepareRuns.ts';
import { keepRepeating } from './session/repeatSeeds.ts';
import { createReplaceActions } from './experiment/replaceActions.ts';
import { draftShowing, readDraft, readNumber } from './state/readDraft.ts';
import { createRunActions } from './runs/runActions.ts';
import { emptyArchive, keepRuns } from './runs/runArchive.ts';
import { setAside } from './charts/sources/setAside.ts';
import { lanesWeights, weightsOf, type LaneWeights } from './state/startWeights.ts';
import { toFailure } from '../protocol/failure.ts';
import { applyEvent, endUnlessEnded, isLive, noTraining, phaseOf, type Training } from './state/training.ts';
import type { AppState } from './state/AppState.ts';
import type { App } from './state/App.ts';

/** What the page is given from outside; tests give others. */
export interface Services extends DeviceFailures {
  readonly client: ExperimentClient;
  /** The device for this many lanes; rejects if there is none, or not the one asked for. */
  chooseDevice(lanes: number): Promise<DeviceChoice>;
  /** Calls back once, soon: what is told until then changes the state together. */
  scheduleUpdate(callback: () => void): void;
  readonly describeDifference: DescribeDifference;
  readonly preferences: Preferences;
}

export function createApp(services: Services): App {
  const store = createStore<AppState>()(() => ({
    draft: draftShowing(defaultExperiment('cpu')),
    edited: false,
    device: { kind: 'looking' },
    speed: { kind: 'unknown' },
    replaced: [],
    moves: 0,
    linkFault: null,
    training: noTraining,
    trained: null,
    archive: emptyArchive,
    imported: [],
    deleted: null,
    saved: {},
    grouped: false,
    repeats: 0,
    startWeights: new Map(),
    view: { theme: 'auto', smoothing: 0.9, ...defaultChartView, ...services.preferences.read() },
  }));
  let running: RunningExperiment | null = null;
  let experiments = 0;
  let imports = 0;

  const phase = () => phaseOf(store.getState().training);
  const setTraining = (patch: Partial<Training>) =>
    store.setState(({ training }) => ({ training: { ...training, ...patch } }));

  /** Gathers what a client tells and applies it together; what an older experiment still tells is dropped. */
  function receiver(experiment: number): (event: ClientEvent) => void {
    let pending: ClientEvent[] = [];
    return (event) => {
      pending.push(event);
      if (pending.length > 1) return;
      services.scheduleUpdate(() => {
        const events = pending;
        pending = [];
        if (experiment !== experiments) return;
        store.setState(({ training }) => ({ training: events.reduce(applyEvent, training) }));
      });
    };
  }

  async function findDevice(lanes: number): Promise<DeviceChoice> {
    try {
      const choice = await services.chooseDevice(lanes);
      store.setState({ device: { kind: 'found', choice } });
      return choice;
    } catch (error) {
      store.setState({ device: { kind: 'failed', failure: toFailure(error) } });
      throw error;
    }
  }

  /** Trains the experiment with the one seed of its recipe. */
  async function start(experiment: ExperimentConfig): Promise<void> {
    running?.dispose();
    running = null;
    const ordinal = ++experiments;
    const { startWeights, imported, archive: earlier, training: last } = store.getState();
    const archive = keepRuns(earlier, last.runs);
    const others = [...imported, ...archive.kept];
    const weights = lanesWeights(startWeights, experiment.lanes);
    const runs = prepareRuns(experiment, ordinal, services.describeDifference).map((run) =>
      introduceRun({ ...run, startedFrom: weights.get(run.lane)?.file ?? null }, others),
    );
    store.setState(({ training, view }) => ({
      trained: experiment,
      archive,
      view: {
        ...view,
        hidden: [...new Set([...view.hidden, ...setAside(archive.kept, experiment)])],
      },
      // What has been loaded stays loaded, as far as the person is concerned, until the client tells otherwise.
      training: { ...noTraining, data: training.data, runs },
    }));
    await startOnDevice(ordinal, experiment);
  }

  /** Trains on the best device, and where that turns out not to start, on the next. */
  async function startOnDevice(ordinal: number, experiment: ExperimentConfig): Promise<void> {
    try {
      // Threads depend on the number of lanes.
      const device = await findDevice(experiment.lanes.length);
      if (ordinal !== experiments || !isLive(phase())) return;
      const fallOn = (failure: Failure): boolean => {
        if (ordinal !== experiments || !services.deviceFailed?.(device.backend, failure)) return false;
        running?.dispose();
        running = null;
        // Lanes may have joined meanwhile.
        void startOnDevice(ordinal, store.getState().trained ?? experiment);
        return true;
      };
      const emit = fallingOn(receiver(ordinal), fallOn);
      running = services.client.start(
        experiment,
        device,
        emit,
        bytesOf(lanesWeights(store.getState().startWeights, experiment.lanes)),
      );
    } catch (error) {
      if (ordinal !== experiments) return;
      const { runs } = store.getState().training;
      setTraining({ failure: toFailure(error), runs: runs.map((run) => endUnlessEnded(run, 'error')) });
    }
  }

  const draftActions = createDraftActions(store);
  const app: App = {
    store,
    ...draftActions,
    ...createReplaceActions(store),
    ...createRunActions(store),
    ...createDeviceActions(store, services, { findDevice: () => app.findDevice(), train: () => app.train() }),

    async findDevice() {
      store.setState({ device: { kind: 'looking' } });
      // What it rejects with stands in the state.
      await findDevice(store.getState().draft.lanes.length).catch(() => null);
    },

    async train() {
      const { experiment } = readDraft(store.getState().draft);
      if (!experiment || isLive(phase())) return;
      store.setState({ repeats: experiment.seeds - 1 });
      await start({ ...experiment, seeds: 1 });
    },

    async trainNextSeeds(count) {
      const { draft, trained } = store.getState();
      const last = trained?.recipe.seed ?? readNumber(draft.recipe.seed);
      if (isLive(phase()) || last === undefined) return;
      draftActions.editRecipe({ seed: String(last + 1), seeds: String(count) });
      await app.train();
    },

    trainLane(id) {
      const state = store.getState();
      if (!running || !isLive(phase())) return;
      const joining = joinExperiment(state, id, experiments, services.describeDifference);
      if (!joining) return;
      const { lane, trained } = joining;
      const run = introduceRun(joining.run, allRuns(state));
      store.setState({ trained, training: { ...state.training, runs: [...state.training.runs, run] } });
      running.addLane(lane, weightsOf(state.startWeights, lane)?.bytes);
    },

    pause: (lane) => running?.pause(lane),
    resume: (lane) => running?.resume(lane),
    stop(lane) {
      if (running) {
        running.stop(lane);
        return;
      }
      // The device is still being looked for: there is no one to ask, and nothing to go on with.
      const { runs } = store.getState().training;
      setTraining({ runs: runs.map((run) => endUnlessEnded(run, 'stopped')) });
    },

    exportWeights: (lane) =>
      running?.exportWeights(lane) ?? Promise.reject(new Error('nothing has been trained')),

    nextImport: () => ++imports,
    addImported: (runs) =>
      store.setState(({ imported }) => {
        const styles = imported.map(({ style }) => style);
        return { imported: [...imported, ...toldApart(runs, styles)] };
      }),
    removeImported: (ids) =>
      store.setState(({ imported }) => ({ imported: imported.filter((run) => !ids.includes(run.id)) })),

    setView(patch) {
      const view = { ...store.getState().view, ...patch };
      store.setState({ view });
      services.preferences.write(view);
    },
  };
  fitDefault(store);
  keepRepeating(store, start);
  return app;
}

const bytesOf = (weights: LaneWeights): ReadonlyMap<string, ArrayBuffer> =>
  new Map([...weights].map(([lane, { bytes }]) => [lane, bytes]));
