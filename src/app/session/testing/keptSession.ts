/** A session over runs that are kept, with a client that only says what it was asked to train. */
import { vi } from 'vitest';
import { createRandom } from '../../../model/random.ts';
import type { ExperimentConfig } from '../../../model/config.ts';
import type { ClientEvent, ExperimentClient, StartOptions } from '../../../client/clientTypes.ts';
import { experiment } from '../../runs/testing/anyRuns.ts';
import { noKeeping, type Moment, type RunKeeping } from '../../state/keeping.ts';
import type { Run } from '../../state/run.ts';
import { draftShowing } from '../../state/readDraft.ts';
import { wasm } from '../../testing/spyingPage.ts';
import { createApp } from '../../store.ts';

export const momentAt = (step: number, more: Partial<Moment> = {}): Moment => ({
  step,
  why: 'ladder',
  bytes: 4,
  evaluationDue: false,
  ...more,
});

export interface Asked {
  readonly experiment: ExperimentConfig;
  readonly backend: string;
  readonly options: StartOptions;
  /** As the client tells it. */
  readonly tell: (event: ClientEvent) => void;
}

export function keptSession(change: Partial<RunKeeping> = {}) {
  const asked: Asked[] = [];
  const client: ExperimentClient = {
    warm: () => undefined,
    start(one, { backend }, tell, options = {}) {
      asked.push({ experiment: one, backend, options, tell });
      const nothing = () => undefined;
      return {
        pause: nothing,
        resume: nothing,
        stop: nothing,
        keep: nothing,
        addLane: nothing,
        dispose: nothing,
        exportWeights: () => Promise.reject(new Error('no weights')),
      };
    },
  };
  const keeping: RunKeeping = {
    keepCheckpoint: vi.fn(),
    // A file says of which moment it is.
    checkpointOf: (_, step) => Promise.resolve(new Uint8Array([step]).buffer),
    stateOf: () => Promise.reject(new Error('not asked for')),
    claim: (runs) => Promise.resolve(runs),
    load: (runs) => Promise.resolve(runs),
    read: (runs) => Promise.resolve(runs),
    keepPicture: noKeeping.keepPicture,
    pictureOf: noKeeping.pictureOf,
    archives: noKeeping.archives,
    ...change,
  };
  const failed: string[] = [];
  const app = createApp({
    client,
    chooseDevice: () => Promise.resolve({ ...wasm, backend: failed.includes('webgpu') ? 'wasm' : 'webgpu' }),
    deviceFailed(backend) {
      failed.push(backend);
      return true;
    },
    scheduleUpdate: (callback) => callback(),
    describeDifference: () => '',
    firstOrdinal: createRandom(1).integer(1e6),
    now: () => 42,
    keeping,
    preferences: { read: () => ({}), write: () => undefined },
  });
  const state = () => app.store.getState();
  return {
    app,
    asked,
    state,
    runs: () => state().training.runs,
    /** The moments that lanes go on from, as the client was told. */
    from: (one = asked.at(-1)) =>
      [...(one?.options.checkpoints ?? [])].map(([lane, { step, file }]) => [
        lane,
        step,
        new Uint8Array(file)[0],
      ]),
    stage: (runs: readonly Run[], moments: Readonly<Record<string, readonly Moment[]>> = {}) =>
      app.store.setState(({ training }) => ({
        training: { ...training, experiment, runs },
        draft: draftShowing(experiment),
        edited: true,
        moments: new Map(Object.entries(moments)),
      })),
  };
}
