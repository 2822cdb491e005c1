/** The page's side of keeping the dataset in this browser. A worker is there only while something is done. */
import { fromFailure } from '../protocol/failure.ts';
import type { KeepCommand, KeepMessage, KeepTrouble, KeptData } from '../protocol/keptData.ts';
import { spawnKeepDataWorker } from './spawn.ts';
import { brokenWorker } from './workerError.ts';

/** Not all could be kept, or nothing is known of what is. */
export class KeepError extends Error {
  override readonly name = 'KeepError';
  readonly trouble: KeepTrouble | 'worker';
  constructor(trouble: KeepTrouble | 'worker', cause: Error) {
    super(cause.message, { cause });
    this.trouble = trouble;
  }
}

/** Each rejects with a {@link KeepError}, or with an AbortError once `signal` is aborted. */
export interface DataKeeping {
  readonly look: (signal: AbortSignal) => Promise<KeptData>;
  /** Keeps all of the dataset; `tell` hears how far it is. What was kept before it is aborted stays. */
  readonly keep: (signal: AbortSignal, tell: (kept: KeptData) => void) => Promise<KeptData>;
  readonly remove: (signal: AbortSignal) => Promise<KeptData>;
}

const ended = () => new DOMException('ended by the page', 'AbortError');

/** Keeps the dataset at `url`, an absolute address. */
export function createDataKeeping(url: string, spawn: () => Worker = spawnKeepDataWorker): DataKeeping {
  const command = (
    kind: KeepCommand['kind'],
    signal: AbortSignal,
    tell: (kept: KeptData) => void = () => undefined,
  ): Promise<KeptData> => {
    if (signal.aborted) return Promise.reject(ended());
    const worker = spawn();
    return new Promise<KeptData>((done, fail) => {
      signal.addEventListener('abort', () => fail(ended()));
      worker.addEventListener('error', (event) =>
        fail(new KeepError('worker', fromFailure(brokenWorker('data', event)))),
      );
      worker.addEventListener('message', ({ data }: MessageEvent<KeepMessage>) => {
        if (data.kind === 'kept') tell(data.kept);
        else if (data.kind === 'done') done(data.kept);
        else fail(new KeepError(data.trouble, fromFailure(data.failure)));
      });
      worker.postMessage({ kind, url } satisfies KeepCommand);
    }).finally(() => worker.terminate());
  };
  return {
    look: (signal) => command('look', signal),
    keep: (signal, tell) => command('keep', signal, tell),
    remove: (signal) => command('remove', signal),
  };
}
