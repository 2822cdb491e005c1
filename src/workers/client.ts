/** Owns the workers of an experiment. The page's only way to training; loads no TensorFlow.js itself. */
import type { ExperimentConfig, LaneConfig, RunConfig } from '../model/config.ts';
import { runOfLane } from '../model/config.ts';
import { sizesOf } from '../model/cost.ts';
import { startingLanes } from '../model/room.ts';
import { createDeferred, type Deferred } from '../data/deferred.ts';
import { fromFailure } from '../training/failure.ts';
import { LaneQueue } from './laneQueue.ts';
import { provenanceOf } from './provenanceOf.ts';
import type { ClientEvent, ExperimentClient, RunningExperiment } from './clientTypes.ts';
import {
  PROTOCOL_VERSION,
  type DataCommand,
  type DataMessage,
  type DeviceChoice,
  type Failure,
  type TrainCommand,
  type TrainMessage,
} from './protocol.ts';
import { roomHere } from './roomHere.ts';
import { spawnDataWorker } from './spawn.ts';
import type { TrainWorkerPool } from './trainWorkerPool.ts';

/** A client whose data worker reads the dataset at `url`, an absolute address, and whose lanes train in workers of `pool`. */
export function createExperimentClient(url: string, pool: TrainWorkerPool): ExperimentClient {
  let warmData: Worker | undefined;
  return {
    warm(experiment, device) {
      const { recipe, lanes } = experiment;
      const runs = lanes.slice(0, MOST_WARM).map((lane) => runOfLane(experiment, lane));
      pool.warm(device, runs);
      warmData ??= spawnDataWorker();
      const { seed, order } = recipe;
      warmData.postMessage({ kind: 'warm', url, order: { seed, order } } satisfies DataCommand);
    },
    start(experiment, device, emit, weights) {
      const data = warmData ?? spawnDataWorker();
      warmData = undefined;
      return startExperiment({ url, data, pool }, experiment, device, emit, weights);
    },
  };
}

/** Each holds some 60 MB; lanes beyond these start their own. */
const MOST_WARM = 4;

interface Resources {
  readonly url: string;
  readonly data: Worker;
  readonly pool: TrainWorkerPool;
}

function startExperiment(
  { url, data, pool }: Resources,
  experiment: ExperimentConfig,
  device: DeviceChoice,
  emit: (event: ClientEvent) => void,
  weights: ReadonlyMap<string, ArrayBuffer> = new Map(),
): RunningExperiment {
  const tell = (command: DataCommand, transfer: Transferable[] = []) => data.postMessage(command, transfer);
  data.addEventListener('message', ({ data: message }: MessageEvent<DataMessage>) => {
    if (message.kind === 'failure') emit(message);
    else emit({ kind: 'data', progress: message });
  });
  data.addEventListener('error', (event) => emit({ kind: 'failure', failure: workerFailure('data', event) }));

  const { recipe, pace } = experiment;
  const bytes = sizesOf(experiment).map((size) => size.bytes);
  const room = roomHere(device);
  const queue = new LaneQueue(room);
  tell({ kind: 'open', version: PROTOCOL_VERSION, url, recipe, pace, lanes: startingLanes(room, bytes) });

  const workers = new Map<string, LaneWorker>();
  const queued = new Map<string, () => void>();

  /** The lane is over, or never began: others may take its place. */
  const gone = (id: string) => {
    for (const next of queue.remove(id)) {
      const begin = queued.get(next);
      queued.delete(next);
      emit({ kind: 'unqueued', lane: next });
      begin?.();
    }
  };
  const begin = (lane: LaneConfig, initial: ArrayBuffer | undefined) => {
    const { port1, port2 } = new MessageChannel();
    tell({ kind: 'addLane', lane: lane.id, port: port1 }, [port1]);
    const ended = (died: boolean) => {
      if (died) tell({ kind: 'removeLane', lane: lane.id });
      gone(lane.id);
    };
    const run = runOfLane(experiment, lane);
    const worker = pool.take(device, run);
    workers.set(lane.id, new LaneWorker(worker, lane, run, device, port2, initial, emit, ended));
  };
  const add = (lane: LaneConfig, size: number, initial: ArrayBuffer | undefined) => {
    if (queue.add({ id: lane.id, bytes: size })) {
      begin(lane, initial);
      return;
    }
    queued.set(lane.id, () => begin(lane, initial));
    queueMicrotask(() => emit({ kind: 'queued', lane: lane.id }));
  };
  const stopQueued = (id: string) => {
    queued.delete(id);
    gone(id);
    const event = { kind: 'state', state: 'finished', step: 0, reason: 'stopped' } as const;
    emit({ kind: 'run', lane: id, event });
  };
  experiment.lanes.forEach((lane, i) => add(lane, bytes[i]!, weights.get(lane.id)));

  const each = (lane: string | undefined) =>
    [...workers].flatMap(([id, worker]) => (lane === undefined || lane === id ? [worker] : []));
  return {
    pause: (lane) => each(lane).forEach((worker) => worker.send({ kind: 'pause' })),
    resume: (lane) => each(lane).forEach((worker) => worker.send({ kind: 'resume' })),
    stop(lane) {
      // First those that wait, or they would take the places of those that stop.
      [...queued.keys()].filter((id) => lane === undefined || id === lane).forEach(stopQueued);
      each(lane).forEach((worker) => worker.send({ kind: 'stop' }));
    },
    addLane(lane, initial) {
      const [size] = sizesOf({ ...experiment, lanes: [lane] });
      add(lane, size!.bytes, initial);
    },
    exportWeights(lane) {
      const worker = workers.get(lane);
      return (
        worker?.exportWeights() ?? Promise.reject(new Error('This lane has not begun: it has no weights.'))
      );
    },
    dispose() {
      queued.clear();
      data.terminate();
      workers.forEach((worker) => worker.terminate());
    },
  };
}

/** A lane's training worker, and what the page waits for from it. */
class LaneWorker {
  private readonly exports: Deferred<ArrayBuffer>[] = [];
  /** The weights at the end of the run, once it has ended. */
  private last: Promise<ArrayBuffer> | undefined;

  constructor(
    private readonly worker: Worker,
    private readonly lane: LaneConfig,
    run: RunConfig,
    private readonly device: DeviceChoice,
    data: MessagePort,
    weights: ArrayBuffer | undefined,
    private readonly emit: (event: ClientEvent) => void,
    /** Called once, when the run is over; `died`: the worker may not have told the dealer that it is gone. */
    private readonly ended: (died: boolean) => void,
  ) {
    this.worker.addEventListener('message', ({ data: message }: MessageEvent<TrainMessage>) =>
      this.hear(message),
    );
    this.worker.addEventListener('error', (event) => this.died(workerFailure('training', event)));
    // The weights are copied: the page may start from them once more.
    const start = { kind: 'start', version: PROTOCOL_VERSION, run, device, data } as const;
    this.send(weights ? { ...start, weights } : start, [data]);
  }

  send(command: TrainCommand, transfer: Transferable[] = []): void {
    this.worker.postMessage(command, transfer);
  }

  /** A copy of the present weights, or of the last. */
  async exportWeights(): Promise<ArrayBuffer> {
    return this.last ? (await this.last).slice(0) : this.ask();
  }

  /** Keeps the weights of a run that is over and gives back the memory of its worker. */
  private async retire(): Promise<void> {
    this.last = this.ask();
    // Whoever asks for the weights is told why there are none.
    await this.last.catch(() => {});
    this.worker.terminate();
  }

  private ask(): Promise<ArrayBuffer> {
    const wanted = createDeferred<ArrayBuffer>();
    this.exports.push(wanted);
    this.send({ kind: 'exportWeights' });
    return wanted.promise;
  }

  terminate(): void {
    this.worker.terminate();
    this.refuseExports({ name: 'WorkerError', message: 'The training worker was ended.' });
  }

  private hear(message: TrainMessage): void {
    const { emit, lane } = this;
    switch (message.kind) {
      case 'event': {
        const { event } = message;
        emit({ kind: 'run', lane: lane.id, event });
        if (event.kind !== 'state') return;
        if (event.state === 'finished') void this.retire().then(() => this.ended(false));
        if (event.state === 'failed') {
          void this.retire();
          this.ended(true);
        }
        return;
      }
      case 'ready':
        emit({
          kind: 'ready',
          lane: lane.id,
          parameters: message.parameters,
          provenance: provenanceOf(message.build, this.device),
        });
        return;
      case 'weights':
        this.exports.shift()?.resolve(message.safetensors);
        return;
      case 'failure':
        this.refuseExports(message.failure);
        return;
      case 'measured':
        return;
    }
  }

  /** The worker itself broke (out of memory, its script did not load): the run ends, and what it told stays. */
  private died(failure: Failure): void {
    const event = { kind: 'state', state: 'failed', step: 0, reason: 'error', failure } as const;
    this.emit({ kind: 'run', lane: this.lane.id, event });
    this.refuseExports(failure);
    this.last = Promise.reject(fromFailure(failure));
    this.last.catch(() => {});
    this.worker.terminate();
    this.ended(true);
  }

  private refuseExports(failure: Failure): void {
    for (const wanted of this.exports.splice(0)) wanted.reject(fromFailure(failure));
  }
}

function workerFailure(which: 'data' | 'training', event: ErrorEvent): Failure {
  const detail = event.message ? `: ${event.message}` : ', or its script could not be loaded';
  return { name: 'WorkerError', message: `The ${which} worker broke${detail}.` };
}
