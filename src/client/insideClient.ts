/** The page's side of looking into nets. A worker is there from the first look until none has been asked for a while. */
import { createDeferred, type Deferred } from '../model/deferred.ts';
import { fromFailure } from '../protocol/failure.ts';
import type { GivenNet, InsideCommand, InsideMessage } from '../protocol/inside.ts';
import { PROTOCOL_VERSION, type DeviceChoice, type Failure } from '../protocol/protocol.ts';
import { canShareMemory } from '../protocol/sharedMemory.ts';
import { spawnInsideWorker } from './spawn.ts';
import { brokenWorker, workerFailure } from './workerError.ts';

export interface LookProgress {
  readonly done: number;
  readonly total: number;
  /** What of the answer is there already; undefined where the view tells nothing before its end. */
  readonly soFar: unknown;
}

export interface LookOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LookProgress) => void;
}

export interface InsideClient {
  /** Starts the worker and its device for looks to come; what goes wrong is told to whoever looks. */
  readonly open: (device: DeviceChoice) => void;
  /**
   * The answer of a view, as the worker gave it. Files are copied. Rejects with what went wrong in the worker, and with an AbortError once
   * `signal` is aborted.
   */
  readonly look: (
    device: DeviceChoice,
    view: string,
    nets: readonly GivenNet[],
    question: unknown,
    options?: LookOptions,
  ) => Promise<unknown>;
  /** Whether lanes train, now and until the next call: then looks leave them all threads but one. */
  readonly lanesTrain: (train: boolean) => void;
}

/** Seconds without a look after which the worker is ended: it holds a device. */
const IDLE = 60;

const threadsHere = () => (canShareMemory() ? navigator.hardwareConcurrency : 1);

interface Open {
  readonly worker: Worker;
  readonly device: string;
  readonly asked: Map<
    number,
    { readonly answer: Deferred<unknown>; readonly onProgress: LookOptions['onProgress'] }
  >;
}

/** Looks with the dataset at `url`, an absolute address. */
export function createInsideClient(
  url: string,
  spawn: () => Worker = spawnInsideWorker,
  threads: () => number = threadsHere,
): InsideClient {
  let open: Open | null = null;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let next = 1;
  let training = false;

  const send = (worker: Worker, command: InsideCommand) => worker.postMessage(command);

  function close(one: Open, failure: Failure): void {
    if (open === one) open = null;
    one.worker.terminate();
    for (const { answer } of one.asked.values()) answer.reject(fromFailure(failure));
    one.asked.clear();
  }

  function hear(one: Open, message: InsideMessage): void {
    const asked = one.asked.get(message.id);
    if (!asked) return;
    if (message.kind === 'progress') {
      asked.onProgress?.({ done: message.done, total: message.total, soFar: message.soFar });
      return;
    }
    one.asked.delete(message.id);
    if (message.kind === 'answer') asked.answer.resolve(message.answer);
    else asked.answer.reject(fromFailure(message.failure));
    // A device that failed once is not asked again.
    if (message.kind === 'failure' && /^Device/.test(message.failure.name)) close(one, message.failure);
  }

  function opened(device: DeviceChoice): Open {
    // In float32, whatever the lanes store: what is measured here is small beside what it is measured on, as gradients of activations are.
    const { backend } = device;
    if (open?.device === backend) return open;
    if (open) close(open, workerFailure('Another device is used now.'));
    const one: Open = { worker: spawn(), device: backend, asked: new Map() };
    one.worker.addEventListener('message', ({ data }: MessageEvent<InsideMessage>) => hear(one, data));
    one.worker.addEventListener('messageerror', () =>
      close(one, workerFailure('An answer of the worker that looks into nets could not be read.')),
    );
    one.worker.addEventListener('error', (event) => close(one, brokenWorker('inside', event)));
    send(one.worker, {
      kind: 'open',
      version: PROTOCOL_VERSION,
      device: { backend, threads: backend === 'wasm' ? threads() : 1 },
      url,
    });
    if (training) send(one.worker, { kind: 'lanes', train: true });
    return (open = one);
  }

  function rest(): void {
    clearTimeout(idle);
    idle = setTimeout(() => {
      if (open?.asked.size === 0) close(open, workerFailure('It was ended.'));
    }, 1000 * IDLE);
  }

  return {
    open(device) {
      opened(device);
      rest();
    },
    lanesTrain(train) {
      if (train === training) return;
      training = train;
      if (open) send(open.worker, { kind: 'lanes', train });
    },
    async look(device, view, nets, question, { signal, onProgress } = {}) {
      signal?.throwIfAborted();
      const one = opened(device);
      const id = next++;
      const answer = createDeferred<unknown>();
      one.asked.set(id, { answer, onProgress });
      const abort = () => {
        if (!one.asked.delete(id)) return;
        send(one.worker, { kind: 'cancel', id });
        answer.reject(signal?.reason ?? new DOMException('not wanted any more', 'AbortError'));
      };
      signal?.addEventListener('abort', abort);
      send(one.worker, { kind: 'look', id, view, nets, question });
      try {
        return await answer.promise;
      } finally {
        signal?.removeEventListener('abort', abort);
        rest();
      }
    },
  };
}
