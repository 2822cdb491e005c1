/** The page's state with an imagined client that tells what it was asked to train, and who was ended. */
import type { ExperimentClient, RunningExperiment } from '../../client/clientTypes.ts';
import type { ExperimentConfig } from '../../model/config.ts';
import type { DeviceChoice } from '../../protocol/protocol.ts';
import { trainOffer } from '../runs/doneRuns.ts';
import { readDraft } from '../state/readDraft.ts';
import { phaseOf } from '../state/training.ts';
import { createApp } from '../store.ts';
import { noKeeping } from '../state/keeping.ts';
import { createFakeClient, type FakeOptions } from './fakeClient.ts';

export const wasm: DeviceChoice = {
  backend: 'wasm',
  threads: 1,
  hardware: '',
  software: true,
  reason: 'no-webgpu',
};

/** The default experiment for 60 steps, in ticks of 30. */
export function spyingPage(fake: Partial<FakeOptions> = {}, chooseDevice = () => Promise.resolve(wasm)) {
  const ticks = new Set<() => void>();
  const started: { experiment: ExperimentConfig; disposed: boolean; joined: string[]; exported: string[] }[] =
    [];
  const client = createFakeClient({
    every: (tick) => {
      ticks.add(tick);
      return () => ticks.delete(tick);
    },
    stepsPerTick: 30,
    ...fake,
  });
  const spying: ExperimentClient = {
    ...client,
    start(experiment, device, emit, options): RunningExperiment {
      const one = { experiment, disposed: false, joined: [] as string[], exported: [] as string[] };
      started.push(one);
      const running = client.start(experiment, device, emit, options);
      return {
        ...running,
        addLane: (lane, origin) => {
          one.joined.push(lane.id);
          running.addLane(lane, origin);
        },
        exportWeights: (lane) => {
          one.exported.push(lane);
          return Promise.resolve(new ArrayBuffer(0));
        },
        dispose: () => {
          one.disposed = true;
          running.dispose();
        },
      };
    },
  };
  const app = createApp({
    client: spying,
    chooseDevice,
    scheduleUpdate: (callback) => callback(),
    describeDifference: () => '',
    firstOrdinal: 0,
    keeping: noKeeping,
    now: () => 0,
    preferences: { read: () => ({}), write: () => undefined },
  });
  app.editRecipe({ budget: '60', evaluationEvery: '0' });
  const state = () => app.store.getState();
  return {
    app,
    started,
    state,
    runs: () => state().training.runs,
    names: () => state().training.runs.map((run) => `${run.name}: ${run.step}`),
    phase: () => phaseOf(state().training),
    offer: () => trainOffer(state(), readDraft(state().draft).experiment!),
    tick: (count = 4) => {
      for (let i = 0; i < count; i++) for (const tick of [...ticks]) tick();
    },
    /** As many trainings as follow each other. */
    ticks: async (trainings: number) => {
      for (let i = 0; i < 4 * trainings; i++) {
        for (const tick of [...ticks]) tick();
        // The next one begins when its device is found.
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    /** The lanes of every training, in order. */
    trained: () => started.map(({ experiment }) => experiment.lanes.map(({ id }) => id)),
  };
}
