import { fromFailure } from '../training/failure.ts';
import type { BackendName, TrainCommand, TrainMessage } from './protocol.ts';
import { spawnTrainWorker } from './spawn.ts';

/** Milliseconds of a small training step on a backend, measured in a worker of its own; Infinity if it cannot train. */
export async function measureBackend(backend: BackendName): Promise<number> {
  const worker = spawnTrainWorker();
  try {
    return await new Promise<number>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<TrainMessage>) => {
        if (data.kind === 'measured') resolve(data.milliseconds);
        if (data.kind === 'failure') reject(fromFailure(data.failure));
      });
      worker.addEventListener('error', (event) => reject(new Error(event.message)));
      worker.postMessage({ kind: 'measure', backend } satisfies TrainCommand);
    });
  } catch (error) {
    console.warn(`${backend} could not be measured`, error);
    return Infinity;
  } finally {
    worker.terminate();
  }
}
