/** A client whose workers are the test's. */
import { parseExperiment } from '../../model/config.ts';
import { roomOf } from '../../model/room.ts';
import { createExperimentClient } from '../client.ts';
import type { ClientEvent, StartOptions } from '../clientTypes.ts';
import type {
  DataCommand,
  DataMessage,
  DeviceChoice,
  RunEvent,
  TrainCommand,
  TrainMessage,
} from '../../protocol/protocol.ts';
import { FakeWorker } from './fakeWorker.ts';

type FakeTrain = FakeWorker<TrainCommand, TrainMessage>;

export const weights = Uint8Array.of(1, 2, 3).buffer;
export const device: DeviceChoice = {
  backend: 'wasm',
  threads: 1,
  hardware: '',
  software: true,
  reason: 'no-webgpu',
};
export const running: RunEvent = { kind: 'state', state: 'running', step: 0 };
export const steps: RunEvent = {
  kind: 'steps',
  first: 1,
  loss: new Float32Array(5),
  error: new Float32Array(5),
  learningRate: new Float32Array(5),
  trainingSeconds: new Float64Array(5),
  epoch: new Float32Array(5),
  idleSeconds: 0,
  imagesPerSecond: 1,
  waitingSeconds: 0,
};

/** A worker that does all that it is told at once. */
export function obedient(command: TrainCommand): TrainMessage | undefined {
  switch (command.kind) {
    case 'ping':
      return { kind: 'pong' };
    case 'exportWeights':
      return { kind: 'weights', step: 5, safetensors: weights.slice(0) };
    case 'stop': {
      const { failure } = command;
      return { kind: 'event', event: failure ? { kind: 'state', state: 'failed', step: 5, reason: 'error', failure } : { kind: 'state', state: 'finished', step: 5, reason: 'stopped' } }; // prettier-ignore
    }
    default:
      return undefined;
  }
}
/** One whose thread never comes back, or that is not there any more. */
export const dead = () => undefined;

/** An experiment of `lanes` in fake workers, those of `behaviours` by their numbers; all else obey. */
export function train({
  lanes = ['a', 'b'],
  atOnce = 4,
  laneBytes = Infinity,
  behaviours = {},
  answersData = true,
  options = {},
}: {
  lanes?: string[];
  atOnce?: number;
  laneBytes?: number;
  behaviours?: Record<number, (command: TrainCommand) => TrainMessage | undefined>;
  answersData?: boolean;
  options?: StartOptions;
} = {}) {
  const workers: FakeTrain[] = [];
  const data = new FakeWorker<DataCommand, DataMessage>(({ kind }) =>
    answersData && kind === 'ping' ? { kind: 'pong' } : undefined,
  );
  const pool = {
    warm: () => undefined,
    give: () => undefined,
    take: () => {
      const worker: FakeTrain = new FakeWorker(behaviours[workers.length] ?? obedient);
      workers.push(worker);
      return worker;
    },
  };
  let names = 0;
  /** What is called when a worker is gone that has said that it is alive. */
  const lives = new Map<string, () => unknown>();
  const room = () => ({
    ...roomOf({ processor: true, cores: 1, deviceGibibytes: 8, laneBytes }),
    lanes: atOnce,
  });
  const client = createExperimentClient('https://host/data', pool, {
    spawnData: () => data,
    room,
    life: {
      name: () => `worker ${names++}`,
      watch: (name, gone) => (lives.set(name, gone), () => lives.delete(name)),
    },
  });
  const model = { family: 'cifar', depth: 8, width: 4, block: 'plain', shortcut: 'A' };
  const experiment = parseExperiment({
    lanes: lanes.map((id) => ({ id, name: '', model })),
    recipe: { batchSize: 32, steps: 10 },
  });
  const events: ClientEvent[] = [];
  const run = client.start(experiment, device, (event) => events.push(event), options);
  const begin = () => {
    for (const worker of workers) {
      worker.say({ kind: 'event', event: running });
      worker.say({ kind: 'event', event: steps });
    }
  };
  const ends = () =>
    events.flatMap((event) =>
      event.kind === 'run' && event.event.kind === 'state' && event.event.reason
        ? [[event.lane, event.event.state, event.event.reason, event.event.failure?.message] as const]
        : [],
    );
  const silences = () =>
    events.flatMap((event) => (event.kind === 'silent' ? [[event.lane, event.seconds]] : []));
  const has = (kind: ClientEvent['kind']) => events.filter((event) => event.kind === kind);
  return { lives, run, data, workers, events, begin, ends, silences, has, experiment };
}
