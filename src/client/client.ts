/** Owns the workers of an experiment. The page's only way to training; loads no TensorFlow.js itself. */
import type { ExperimentConfig, LaneConfig } from '../model/config.ts';
import { runOfLane } from '../model/config.ts';
import { batchSettingsOf } from '../model/batchSettings.ts';
import { sameSettings } from '../model/sameSettings.ts';
import { sizesOf } from '../model/sizes.ts';
import { startingLanes } from '../model/room.ts';
import { unfitLanes } from '../model/unfit.ts';
import { systemClock, type Clock } from '../model/clock.ts';
import type {
  ClientEvent,
  ExperimentClient,
  LaneOrigin,
  RunningExperiment,
  StartOptions,
} from './clientTypes.ts';
import { poll } from './poll.ts';
import { LaneQueue } from './laneQueue.ts';
import { LaneWorker } from './laneWorker.ts';
import { lifeline, type Lifeline } from '../protocol/lifeline.ts';
import {
  PROTOCOL_VERSION,
  type DataCommand,
  type DataMessage,
  type DeviceChoice,
  type Failure,
  type StateEvent,
} from '../protocol/protocol.ts';
import { roomHere } from './roomHere.ts';
import { Silence } from './silence.ts';
import { spawnDataWorker } from './spawn.ts';
import type { TrainWorkerPool } from './trainWorkerPool.ts';
import { unfitFailure } from './unfitFailure.ts';
import { brokenWorker, workerFailure } from './workerError.ts';

/** What tests stand in for. */
export interface ClientSurroundings {
  readonly spawnData?: () => Worker;
  readonly room?: typeof roomHere;
  readonly clock?: Clock;
  readonly life?: Lifeline;
}

/** A client whose data worker reads the dataset at `url`, an absolute address, and whose lanes train in workers of `pool`. */
export function createExperimentClient(
  url: string,
  pool: TrainWorkerPool,
  {
    spawnData = spawnDataWorker,
    room = roomHere,
    clock = systemClock,
    life = lifeline(),
  }: ClientSurroundings = {},
): ExperimentClient {
  let warmData: Worker | undefined;
  return {
    warm(experiment, device, from = 0) {
      const { recipe, lanes } = experiment;
      const runs = lanes.slice(0, MOST_WARM).map((lane) => runOfLane(experiment, lane));
      pool.warm(device, runs);
      warmData ??= spawnData();
      const { seed, order, batchSize } = recipe;
      const command = { kind: 'warm', url, order: { seed, order, batchSize }, from } as const;
      warmData.postMessage(command satisfies DataCommand);
    },
    start(experiment, device, emit, options = {}) {
      const data = warmData ?? spawnData();
      warmData = undefined;
      return startExperiment({ url, data, pool, room, clock, life }, experiment, device, emit, options);
    },
  };
}

/** Each holds some 60 MB; lanes beyond these start their own. */
const MOST_WARM = 4;

type Resources = Required<Omit<ClientSurroundings, 'spawnData'>> & {
  readonly url: string;
  readonly data: Worker;
  readonly pool: TrainWorkerPool;
};

function startExperiment(
  { url, data, pool, room: roomOn, clock, life }: Resources,
  experiment: ExperimentConfig,
  device: DeviceChoice,
  emit: (event: ClientEvent) => void,
  options: StartOptions,
): RunningExperiment {
  const { keepEvery } = options;
  const { recipe, pace } = experiment;
  const tell = (command: DataCommand, transfer: Transferable[] = []) => data.postMessage(command, transfer);
  const room = roomOn(device);
  const queue = new LaneQueue(room);
  const workers = new Map<string, LaneWorker>();
  const queued = new Map<string, () => void>();
  /** What ended the experiment as a whole. */
  let broken: Failure | undefined;
  let isClosed = false;

  const endUnbegun = (id: string, { ...end }: Pick<StateEvent, 'state' | 'reason' | 'failure'>) =>
    emit({ kind: 'run', lane: id, event: { kind: 'state', step: 0, ...end } });
  const fail = (id: string, failure: Failure) =>
    endUnbegun(id, { state: 'failed', reason: 'error', failure });

  /** What every lane needs is not to be had any more: they end, with what they have. */
  const breakDown = (failure: Failure) => {
    if (broken || isClosed) return;
    broken = failure;
    emit({ kind: 'failure', failure });
    const waiting = [...queued.keys()];
    queued.clear();
    for (const id of waiting) {
      fail(id, failure);
      gone(id);
    }
    workers.forEach((worker) => worker.stop(failure));
  };

  const lifeName = life.name();
  let leaveLife: () => void = () => undefined;
  const close = () => {
    isClosed = true;
    leaveLife();
    data.terminate();
  };
  const silence = new Silence(
    () => tell({ kind: 'ping' }),
    (seconds) => emit({ kind: 'silent', lane: null, seconds }),
  );
  const hear = (message: DataMessage) => {
    // What was on its way when the page ended it.
    if (isClosed) return;
    silence.heard();
    switch (message.kind) {
      case 'progress':
        emit({ kind: 'data', progress: message });
        return;
      case 'waiting':
        emit(message);
        return;
      case 'laneLost':
        workers.get(message.lane)?.vanished();
        return;
      case 'failure':
        breakDown(message.failure);
        return;
      case 'alive':
        if (lifeName !== undefined)
          leaveLife = life.watch(lifeName, () => breakDown(workerFailure(DATA_GONE)));
        return;
      case 'pong':
        return;
    }
  };
  data.addEventListener('message', ({ data: message }: MessageEvent<DataMessage>) => hear(message));
  data.addEventListener('messageerror', () =>
    breakDown(workerFailure('A message of the data worker could not be read.')),
  );
  data.addEventListener('error', (event) => breakDown(brokenWorker('data', event)));

  const stopLooking = poll((seconds) => {
    if (!isClosed) silence.look(seconds);
    workers.forEach((worker) => worker.look(seconds));
    if (isClosed && [...workers.values()].every((worker) => worker.done)) stopLooking();
  }, clock);
  /** Nothing trains any more, and nothing waits to: images are of no use. */
  const closeIfOver = () => {
    if (isClosed || queued.size > 0 || ![...workers.values()].every((worker) => worker.over)) return;
    close();
  };

  /** The lane is over, or never began: others may take its place. */
  const gone = (id: string) => {
    for (const next of queue.remove(id)) {
      const begin = queued.get(next);
      queued.delete(next);
      emit({ kind: 'unqueued', lane: next });
      begin?.();
    }
    closeIfOver();
  };
  const begin = (lane: LaneConfig, origin: LaneOrigin) => {
    const { port1, port2 } = new MessageChannel();
    const run = runOfLane(experiment, lane);
    const own = batchSettingsOf(run);
    const batches = sameSettings(own, batchSettingsOf(recipe)) ? {} : { batches: own };
    const from = origin.checkpoint?.step ?? 0;
    tell({ kind: 'addLane', lane: lane.id, port: port1, from, ...batches }, [port1]);
    const ended = (died: boolean) => {
      if (died) tell({ kind: 'removeLane', lane: lane.id });
      gone(lane.id);
    };
    const start = { lane: lane.id, run, device, data: port2, origin, keepEvery, lifeline: life };
    workers.set(lane.id, new LaneWorker(pool.take(device, run), start, emit, ended));
  };
  const add = (lane: LaneConfig, size: number, origin: LaneOrigin) => {
    if (queue.add({ id: lane.id, bytes: size })) {
      begin(lane, origin);
      return;
    }
    queued.set(lane.id, () => begin(lane, origin));
    queueMicrotask(() => emit({ kind: 'queued', lane: lane.id }));
  };
  const stopQueued = (id: string) => {
    queued.delete(id);
    endUnbegun(id, { state: 'finished', reason: 'stopped' });
    gone(id);
  };
  /** Starts those of these lanes that this device can hold at all. */
  const addAll = (
    lanes: readonly LaneConfig[],
    originOf: (lane: string) => LaneOrigin,
    fitting: (bytes: readonly number[]) => void = () => undefined,
  ) => {
    const joining = { ...experiment, lanes: [...lanes] };
    const unfit = new Map(unfitLanes(joining, room).map((one) => [one.lane, one]));
    const sized = sizesOf(joining).flatMap(({ bytes }, i) => ({ lane: lanes[i]!, bytes }));
    const taken = sized.filter(({ lane }) => !unfit.has(lane.id));
    fitting(taken.map(({ bytes }) => bytes));
    for (const { lane, bytes } of taken) add(lane, bytes, originOf(lane.id));
    // Events never come inside of the call that starts an experiment.
    queueMicrotask(() => {
      unfit.forEach((one) => fail(one.lane, unfitFailure(one)));
      if (unfit.size > 0) closeIfOver();
    });
  };

  addAll(experiment.lanes, givenOrigins(options), (bytes) =>
    tell({
      kind: 'open',
      version: PROTOCOL_VERSION,
      url,
      recipe,
      pace,
      lanes: startingLanes(room, bytes),
      ...(lifeName !== undefined && { life: lifeName }),
    }),
  );

  const each = (lane: string | undefined) =>
    [...workers].flatMap(([id, worker]) => (lane === undefined || lane === id ? [worker] : []));
  return {
    pause: (lane) => each(lane).forEach((worker) => worker.send({ kind: 'pause' })),
    resume: (lane) => each(lane).forEach((worker) => worker.send({ kind: 'resume' })),
    stop(lane) {
      // First those that wait, or they would take the places of those that stop.
      [...queued.keys()].filter((id) => lane === undefined || id === lane).forEach(stopQueued);
      each(lane).forEach((worker) => worker.stop());
    },
    keep: (lane) => each(lane).forEach((worker) => worker.send({ kind: 'keep' })),
    addLane(lane, origin = {}) {
      const over = broken ?? (isClosed ? workerFailure(OVER) : undefined);
      if (over) {
        queueMicrotask(() => fail(lane.id, over));
        return;
      }
      addAll([lane], () => origin);
    },
    exportWeights(lane) {
      const worker = workers.get(lane);
      return (
        worker?.exportWeights() ?? Promise.reject(new Error('This lane has not begun: it has no weights.'))
      );
    },
    dispose() {
      close();
      stopLooking();
      queued.clear();
      workers.forEach((worker) => worker.terminate());
    },
  };
}

/** What each lane starts from. */
function givenOrigins({ weights, checkpoints, keepAt: steps }: StartOptions): (lane: string) => LaneOrigin {
  return (lane) => {
    const [own, checkpoint, keepAt] = [weights?.get(lane), checkpoints?.get(lane), steps?.get(lane)];
    return { ...(own && { weights: own }), ...(checkpoint && { checkpoint }), ...(keepAt && { keepAt }) };
  };
}

const DATA_GONE = 'The worker that deals the images ended without a word: the browser took it away.';
const OVER = 'The others had ended before this lane could join them.';
