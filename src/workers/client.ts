/** Owns the workers of an experiment. The page's only way to training; loads no TensorFlow.js itself. */
import type { ExperimentConfig, LaneConfig, RunConfig } from '../model/config.ts';
import { runOfLane } from '../model/config.ts';
import { createDeferred, type Deferred } from '../data/deferred.ts';
import { fromFailure } from '../training/failure.ts';
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
import { spawnDataWorker } from './spawn.ts';
import type { TrainWorkerPool } from './trainWorkerPool.ts';

/** A client whose data worker reads the dataset at `url`, an absolute address, and whose lanes train in workers of `pool`. */
export function createExperimentClient(url: string, pool: TrainWorkerPool): ExperimentClient {
  let warmData: Worker | undefined;
  return {
    warm({ recipe, lanes }, device) {
      // Threads of a lane that take every core leave none to another lane.
      pool.warm(device, Math.min(lanes.length, MOST_WARM));
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
  tell({ kind: 'open', version: PROTOCOL_VERSION, url, recipe, pace, lanes: experiment.lanes.length });
  const workers = new Map(
    experiment.lanes.map((lane) => {
      const { port1, port2 } = new MessageChannel();
      tell({ kind: 'addLane', lane: lane.id, port: port1 }, [port1]);
      const leave = () => tell({ kind: 'removeLane', lane: lane.id });
      const run = runOfLane(experiment, lane);
      const worker = pool.take(device);
      return [lane.id, new LaneWorker(worker, lane, run, device, port2, weights.get(lane.id), emit, leave)];
    }),
  );

  const each = (lane: string | undefined) =>
    lane === undefined ? [...workers.values()] : [workers.get(lane)!];
  return {
    pause: (lane) => each(lane).forEach((worker) => worker.send({ kind: 'pause' })),
    resume: (lane) => each(lane).forEach((worker) => worker.send({ kind: 'resume' })),
    stop: (lane) => each(lane).forEach((worker) => worker.send({ kind: 'stop' })),
    exportWeights: (lane) => workers.get(lane)!.exportWeights(),
    dispose() {
      data.terminate();
      workers.forEach((worker) => worker.terminate());
    },
  };
}

/** A lane's training worker, and what the page waits for from it. */
class LaneWorker {
  private readonly exports: Deferred<ArrayBuffer>[] = [];

  constructor(
    private readonly worker: Worker,
    private readonly lane: LaneConfig,
    run: RunConfig,
    device: DeviceChoice,
    data: MessagePort,
    weights: ArrayBuffer | undefined,
    private readonly emit: (event: ClientEvent) => void,
    /** Tells the dealer that this lane is gone: nobody else may if the worker died. */
    private readonly leave: () => void,
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

  exportWeights(): Promise<ArrayBuffer> {
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
        if (event.kind === 'state' && event.state === 'failed') this.leave();
        return;
      }
      case 'ready':
        emit({ kind: 'ready', lane: lane.id, parameters: message.parameters });
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
    this.leave();
    this.worker.terminate();
  }

  private refuseExports(failure: Failure): void {
    for (const wanted of this.exports.splice(0)) wanted.reject(fromFailure(failure));
  }
}

function workerFailure(which: 'data' | 'training', event: ErrorEvent): Failure {
  const detail = event.message ? `: ${event.message}` : ', or its script could not be loaded';
  return { name: 'WorkerError', message: `The ${which} worker broke${detail}.` };
}
