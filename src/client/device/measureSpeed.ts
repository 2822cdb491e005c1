/** What the page knows of a device's speed, measured by training steps in the workers of the pool. */
import { canShareMemory } from '../../protocol/sharedMemory.ts';
import { glance, probes, ratesOf, type Probe, type Speed, type StepRates } from '../../model/cost.ts';
import { calibrateThreads } from './calibrateThreads.ts';
import { measure } from './measureBackend.ts';
import type { DeviceChoice, ThreadCalibration } from '../../protocol/protocol.ts';
import type { PoolDevice, TrainWorkerPool } from '../trainWorkerPool.ts';

/** Seconds of the first probe beyond which a device is too slow to be asked for the others. */
const SLOW = 1;

/**
 * How fast a device trains when it trains `lanes` lanes. On a processor two workers measure at the same time where two lanes
 * will train at the same time: they share its memory and its caches. Rejects with the signal's reason when it is aborted, with a
 * DeviceError if the device does not start.
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
  const device = { backend, threads, ...(precision && { precision }) };
  return borrowing(pool, signal, async (borrow) => {
    const borrowed = borrow(device, count);
    const seconds = async (probe: Probe) => (await borrowed.measure(probe)).seconds;
    const rates = await ratesBy(seconds, backend === 'cpu');
    borrowed.giveBack();
    return { rates, lanesAtOnce };
  });
}

/** The rates of a device; one that is `surelySlow` is asked for a step of two images first, which may be all that there is time for. */
export async function ratesBy(
  seconds: (probe: Probe) => Promise<number>,
  surelySlow: boolean,
): Promise<StepRates> {
  if (surelySlow) {
    const few = await seconds(glance);
    const images = probes[0].batchSize / glance.batchSize;
    if (few * images > SLOW) return ratesOf([few * images]);
  }
  const first = await seconds(probes[0]);
  return first > SLOW
    ? ratesOf([first])
    : ratesOf([first, await seconds(probes[1]), await seconds(probes[2])]);
}

/** Lanes at once beyond these tell nothing new about threads. */
const ENOUGH_LANES = 4;

/**
 * The threads of a lane on WASM when `lanes` lanes train at once; null where there is nothing to choose: one thread a lane is all
 * there is. Rejects as measureSpeed does.
 */
export function measureThreads(
  pool: TrainWorkerPool,
  lanes: number,
  signal: AbortSignal,
): Promise<ThreadCalibration | null> {
  const cores = canShareMemory() ? navigator.hardwareConcurrency : 1;
  return borrowing(pool, signal, (borrow) =>
    calibrateThreads({ cores, lanes }, async (asked) => {
      const borrowed = borrow({ backend: 'wasm', threads: asked }, Math.min(lanes, ENOUGH_LANES));
      // Opens the device, and says with how many threads.
      const { threads } = await borrowed.measure(probes[0]);
      return {
        threads,
        seconds: async () => (await borrowed.measure(probes[1])).seconds,
        close: () => borrowed.giveBack(),
      };
    }),
  );
}

/** Workers of one device that measure at the same time. */
interface Borrowed {
  /** Of the slowest of them: the seconds of a step; and the fewest threads that one of them has. */
  measure(probe: Probe): Promise<{ readonly seconds: number; readonly threads: number }>;
  giveBack(): void;
}

type Borrow = (device: PoolDevice, count: number) => Borrowed;

/** Lets `work` borrow workers until it is done, or until the signal is aborted: who aborted is about to take them. */
async function borrowing<R>(
  pool: TrainWorkerPool,
  signal: AbortSignal,
  work: (borrow: Borrow) => Promise<R>,
): Promise<R> {
  signal.throwIfAborted();
  const out = new Map<Worker, PoolDevice>();
  const giveBack = (workers: Iterable<Worker>) => {
    for (const worker of workers) {
      const device = out.get(worker);
      if (out.delete(worker) && device) pool.give(device, worker);
    }
  };
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => {
      giveBack([...out.keys()]);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
  });
  aborted.catch(() => {});
  const borrow: Borrow = (device, count) => {
    signal.throwIfAborted();
    const workers = Array.from({ length: count }, () => pool.take(device));
    workers.forEach((worker) => out.set(worker, device));
    return {
      async measure(probe) {
        const all = workers.map((worker) => measure(worker, { kind: 'measure', ...device, probe }));
        const answers = await Promise.race([Promise.all(all), aborted]);
        return {
          seconds: Math.max(...answers.map(({ milliseconds }) => milliseconds)) / 1000,
          threads: Math.min(...answers.map(({ build }) => build.threads)),
        };
      },
      giveBack: () => giveBack(workers),
    };
  };
  try {
    return await work(borrow);
  } finally {
    // Only after a failure are there any: they are of no more use.
    out.forEach((_, worker) => worker.terminate());
  }
}
