/** Training workers that have got ready for a run before it is started, and measure their device meanwhile. */
import type { RunConfig } from '../model/config.ts';
import { settingsKey } from '../model/sameSettings.ts';
import type { DeviceChoice, TrainCommand } from '../protocol/protocol.ts';
import { spawnTrainWorker } from './spawn.ts';

/** What decides whether a worker can be used for something else. */
export type PoolDevice = Pick<DeviceChoice, 'backend' | 'threads' | 'precision'>;

export interface TrainWorkerPool {
  /** Gets a worker ready for each of these runs on this device, and has none on another. Does not wait for them. */
  warm(device: PoolDevice, runs: readonly RunConfig[]): void;
  /** A worker on this device that is the caller's from now on: best one that is ready for `run`, or a new one. */
  take(device: PoolDevice, run?: RunConfig): Worker;
  /** Gives a worker back that has only measured. Past the number that is to be ready it is ended. */
  give(device: PoolDevice, worker: Worker): void;
}

interface Idle {
  readonly worker: Worker;
  /** The net and batch that it is ready for. */
  work: string;
  /** Ends the watch over it. */
  readonly leave: AbortController;
}

/** A pool of workers that `spawn` starts; tests start others. */
export function createTrainWorkerPool(spawn: () => Worker = spawnTrainWorker): TrainWorkerPool {
  let idle: Idle[] = [];
  let key = '';
  let wanted = 0;
  /** What those that were taken are ready for. */
  const lent = new WeakMap<Worker, string>();
  const keyOf = ({ backend, threads, precision = 'f32' }: PoolDevice) => `${backend} ${threads} ${precision}`;

  function keep(worker: Worker, work: string): Idle {
    const leave = new AbortController();
    const one = { worker, work, leave };
    idle.push(one);
    // It is replaced when it is needed, by one that tells its own failure to whom it concerns.
    worker.addEventListener('error', () => drop(one), { signal: leave.signal });
    return one;
  }
  function drop(one: Idle): void {
    one.leave.abort();
    one.worker.terminate();
    idle = idle.filter((other) => other !== one);
  }

  return {
    warm(device, runs) {
      if (keyOf(device) !== key) idle.forEach(drop);
      key = keyOf(device);
      wanted = runs.length;
      idle.slice(runs.length).forEach(drop);
      const spare = [...idle];
      const missing = runs.filter((run) => {
        const ready = spare.findIndex(({ work }) => work === workOf(run));
        if (ready >= 0) spare.splice(ready, 1);
        return ready < 0;
      });
      for (const run of missing) {
        const one = spare.shift() ?? keep(spawn(), '');
        one.work = workOf(run);
        one.worker.postMessage({ kind: 'warm', ...opening(device), run } satisfies TrainCommand);
      }
    },
    take(device, run) {
      if (keyOf(device) !== key) return spawn();
      const ready = run ? idle.findIndex(({ work }) => work === workOf(run)) : 0;
      const [one] = idle.splice(Math.max(0, ready), 1);
      if (!one) return spawn();
      one.leave.abort();
      lent.set(one.worker, one.work);
      return one.worker;
    },
    give(device, worker) {
      if (keyOf(device) === key && idle.length < wanted) keep(worker, lent.get(worker) ?? '');
      else worker.terminate();
    },
  };
}

/** What decides which kernels a run needs. */
const workOf = ({ model, batchSize, optimizer }: RunConfig): string =>
  settingsKey([model, batchSize, optimizer.type]);

const opening = ({ backend, threads, precision }: PoolDevice): PoolDevice => ({
  backend,
  threads,
  ...(precision && { precision }),
});
