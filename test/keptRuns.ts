/** Runs that are kept, killed at any moment and gone on with, through the workers' handlers: to the same points as one never killed. */
import { expect, it, describe } from 'vitest';
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

export interface Told {
  readonly messages: readonly TrainMessage[];
}

/** Trains lanes on the same batches until all have ended. A second passes with every look at the clock but three. */
export async function trainLanes(
  ops: TrainingOps<Tensor>,
  tasks: readonly LaneTask[],
  { keepEvery = 4, pace = 'lockstep' }: { keepEvery?: number | null; pace?: Pace } = {},
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
      const checkpoint = from && { checkpoint: from.file.slice(0) };
      handle({
        kind: 'start',
        version: PROTOCOL_VERSION,
        run,
        device,
        data: port2,
        keepEvery,
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

const whole = ({ points, evaluations }: Stored) => ({ points, evaluations });
const endOf = (messages: readonly TrainMessage[]) => {
  const message = messages.at(-1);
  return message?.kind === 'event' && message.event.kind === 'state' ? message.event : null;
};

export interface KeptRunsOptions {
  readonly missing?: string | null;
  readonly steps: number;
  /** Every so many steps it is killed. */
  readonly killEvery?: number;
}

export const small8 = (config: object) =>
  parseRun({ model: { depth: 8, width: 2 }, batchSize: 4, evaluation: { every: 6, images: 5 }, ...config });

const recipes = {
  'SGD, a residual net, augmented': {
    optimizer: { type: 'sgd', learningRate: 0.05, momentum: 0.9, weightDecay: 1e-3 },
    schedule: { type: 'steps', milestones: [5, 9], factor: 0.1 },
  },
  'Adam with a cosine, a plain net': {
    model: { depth: 8, width: 2, block: 'plain' },
    optimizer: { type: 'adam', learningRate: 0.01, decayNormalisation: false, weightDecay: 1e-3 },
    schedule: { type: 'cosine', warmUp: { learningRate: 0.001, steps: 5 } },
    augment: 'none',
  },
  'RMSprop, in file order': {
    optimizer: { type: 'rmsprop', learningRate: 0.001 },
    order: 'sequential',
  },
};

export function describeKeptRuns(
  backend: string,
  createOps: () => Promise<TrainingOps<Tensor>>,
  { missing = null, steps, killEvery = 1 }: KeptRunsOptions,
): void {
  const title = `kept runs on ${backend}${missing === null ? '' : ` (SKIPPED: ${missing})`}`;
  describe.skipIf(missing !== null)(title, () => {
    it.each(Object.entries(recipes))(
      '%s: killed after any step, it goes on to the same points, and no evaluation is lost or told twice',
      async (_, recipe) => {
        const ops = await createOps();
        const run = small8({ steps, ...recipe });
        const [alone] = await trainLanes(ops, [{ run }], { keepEvery: null });
        const [kept] = await trainLanes(ops, [{ run }]);
        const expected = whole(store(alone!));
        expect(expected.points).toHaveLength(steps);
        // Keeping changes nothing.
        expect(whole(store(kept!))).toEqual(expected);
        for (let step = killEvery; step <= steps; step += killEvery) {
          const before = store(until(kept!, step));
          const [again] = await trainLanes(ops, [{ run, from: before.last! }]);
          expect(whole(store(again!, before)), `killed after ${step}`).toEqual(expected);
          expect(endOf(again!)).toMatchObject({ state: 'finished', reason: 'completed', step: steps });
        }
      },
    );

    it('lanes in lockstep go on from moments of their own', async () => {
      const ops = await createOps();
      const [plain, residual] = ['plain', 'basic'].map((block) =>
        small8({ steps, model: { depth: 8, width: 2, block } }),
      );
      const tasks = [{ run: plain! }, { run: residual! }, { run: plain! }];
      const kept = await trainLanes(ops, tasks, { keepEvery: 3 });
      const expected = kept.map((messages) => whole(store(messages)));
      const before = kept.map((messages, i) => store(until(messages, [2, steps - 2, 5][i]!)));
      expect(new Set(before.map(({ last }) => last!.step)).size).toBe(3);
      const again = await trainLanes(
        ops,
        tasks.map((task, i) => ({ ...task, from: before[i]!.last! })),
        { keepEvery: 3 },
      );
      expect(again.map((messages, i) => whole(store(messages, before[i]!)))).toEqual(expected);
    });
  });
}
