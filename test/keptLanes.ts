/** Lanes that are trained through the workers' handlers, without workers, and what a page would store of them. */
import { expect } from 'vitest';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createSmallDataset } from '../src/data/testing/smallDataset.ts';
import type { TrainingOps } from '../src/kernels/ops.ts';
import { parseRun, type Pace, type RunConfig } from '../src/model/config.ts';
import {
  PROTOCOL_VERSION,
  type DataCommand,
  type DeviceChoice,
  type KeptCheckpoint,
  type TrainCommand,
  type TrainMessage,
} from '../src/protocol/protocol.ts';
import { createDataHandler } from '../src/workers/data/dataHandler.ts';
import { createTrainHandler } from '../src/workers/train/trainHandler.ts';

const device: DeviceChoice = {
  backend: 'wasm',
  threads: 1,
  hardware: '',
  software: true,
  reason: 'no-webgpu',
};
const small = await createSmallDataset();

export interface LaneTask {
  readonly run: RunConfig;
  readonly from?: KeptCheckpoint;
  /** Is told each message, and may tell the lane something. */
  readonly hear?: (message: TrainMessage, tell: (command: TrainCommand) => void) => void;
}

/** Trains lanes on the same batches until all have ended. Every look at the clock takes a quarter of a second: each step is told by itself. */
export async function trainLanes(
  ops: TrainingOps<Tensor>,
  tasks: readonly LaneTask[],
  { keepEvery, pace = 'lockstep' }: { keepEvery?: number | null | undefined; pace?: Pace } = { keepEvery: 4 },
): Promise<readonly (readonly TrainMessage[])[]> {
  const data = createDataHandler(() => undefined, small.fetch);
  const open: DataCommand = {
    kind: 'open',
    version: PROTOCOL_VERSION,
    url: 'https://host/data',
    recipe: tasks[0]!.run,
    pace,
    lanes: tasks.length,
  };
  data(open);
  const ports: MessagePort[] = [];
  const lanes = tasks.map(({ run, from, hear }, i) => {
    const messages: TrainMessage[] = [];
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    data({ kind: 'addLane', lane: `lane-${i}`, port: port1, from: from?.step ?? 0 });
    let now = 0;
    return new Promise<readonly TrainMessage[]>((resolve) => {
      const handle = createTrainHandler<Tensor>({
        post(message) {
          messages.push(message);
          hear?.(message, handle);
          if (message.kind !== 'event' || message.event.kind !== 'state') return;
          if (message.event.state === 'finished' || message.event.state === 'failed') resolve(messages);
        },
        openOps: () => Promise.resolve(ops),
        clock: { seconds: () => (now += 0.26) },
        takeTurn: () => Promise.resolve(() => undefined),
      });
      const keep = keepEvery !== undefined && { keepEvery };
      const checkpoint = from && { checkpoint: from.file.slice(0) };
      handle({
        kind: 'start',
        version: PROTOCOL_VERSION,
        run,
        device,
        data: port2,
        ...keep,
        ...checkpoint,
      });
    });
  });
  const told = await Promise.all(lanes);
  ports.forEach((port) => port.close());
  return told;
}

/** What a page has of a run: its points, its evaluations, and the last moment that was kept. */
export interface Stored {
  readonly points: readonly object[];
  readonly evaluations: readonly { readonly step: number; readonly loss: number; readonly error: number }[];
  readonly last: KeptCheckpoint | null;
}
const nothing: Stored = { points: [], evaluations: [], last: null };

/** What is stored after these messages, of a run that goes on from what was `before`. Expects every step once, in order. */
export function store(messages: readonly TrainMessage[], before: Stored = nothing): Stored {
  const { last: from } = before;
  const points = before.points.slice(0, from?.step ?? 0);
  const isKept = (step: number) =>
    from !== null && (step < from.step || (step === from.step && !from.evaluationDue));
  const evaluations = before.evaluations.filter(({ step }) => isKept(step));
  let last = from;
  for (const message of messages) {
    if (message.kind === 'checkpoint') {
      // What leads to it was told before it.
      expect(points.length).toBeGreaterThanOrEqual(message.step);
      last = message;
    }
    if (message.kind !== 'event') continue;
    const { event } = message;
    if (event.kind === 'steps') {
      expect(event.first).toBe(points.length + 1);
      event.loss.forEach((loss, i) =>
        points.push({
          loss,
          error: event.error[i],
          rate: event.learningRate[i],
          epoch: event.epoch[i],
        }),
      );
    }
    if (event.kind === 'evaluation') {
      const { step, loss, error } = event;
      evaluations.push({ step, loss, error });
    }
  }
  return { points, evaluations, last };
}

/** What was told up to and with step `step`. */
export function until(messages: readonly TrainMessage[], step: number): readonly TrainMessage[] {
  const at = messages.findIndex(
    (message) =>
      message.kind === 'event' &&
      message.event.kind === 'steps' &&
      message.event.first + message.event.loss.length > step,
  );
  return at < 0 ? messages : messages.slice(0, at + 1);
}

export const whole = ({ points, evaluations }: Stored) => ({ points, evaluations });
export const endOf = (messages: readonly TrainMessage[]) => {
  const message = messages.at(-1);
  return message?.kind === 'event' && message.event.kind === 'state' ? message.event : null;
};

export const small8 = (config: object) =>
  parseRun({ model: { depth: 8, width: 2 }, batchSize: 4, evaluation: { every: 6, images: 5 }, ...config });
