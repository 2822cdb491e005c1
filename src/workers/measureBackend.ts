/** Measures training steps in workers of their own, which are gone afterwards. */
import { probes, ratesOf, type Probe, type Speed } from '../model/cost.ts';
import { fromFailure } from '../training/failure.ts';
import type { BackendName, DeviceChoice, TrainCommand, TrainMessage } from './protocol.ts';
import { spawnMeasureWorker } from './spawn.ts';

/** Milliseconds of a small training step on a backend; Infinity if it cannot train. */
export async function measureBackend(backend: BackendName): Promise<number> {
  const worker = spawnMeasureWorker();
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
  { backend, threads }: DeviceChoice,
  lanes: number,
  signal: AbortSignal,
): Promise<Speed> {
  const isProcessor = backend === 'wasm' || backend === 'cpu';
  const lanesAtOnce = isProcessor ? Math.max(1, Math.floor(navigator.hardwareConcurrency / threads)) : 1;
  const workers = Array.from({ length: Math.min(2, lanes, lanesAtOnce) }, spawnMeasureWorker);
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  const seconds = async (probe: Probe) => {
    const times = workers.map((worker) => measure(worker, { kind: 'measure', backend, threads, probe }));
    return Math.max(...(await Promise.race([Promise.all(times), aborted]))) / 1000;
  };
  try {
    signal.throwIfAborted();
    const first = await seconds(probes[0]);
    const rates =
      first > SLOW ? ratesOf([first]) : ratesOf([first, await seconds(probes[1]), await seconds(probes[2])]);
    return { rates, lanesAtOnce };
  } finally {
    for (const worker of workers) worker.terminate();
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
