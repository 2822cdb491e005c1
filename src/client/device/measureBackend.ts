/** Measures a training step in a worker. */
import { fromFailure } from '../../protocol/failure.ts';
import type { BackendName, TrainCommand, TrainMessage } from '../../protocol/protocol.ts';
import { spawnTrainWorker } from '../spawn.ts';

/** Milliseconds of a small training step on a backend. Rejects with why it cannot train: a DeviceError if it did not start. */
export async function measureBackend(backend: BackendName): Promise<number> {
  const worker = spawnTrainWorker();
  try {
    return (await measure(worker, { kind: 'measure', backend })).milliseconds;
  } finally {
    worker.terminate();
  }
}

type Measured = Extract<TrainMessage, { kind: 'measured' }>;

/** What `worker` measures. Rejects with why it cannot. */
export function measure(
  worker: Worker,
  command: Extract<TrainCommand, { kind: 'measure' }>,
): Promise<Measured> {
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
        if (data.kind === 'measured') settle(() => resolve(data));
        if (data.kind === 'failure') settle(() => reject(fromFailure(data.failure)));
      },
      { signal },
    );
    worker.addEventListener('error', (event) => settle(() => reject(new Error(event.message))), { signal });
    worker.postMessage(command);
  });
}
