import { beforeAll, describe, expect, it } from 'vitest';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createNodeOps } from '../../test/backends.ts';
import type { TrainingOps } from '../kernels/ops.ts';
import { parseRun } from '../model/config.ts';
import type { RunEvent } from '../protocol/events.ts';
import { Session } from './session.ts';
import { sessionOf, sourceOf } from './testing/testSession.ts';

let ops: TrainingOps<Tensor>;
beforeAll(async () => {
  ops = await createNodeOps('wasm');
});

describe('a session', () => {
  it('trains until its steps are spent, then evaluates every test image, and says so', async () => {
    const { source, calls } = sourceOf();
    const run = sessionOf(ops, {}, source);
    await run.session.start();
    expect(run.losses()).toHaveLength(5);
    expect(run.states().map(({ state, reason }) => [state, reason])).toEqual([
      ['running', undefined],
      ['finished', 'completed'],
    ]);
    expect(run.evaluations()).toMatchObject([{ step: 5, images: 8, complete: true }]);
    expect(run.events.at(-1)).toMatchObject({ kind: 'state', step: 5 });
    expect(calls).toEqual({ next: 5, left: true });
    run.session.dispose();
  });

  it('numbers steps without a gap, and time never goes back', async () => {
    const run = sessionOf(ops, { steps: 40 }, sourceOf().source);
    await run.session.start();
    let next = 1;
    for (const pack of run.steps()) {
      expect(pack.first).toBe(next);
      next += pack.loss.length;
      expect(pack.error).toHaveLength(pack.loss.length);
    }
    expect(next).toBe(41);
    // Packs, not a round trip a step; the first step is told at once.
    expect(run.steps().length).toBeLessThan(20);
    expect(run.steps()[0]?.loss).toHaveLength(1);
    const seconds = run.steps().flatMap(({ trainingSeconds }) => [...trainingSeconds]);
    expect(seconds.every((second, i) => i === 0 || second > seconds[i - 1]!)).toBe(true);
    run.session.dispose();
  });

  it('ends by epochs and by minutes, too', async () => {
    const epochs = sessionOf(ops, { steps: undefined, epochs: 0.3 }, sourceOf().source);
    await epochs.session.start();
    expect(epochs.losses()).toHaveLength(3);
    const minutes = sessionOf(ops, { steps: undefined, minutes: 0.005 }, sourceOf().source);
    await minutes.session.start();
    expect(minutes.states().at(-1)?.reason).toBe('completed');
    expect(minutes.losses().length).toBeGreaterThan(1);
  });

  it('evaluates at the interval, on as many images as asked, and tells gradient norms with it', async () => {
    const run = sessionOf(ops, { evaluation: { every: 2, images: 4, atEnd: false } }, sourceOf().source);
    await run.session.start();
    expect(run.evaluations().map(({ step, images, complete }) => [step, images, complete])).toEqual([
      [2, 4, false],
      [4, 4, false],
    ]);
    expect(run.norms().map(({ step }) => step)).toEqual([1, 2, 4]);
    expect(run.norms()[0]?.names.at(-1)).toBe('linear.weight');
    expect([...run.norms()[0]!.norms].every((norm) => norm > 0)).toBe(true);
    run.session.dispose();
  });

  it.each([true, false])(
    'reads a gradient from the device only for who asks for norms: %s',
    async (asked) => {
      const sizes: number[] = [];
      const events: RunEvent[] = [];
      let now = 0;
      const session = new Session({
        run: parseRun({
          model: { depth: 8, width: 2 },
          batchSize: 4,
          steps: 3,
          evaluation: { every: 1, images: 4 },
        }),
        ops: {
          ...ops,
          download: (tensor) => {
            sizes.push(tensor.size);
            return ops.download(tensor);
          },
        },
        source: sourceOf().source,
        emit: (event) => events.push(event),
        clock: { seconds: () => (now += 0.01) },
        ...(asked && { gradientNorms: true }),
      });
      await session.start();
      expect(sizes.filter((size) => size >= session.parameters)).toHaveLength(asked ? 3 : 0);
      expect(events.filter(({ kind }) => kind === 'gradientNorms')).toHaveLength(asked ? 3 : 0);
      session.dispose();
    },
  );

  it('pauses between steps, waits, and goes on to the same curve', async () => {
    const straight = sessionOf(ops, {}, sourceOf().source);
    await straight.session.start();

    const { source, calls } = sourceOf({
      before: (index) => {
        if (index === 2) run.session.pause();
      },
    });
    const run = sessionOf(ops, {}, source);
    const ended = run.session.start();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(calls.next).toBe(3);
    expect(run.losses()).toHaveLength(3); // what is there is told before waiting
    run.session.resume();
    await ended;
    expect(run.states().map(({ state }) => state)).toEqual(['running', 'paused', 'running', 'finished']);
    expect(run.losses()).toEqual(straight.losses());
  });

  it('stops while running, while paused and while it waits for a batch, without the evaluation at the end', async () => {
    const { source } = sourceOf({
      before: (index) => {
        if (index === 2) run.session.stop();
      },
    });
    const run = sessionOf(ops, {}, source);
    await run.session.start();
    expect(run.states().at(-1)).toMatchObject({ state: 'finished', reason: 'stopped', step: 2 });
    expect(run.evaluations()).toEqual([]);

    const paused = sessionOf(ops, {}, sourceOf().source);
    const ended = paused.session.start();
    paused.session.pause();
    paused.session.stop();
    await ended;
    expect(paused.states().at(-1)).toMatchObject({ state: 'finished', reason: 'stopped' });
  });

  it('that diverges keeps what was recorded and says at which step', async () => {
    const run = sessionOf(ops, {}, sourceOf({ spoil: 2 }).source);
    await run.session.start();
    const end = run.states().at(-1)!;
    expect(end).toMatchObject({ state: 'failed', reason: 'diverged' });
    // A NaN may hide from the loss on WASM, never from the statistics: told at the latest with its pack.
    expect(end.divergedAt).toBeGreaterThanOrEqual(3);
    expect(end.divergedAt).toBeLessThanOrEqual(5);
    expect(run.losses()).toHaveLength(end.divergedAt!);
    expect(run.losses().slice(0, 2).every(Number.isFinite)).toBe(true);
    run.session.dispose();
  });

  it('diverges at the very step when the loss overflows', async () => {
    const run = sessionOf(
      ops,
      { steps: 30, optimizer: { learningRate: 1e30 }, evaluation: { atEnd: false } },
      sourceOf().source,
    );
    await run.session.start();
    expect(run.states().at(-1)).toMatchObject({ state: 'failed', reason: 'diverged' });
  });

  it('smooths the labels of training alone: tests and errors stay plain', async () => {
    const of = async (labelSmoothing: number) => {
      // A rate that changes no weight: what differs is the loss.
      const more = { labelSmoothing, optimizer: { learningRate: 1e-12 } };
      const run = sessionOf(ops, { ...more, evaluation: { every: 2, images: 4 } }, sourceOf().source);
      await run.session.start();
      run.session.dispose();
      return run;
    };
    const [plain, smoothed] = [await of(0), await of(0.3)];
    expect(smoothed.losses()).toHaveLength(5);
    smoothed.losses().forEach((loss, i) => {
      expect(Math.abs(loss - plain.losses()[i]!)).toBeGreaterThan(1e-3);
    });
    const tests = (run: typeof plain) => run.evaluations().map(({ error }) => error);
    expect(tests(smoothed)).toEqual(tests(plain));
    smoothed.evaluations().forEach(({ loss }, i) => {
      expect(loss).toBeCloseTo(plain.evaluations()[i]!.loss, 5);
    });
  });

  it('has diverged, too, if only the test at its end gives no number', async () => {
    let isTest = false;
    const { source } = sourceOf();
    const tested = {
      ...source,
      async *evaluation(...asked: Parameters<typeof source.evaluation>) {
        isTest = true;
        yield* source.evaluation(...asked);
        isTest = false;
      },
    };
    const lost: TrainingOps<Tensor> = {
      ...ops,
      softmaxCrossEntropy(logits, labels) {
        const result = ops.softmaxCrossEntropy(logits, labels);
        if (!isTest) return result;
        ops.dispose(result.metrics);
        return { ...result, metrics: ops.upload(Float32Array.of(NaN, 1), [2]) };
      },
    };
    // A test on the way may be: the net goes on to learn.
    const run = sessionOf(lost, { evaluation: { every: 2, images: 4, atEnd: true } }, tested);
    await run.session.start();
    expect(run.losses()).toHaveLength(5);
    expect(run.losses().every(Number.isFinite)).toBe(true);
    expect(run.evaluations().map(({ step, loss }) => [step, loss])).toEqual([
      [2, NaN],
      [4, NaN],
      [5, NaN],
    ]);
    expect(run.states().at(-1)).toMatchObject({ state: 'failed', reason: 'diverged', divergedAt: 5 });
    run.session.dispose();
  });

  it('hands on the error of its data, whole, and frees the other lanes', async () => {
    const { source, calls } = sourceOf();
    const cause = new TypeError('socket closed');
    source.next = () =>
      Promise.reject(Object.assign(new Error('no shard 3', { cause }), { name: 'ShardError' }));
    const run = sessionOf(ops, {}, source);
    await run.session.start();
    expect(run.states().at(-1)).toMatchObject({
      state: 'failed',
      reason: 'error',
      failure: {
        name: 'ShardError',
        message: 'no shard 3',
        cause: { name: 'TypeError', message: 'socket closed' },
      },
    });
    expect(run.states().at(-1)?.failure?.stack).toContain('no shard 3');
    expect(calls.left).toBe(true);
  });

  it('ends at once when the device is lost, and tells nothing after that', async () => {
    const { source, calls } = sourceOf({
      before: (index) => {
        if (index === 2) run.session.fail(new Error('the device was lost'));
      },
    });
    const run = sessionOf(ops, {}, source);
    await run.session.start();
    expect(run.events.at(-1)).toMatchObject({
      kind: 'state',
      state: 'failed',
      reason: 'error',
      failure: { message: 'the device was lost' },
    });
    expect(run.states()).toHaveLength(2);
    expect(calls.left).toBe(true);
  });

  it('gives the same curve and the same weights twice, to the last bit', async () => {
    const once = async () => {
      const run = sessionOf(ops, { model: { depth: 8, width: 8 }, steps: 12 }, sourceOf().source);
      await run.session.start();
      const weights = new Uint8Array(await run.session.safetensors());
      run.session.dispose();
      return { losses: run.losses(), weights };
    };
    const [first, second] = [await once(), await once()];
    expect(second.losses).toEqual(first.losses);
    expect(second.weights).toEqual(first.weights);
  });

  it('leaves no tensor behind', async () => {
    const before = ops.tensorCount();
    for (const hooks of [{}, { spoil: 1 }]) {
      const run = sessionOf(ops, { evaluation: { every: 2, images: 4 } }, sourceOf(hooks).source);
      await run.session.start();
      run.session.dispose();
    }
    expect(ops.tensorCount()).toBe(before);
  });
});
