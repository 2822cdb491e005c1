/** A run that is interrupted and gone on with equals, to the last bit, one that never was. */
import type { Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createNodeOps } from '../../test/backends.ts';
import { openDataset, type Dataset } from '../data/dataset.ts';
import { Dealer } from '../data/dealer.ts';
import { createSmallDataset } from '../data/testing/smallDataset.ts';
import type { TrainingOps } from '../kernels/ops.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../model/checkpoint.ts';
import { parseRun } from '../model/config.ts';
import type { RunEvent } from '../protocol/events.ts';
import type { BatchSource } from '../protocol/source.ts';
import { Session } from './session.ts';

let ops: TrainingOps<Tensor>;
let dataset: Dataset;
beforeAll(async () => {
  ops = await createNodeOps('wasm');
  const { fetch } = await createSmallDataset();
  dataset = await openDataset({ url: '.', fetch });
});

/** 18 images: an epoch is five batches, the last of two images. */
const tiny = { model: { depth: 8, width: 2 }, batchSize: 4, steps: 14, evaluation: { every: 4, images: 6 } };

const recipes = {
  'SGD with momentum, drops and augmentation': {
    optimizer: { type: 'sgd', learningRate: 0.05, momentum: 0.9, weightDecay: 1e-3 },
    schedule: { type: 'steps', milestones: [6, 11], factor: 0.1 },
    augment: 'paper',
  },
  'Adam with a cosine, which counts its steps': {
    optimizer: { type: 'adam', learningRate: 0.01, weightDecay: 1e-3, decayNormalisation: false },
    schedule: { type: 'cosine', warmUp: { learningRate: 0.001, steps: 5 } },
    augment: 'paper',
    labelSmoothing: 0.1,
  },
  'RMSprop by epochs, in file order': {
    optimizer: { type: 'rmsprop', learningRate: 0.001 },
    steps: undefined,
    epochs: 2.7,
    augment: 'none',
    order: 'sequential',
    normalisation: 'channel',
  },
} as const;

interface Trained {
  readonly events: readonly RunEvent[];
  readonly weights: Uint8Array;
  /** As files, by step. */
  readonly checkpoints: ReadonlyMap<number, ArrayBuffer>;
  readonly last: Checkpoint | null;
}

async function train(
  config: object,
  {
    keepAt = () => true,
    from,
    during = (source) => source,
  }: {
    readonly keepAt?: (step: number) => boolean;
    readonly from?: Checkpoint;
    readonly during?: (source: BatchSource, session: () => Session<Tensor>) => BatchSource;
  } = {},
): Promise<Trained> {
  const run = parseRun({ ...tiny, ...config });
  const dealer = new Dealer(dataset, run, { pace: 'free', lanes: 1 });
  const lane = dealer.addLane(from?.state.step);
  const events: RunEvent[] = [];
  const checkpoints = new Map<number, ArrayBuffer>();
  let now = 0;
  const session: Session<Tensor> = new Session({
    run,
    ops,
    source: during(lane, () => session),
    emit: (event) => events.push(event),
    clock: { seconds: () => (now += 0.01) },
    gradientNorms: true,
    ...(from && { checkpoint: from }),
    keeping: {
      due: (step) => (keepAt(step) ? 'interval' : null),
      settled: () => Promise.resolve(),
      keep: async (why) => {
        if (why === 'end') return;
        checkpoints.set(session.stepsTaken, await encodeCheckpoint((await session.checkpoint())!));
      },
    },
  });
  await session.start();
  const last = await session.checkpoint();
  const weights = new Uint8Array(await session.safetensors());
  session.dispose();
  return { events, weights, checkpoints, last };
}

/** What was told of the steps after `step`, times apart; and of its evaluation where that was still due. */
function toldAfter(events: readonly RunEvent[], step: number, withItsEvaluation = false) {
  const steps = events.flatMap((event) =>
    event.kind === 'steps'
      ? Array.from(event.loss, (loss, i) => ({
          step: event.first + i,
          loss,
          error: event.error[i],
          rate: event.learningRate[i],
          epoch: event.epoch[i],
        }))
      : [],
  );
  const norms = events.filter((event) => event.kind === 'gradientNorms');
  const tests = events.flatMap((event) =>
    event.kind === 'evaluation' ? [{ ...event, seconds: undefined }] : [],
  );
  const after = (each: { step: number }) => each.step > step;
  return {
    steps: steps.filter(after),
    norms: norms.filter(after),
    tests: tests.filter((test) => after(test) || (withItsEvaluation && test.step === step)),
    end: events.at(-1),
  };
}

describe.each(Object.entries(recipes))('%s', (_, recipe) => {
  it('goes on from every step, an evaluated one and one after a short batch among them, to the same end', async () => {
    const whole = await train(recipe, { keepAt: () => false });
    const kept = await train(recipe);
    // Keeping changes nothing.
    expect(toldAfter(kept.events, 0)).toEqual(toldAfter(whole.events, 0));
    expect(kept.weights).toEqual(whole.weights);
    expect([...kept.checkpoints.keys()]).toEqual(Array.from({ length: 15 }, (__, step) => step));
    for (const [step, file] of kept.checkpoints) {
      const again = await train(recipe, { from: await decodeCheckpoint(file) });
      expect(toldAfter(again.events, step), `from step ${step}`).toEqual(toldAfter(whole.events, step));
      expect(again.weights, `from step ${step}`).toEqual(whole.weights);
      // And what is kept on the way is the same, but for the time.
      for (const [later, copy] of again.checkpoints) {
        const [a, b] = [await decodeCheckpoint(copy), await decodeCheckpoint(kept.checkpoints.get(later)!)];
        expect(a.tensors).toEqual(b.tensors);
        const untimed = { trainingSeconds: 0, idleSeconds: 0 };
        expect({ ...a.state, ...untimed }).toEqual({ ...b.state, ...untimed });
      }
    }
  });
});

it('goes on with recomputation, and without it again, to the same end', async () => {
  const recipe = recipes['SGD with momentum, drops and augmentation'];
  const whole = await train(recipe, { keepAt: (step) => step === 5 });
  const recomputing = { ...recipe, recompute: true };
  const same = await train(recomputing, { keepAt: (step) => step === 5 });
  expect(toldAfter(same.events, 0)).toEqual(toldAfter(whole.events, 0));
  expect(same.weights).toEqual(whole.weights);
  for (const [config, kept] of [
    [recomputing, whole],
    [recipe, same],
  ] as const) {
    const again = await train(config, { from: await decodeCheckpoint(kept.checkpoints.get(5)!) });
    expect(toldAfter(again.events, 5)).toEqual(toldAfter(whole.events, 5));
    expect(again.weights).toEqual(whole.weights);
  }
});

it('goes on with a warm-up that waits for the error of the steps before', async () => {
  const config = {
    steps: 112,
    model: { depth: 8, width: 1 },
    schedule: { type: 'constant', warmUp: { learningRate: 0.001, untilError: 0.999 } },
    optimizer: { type: 'sgd', learningRate: 0.01, momentum: 0.9 },
    evaluation: { atEnd: false },
  };
  const whole = await train(config, { keepAt: (step) => step === 60 || step === 99 || step === 106 });
  const { steps } = toldAfter(whole.events, 0);
  // It ends within the run, or this shows nothing.
  expect([steps[98]?.rate, steps.at(-1)?.rate].map((rate) => rate?.toFixed(3))).toEqual(['0.001', '0.010']);
  for (const [step, file] of whole.checkpoints) {
    const again = await train(config, { from: await decodeCheckpoint(file) });
    expect(toldAfter(again.events, step).steps).toEqual(steps.slice(step));
    expect(again.weights).toEqual(whole.weights);
  }
});

it('makes up for the evaluation in which it was stopped', async () => {
  const recipe = recipes['SGD with momentum, drops and augmentation'];
  const whole = await train(recipe);
  let tests = 0;
  const stopped = await train(recipe, {
    during: (source, session) => ({
      ...source,
      async *evaluation(images, batchSize) {
        if (++tests === 2) session().stop();
        yield* source.evaluation(images, batchSize);
      },
    }),
  });
  expect(stopped.events.at(-1)).toMatchObject({ reason: 'stopped', step: 8 });
  expect(stopped.last?.state).toMatchObject({ step: 8, isEvaluationDue: true });
  const again = await train(recipe, { from: stopped.last! });
  expect(toldAfter(again.events, 8, true)).toEqual(toldAfter(whole.events, 8, true));
  expect(again.events.filter(({ kind }) => kind === 'evaluation')).toHaveLength(3);
  expect(again.weights).toEqual(whole.weights);
});

it('stopped in its last evaluation has only that still to come', async () => {
  const stopped = await train(
    { evaluation: { atEnd: true } },
    {
      during: (source, session) => ({
        ...source,
        async *evaluation(images, batchSize) {
          session().stop();
          yield* source.evaluation(images, batchSize);
        },
      }),
    },
  );
  expect(stopped.events.at(-1)).toMatchObject({ reason: 'stopped', step: 14 });
  const again = await train({ evaluation: { atEnd: true } }, { from: stopped.last! });
  expect(again.events.map(({ kind }) => kind)).toEqual(['state', 'evaluation', 'state']);
  expect(again.events.at(-1)).toMatchObject({ reason: 'completed', step: 14 });
});

it('counts the time of before, and not that of the interruption', async () => {
  const config = { steps: undefined, minutes: 0.05, evaluation: { atEnd: false } };
  const whole = await train(config, { keepAt: (step) => step === 5 });
  const from = await decodeCheckpoint(whole.checkpoints.get(5)!);
  expect(from.state.trainingSeconds).toBeGreaterThan(0);
  const again = await train(config, { from });
  const first = again.events.find((event) => event.kind === 'steps')!;
  expect(first.trainingSeconds[0]).toBeGreaterThan(from.state.trainingSeconds);
  expect(first.idleSeconds).toBeGreaterThanOrEqual(from.state.idleSeconds);
  const end = again.events.findLast((event) => event.kind === 'steps')!;
  expect(end.trainingSeconds.at(-1)).toBeGreaterThan(2.9);
  expect(end.trainingSeconds.at(-1)).toBeLessThan(3.5);
});

it('gives no checkpoint once it has failed, nor while steps are not told', async () => {
  const failed = await train(
    {
      optimizer: { learningRate: 1e30 },
      evaluation: { atEnd: false },
      steps: 40,
    },
    { keepAt: () => false },
  );
  expect(failed.events.at(-1)).toMatchObject({ reason: 'diverged' });
  expect(failed.last).toBeNull();
});

it('refuses a source that deals another batch than the next one', async () => {
  const { checkpoints } = await train({});
  const from = await decodeCheckpoint(checkpoints.get(3)!);
  const wrong = await train(
    {},
    {
      from,
      during: (source) => ({ ...source, next: async () => ({ ...(await source.next()), index: 0 }) }),
    },
  );
  expect(wrong.events.at(-1)).toMatchObject({
    reason: 'error',
    failure: { message: 'Step 4 needs batch 3, and batch 0 was dealt.' },
  });
});

it('whatever the seed, the batch, the optimiser and the moment', async () => {
  const cases = fc.record({
    seed: fc.nat(1000),
    batchSize: fc.integer({ min: 1, max: 7 }),
    type: fc.constantFrom('sgd', 'adam', 'rmsprop'),
    block: fc.constantFrom('plain', 'basic'),
    augment: fc.constantFrom('none', 'paper'),
    every: fc.integer({ min: 0, max: 4 }),
    at: fc.integer({ min: 0, max: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ seed, batchSize, type, block, augment, every, at }) => {
      const config = {
        model: { depth: 8, width: 1, block },
        optimizer: { type, learningRate: 0.003 },
        steps: 9,
        ...{ seed, batchSize, augment },
        evaluation: { every, images: 3 },
      };
      const whole = await train(config, { keepAt: (step) => step === at });
      const again = await train(config, { from: await decodeCheckpoint(whole.checkpoints.get(at)!) });
      expect(toldAfter(again.events, at)).toEqual(toldAfter(whole.events, at));
      expect(again.weights).toEqual(whole.weights);
    }),
    { numRuns: 12 },
  );
});
