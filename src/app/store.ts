/** The page's state, and everything that a person can do to it, put together. No React, no workers: both are handed in. */
import { createStore } from 'zustand/vanilla';
import { CLASS_SECONDS, defaultExperiment, presetOf } from '../model/presets.ts';
import type { DeviceChoice } from '../protocol/protocol.ts';
import { createDraftActions } from './experiment/draftActions.ts';
import { fitDefault } from './experiment/presets/fitDefault.ts';
import { createReplaceActions } from './experiment/replaceActions.ts';
import { createRunActions } from './runs/runActions.ts';
import { emptyArchive } from './runs/runArchive.ts';
import { createInsideActions } from './inside/insideActions.ts';
import { createDeviceActions } from './session/device/deviceActions.ts';
import { createTrainingActions, type TrainingServices } from './session/trainingActions.ts';
import type { App } from './state/App.ts';
import type { AppState } from './state/AppState.ts';
import { defaultChartView } from './state/chartView.ts';
import type { InsideClient } from '../client/insideClient.ts';
import { noInside } from './state/inside.ts';
import type { Preferences } from './state/preferences.ts';
import { draftShowing, readDraft } from './state/readDraft.ts';
import { isLive, noTraining, phaseOf } from './state/training.ts';
import { keepNetLooks } from './runs/looks/keepNetLooks.ts';
import { createWatchActions, type LoadRecorded } from './runs/watchActions.ts';
import { createDeviceFinder } from './session/device/deviceFinder.ts';

/** What the page is given from outside; tests give others. */
export interface Services extends TrainingServices {
  /** The device for this many lanes; rejects if there is none, or not the one asked for. */
  readonly chooseDevice: (lanes: number) => Promise<DeviceChoice>;
  readonly preferences: Preferences;
  /** Looks into nets; a page without it refuses to. */
  readonly inside?: InsideClient;
  /** Loads recorded runs; by default what reads them comes when it is asked for. */
  readonly loadRecorded?: LoadRecorded;
}

export function createApp(services: Services): App {
  const { chooseDevice, preferences, loadRecorded = loadWithPart } = services;
  const store = createStore<AppState>()(() => ({
    place: 'start',
    drawer: null,
    prediction: null,
    draft: draftShowing(defaultExperiment('cpu')),
    edited: false,
    meant: CLASS_SECONDS,
    device: { kind: 'looking' },
    speed: { kind: 'unknown' },
    replaced: [],
    moves: 0,
    linkFault: null,
    training: noTraining,
    archive: emptyArchive,
    library: [],
    keeping: { kind: 'opening' },
    moments: new Map(),
    elsewhere: new Set(),
    unreadable: 0,
    imported: [],
    watching: { asked: 0, state: 'idle', why: null },
    deleted: null,
    saved: {},
    grouped: false,
    runsOrigin: 'all',
    startWeights: new Map(),
    view: { theme: 'auto', density: 'simple', smoothing: 0.9, ...defaultChartView, ...preferences.read() },
    inside: noInside,
    highlighted: null,
  }));
  const findDevice = createDeviceFinder(store, chooseDevice);
  const draftActions = createDraftActions(store);
  const replaceActions = createReplaceActions(store);
  const trainingActions = createTrainingActions(store, services, findDevice, draftActions, replaceActions);
  const runActions = createRunActions(store, services);
  fitDefault(store);
  keepNetLooks(store);
  return {
    store,
    archives: services.keeping.archives,
    ...draftActions,
    ...trainingActions,
    ...replaceActions,
    ...runActions,
    ...createWatchActions(store, runActions, loadRecorded),
    ...createInsideActions(store, { ...services, inside: services.inside ?? noInsideClient }, findDevice),
    ...createDeviceActions(store, services, { findDevice, ...trainingActions }),
    openDrawer: (drawer) => store.setState({ drawer }),
    goTo: (place) => store.setState({ place }),
    async answer(prediction) {
      if (isLive(phaseOf(store.getState().training))) return;
      const { experiment } = readDraft(store.getState().draft);
      if (!experiment || presetOf(experiment)?.id !== 'degradation') {
        const { device } = store.getState();
        const isSlow = device.kind !== 'found' || device.choice.software;
        replaceActions.replaceExperiment(defaultExperiment(isSlow ? 'cpu' : 'gpu'));
      }
      store.setState({ prediction, place: 'lab' });
      await trainingActions.train();
    },
    setView(patch) {
      const view = { ...store.getState().view, ...patch };
      store.setState({ view });
      preferences.write(view);
    },
    highlight(highlighted) {
      if (store.getState().highlighted !== highlighted) store.setState({ highlighted });
    },
  };
}

const noInsideClient: InsideClient = {
  open: () => undefined,
  look: () => Promise.reject(new Error('this page looks into no nets')),
  lanesTrain: () => undefined,
};

const loadWithPart: LoadRecorded = async (preset, known) => {
  const { loadRecorded } = await import('./exchange/recordings/loadRecorded.ts');
  return loadRecorded(preset, known);
};
