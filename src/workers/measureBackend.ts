/** Measures training steps in workers: what the page knows of a device's speed. */
import { probes, ratesOf, type Probe, type Speed } from '../model/cost.ts';
import { fromFailure } from '../training/failure.ts';
import { calibrateThreads } from './calibrateThreads.ts';
import type { BackendName, DeviceChoice, ThreadCalibration, TrainCommand, TrainMessage } from './protocol.ts';
import { spawnTrainWorker } from './spawn.ts';
import type { PoolDevice, TrainWorkerPool } from './trainWorkerPool.ts';

/** Milliseconds of a small training step on a backend; Infinity if it cannot train. */
export async function measureBackend(backend: BackendName): Promise<number> {
  const worker = spawnTrainWorker();
  try {
    return await measure(worker, { kind: 'measure', backend });
  } catch (error) {
    console.warn(`${backend} could not be measured`, error);
    return Infinity;
  } finally {
    worker.terminate();
  }
}

/** Seconds of the first probe beyond which a device is too slow to be asked for the others. */
const SLOW = 1;

/**
 * How fast a device trains when it trains `lanes` lanes. On a processor two workers measure at the same time where two lanes
 * will train at the same time: they share its memory and its caches. Rejects with the signal's reason when it is aborted.
 */
export async function measureSpeed(
  pool: TrainWorkerPool,
  { backend, threads, precision }: DeviceChoice,
  lanes: number,
  signal: AbortSignal,
): Promise<Speed> {
  const isProcessor = backend === 'wasm' || backend === 'cpu';
  const lanesAtOnce = isProcessor ? Math.max(1, Math.floor(navigator.hardwareConcurrency / threads)) : 1;
  const count = Math.min(2, lanes, lanesAtOnce);
  return withWorkers(
    pool,
    { backend, threads, ...(precision && { precision }) },
    count,
    signal,
    async (seconds) => {
      const first = await seconds(probes[0]);
      const rates =
        first > SLOW
          ? ratesOf([first])
          : ratesOf([first, await seconds(probes[1]), await seconds(probes[2])]);
      return { rates, lanesAtOnce };
    },
  );
}

/** Lanes at once beyond these tell nothing new about threads. */
const ENOUGH_LANES = 4;

/**
 * The threads of a lane on WASM when `lanes` lanes train at once; null where there is nothing to choose: one thread a lane is all
 * there is. Rejects with the signal's reason when it is aborted.
 */
export function measureThreads(
  pool: TrainWorkerPool,
  lanes: number,
  signal: AbortSignal,
): Promise<ThreadCalibration | null> {
  const cores = crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  return calibrateThreads({ cores, lanes }, (threads) =>
    withWorkers(pool, { backend: 'wasm', threads }, Math.min(lanes, ENOUGH_LANES), signal, (seconds) =>
      seconds(probes[1]),
    ),
  );
}

/** Borrows workers; `work` is given the seconds of a step when all of them take it at the same time, of the slowest. */
async function withWorkers<R>(
  pool: TrainWorkerPool,
  device: PoolDevice,
  count: number,
  signal: AbortSignal,
  work: (seconds: (probe: Probe) => Promise<number>) => Promise<R>,
): Promise<R> {
  signal.throwIfAborted();
  const workers = new Set(Array.from({ length: count }, () => pool.take(device)));
  const giveBack = () => {
    workers.forEach((worker) => pool.give(device, worker));
    workers.clear();
  };
  const aborted = new Promise<never>((_, reject) => {
    // At once: who aborted is about to take them.
    const abort = () => {
      giveBack();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
  });
  aborted.catch(() => {});
  const seconds = async (probe: Probe) => {
    const times = [...workers].map((worker) => measure(worker, { kind: 'measure', ...device, probe }));
    return Math.max(...(await Promise.race([Promise.all(times), aborted]))) / 1000;
  };
  try {
    const result = await work(seconds);
    giveBack();
    return result;
  } catch (error) {
    // A worker that failed is of no more use.
    workers.forEach((worker) => worker.terminate());
    throw error;
  }
}

function measure(worker: Worker, command: Extract<TrainCommand, { kind: 'measure' }>): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = new AbortController();
    const { signal } = ended;
    const settle = (finish: () => void) => {
      ended.abort();
      finish();
    };
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<TrainMessage>) => {
        if (data.kind === 'measured') settle(() => resolve(data.milliseconds));
        if (data.kind === 'failure') settle(() => reject(fromFailure(data.failure)));
      },
      { signal },
    );
    worker.addEventListener('error', (event) => settle(() => reject(new Error(event.message))), { signal });
    worker.postMessage(command);
  });
}
