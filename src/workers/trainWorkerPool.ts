/** Training workers that have opened their device before they are needed, and measure it meanwhile. */
import type { DeviceChoice, TrainCommand } from './protocol.ts';
import { spawnTrainWorker } from './spawn.ts';

/** What decides whether a worker can be used for something else. */
export type PoolDevice = Pick<DeviceChoice, 'backend' | 'threads' | 'precision'>;

export interface TrainWorkerPool {
  /** Has this many workers ready on this device, and none on another. Does not wait for them. */
  warm(device: PoolDevice, count: number): void;
  /** A worker on this device that is the caller's from now on: a ready one, or a new one. */
  take(device: PoolDevice): Worker;
  /** Gives a worker back that has only measured. Past the number that is to be ready it is ended. */
  give(device: PoolDevice, worker: Worker): void;
}

interface Idle {
  readonly worker: Worker;
  /** Ends the watch over it. */
  readonly leave: AbortController;
}

/** A pool of workers that `spawn` starts; tests start others. */
export function createTrainWorkerPool(spawn: () => Worker = spawnTrainWorker): TrainWorkerPool {
  let idle: Idle[] = [];
  let key = '';
  let wanted = 0;
  const keyOf = ({ backend, threads, precision = 'f32' }: PoolDevice) => `${backend} ${threads} ${precision}`;

  function keep(worker: Worker): void {
    const leave = new AbortController();
    const one = { worker, leave };
    idle.push(one);
    // It is replaced when it is needed, by one that tells its own failure to whom it concerns.
    worker.addEventListener('error', () => drop(one), { signal: leave.signal });
  }
  function drop(one: Idle): void {
    one.leave.abort();
    one.worker.terminate();
    idle = idle.filter((other) => other !== one);
  }

  return {
    warm(device, count) {
      if (keyOf(device) !== key) idle.forEach(drop);
      key = keyOf(device);
      wanted = count;
      idle.slice(count).forEach(drop);
      while (idle.length < count) {
        const worker = spawn();
        worker.postMessage({ kind: 'warm', ...opening(device) } satisfies TrainCommand);
        keep(worker);
      }
    },
    take(device) {
      const one = keyOf(device) === key ? idle.shift() : undefined;
      one?.leave.abort();
      return one?.worker ?? spawn();
    },
    give(device, worker) {
      if (keyOf(device) === key && idle.length < wanted) keep(worker);
      else worker.terminate();
    },
  };
}

const opening = ({ backend, threads, precision }: PoolDevice): PoolDevice => ({
  backend,
  threads,
  ...(precision && { precision }),
});
