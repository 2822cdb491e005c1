import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createNodeOps } from '../../test/backends.ts';
import { DeviceError } from '../kernels/deviceError.ts';
import { DeviceLostError } from '../kernels/deviceLostError.ts';
import type { TrainingOps } from '../kernels/ops.ts';
import { HelperError } from '../kernels/wasm/threads/helperError.ts';
import { LaneError } from '../protocol/laneError.ts';
import { sessionOf, sourceOf } from './testing/testSession.ts';

let ops: TrainingOps<Tensor>;
beforeAll(async () => {
  ops = await createNodeOps('wasm');
});

describe('a session whose data or device fail', () => {
  it('is not failed by a test that cannot be had: that is said, and training goes on to its end', async () => {
    const { source } = sourceOf();
    const failing = {
      ...source,
      // eslint-disable-next-line @typescript-eslint/require-await -- what the interface asks for
      async *evaluation(): AsyncGenerator<never> {
        throw Object.assign(new Error('no test shard'), { name: 'ShardError' });
      },
    };
    const run = sessionOf(ops, { evaluation: { every: 2, images: 4, atEnd: true } }, failing);
    await run.session.start();
    expect(run.losses()).toHaveLength(5);
    expect(run.states().at(-1)).toMatchObject({ state: 'finished', reason: 'completed', step: 5 });
    const missed = run.events.flatMap((event) => (event.kind === 'unevaluated' ? event : []));
    expect(missed).toMatchObject([
      { step: 2, complete: false, failure: { name: 'ShardError', message: 'no test shard' } },
      { step: 4, complete: false },
      { step: 5, complete: true },
    ]);
    expect((await run.session.safetensors()).byteLength).toBeGreaterThan(0);
    run.session.dispose();
  });

  it('stops at once while it waits for a batch or a test that never comes', async () => {
    const never = new Promise<never>(() => undefined);
    const noBatch = { ...sourceOf().source, next: () => never };
    const noTest = {
      ...sourceOf().source,
      async *evaluation(): AsyncGenerator<never> {
        await never;
      },
    };
    for (const [silent, step] of [
      [noBatch, 0],
      [noTest, 5],
    ] as const) {
      const run = sessionOf(ops, {}, silent);
      const ended = run.session.start();
      await vi.waitFor(() => expect(run.losses()).toHaveLength(step));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(run.states().at(-1)).toMatchObject({ state: 'running' });
      run.session.stop();
      await ended;
      expect(run.states().at(-1)).toMatchObject({ state: 'finished', reason: 'stopped', step });
      run.session.dispose();
    }
  });

  it('ends as failed, with what it has, when what it needs has failed elsewhere', async () => {
    const lost = Object.assign(new Error('The data worker broke.'), { name: 'WorkerError' });
    const { source, calls } = sourceOf({
      before: (index) => {
        if (index === 3) run.session.stop(lost);
      },
    });
    const run = sessionOf(ops, {}, source);
    await run.session.start();
    expect(run.losses()).toHaveLength(3);
    expect(run.states().at(-1)).toMatchObject({
      state: 'failed',
      reason: 'error',
      step: 3,
      failure: { name: 'WorkerError', message: 'The data worker broke.' },
    });
    expect([calls.left, (await run.session.safetensors()).byteLength > 0]).toEqual([true, true]);
    run.session.dispose();
  });

  it('is still to be tested when its device or its data are lost in a test: in one on the way, and in the last', async () => {
    for (const how of ['stop', 'fail'] as const)
      for (const every of [2, 0]) {
        const { source } = sourceOf();
        const lost = new Error('lost');
        const run = sessionOf(
          ops,
          { evaluation: { every, images: 4, atEnd: true } },
          {
            ...source,
            next: () => source.next(),
            async *evaluation(): AsyncGenerator<never> {
              run.session[how](lost);
              await new Promise<never>(() => undefined);
            },
          },
        );
        await run.session.start();
        const step = every === 0 ? 5 : 2;
        expect(run.events.filter(({ kind }) => kind === 'unevaluated' || kind === 'evaluation')).toEqual([]);
        expect(run.states().at(-1)).toMatchObject({ state: 'failed', reason: 'error', step });
        run.session.dispose();
      }
  });

  it.each([
    ['LaneError', new LaneError('The data worker has ended.')],
    ['DeviceLostError', new DeviceLostError('The device was destroyed.')],
    ['DeviceError', new DeviceError('The device refuses.')],
    ['HelperError', new HelperError('it has ended')],
  ])('fails where a test meets a %s, which is no test that cannot be had', async (name, gone) => {
    const { source } = sourceOf();
    const run = sessionOf(
      ops,
      { evaluation: { every: 2, images: 4, atEnd: true } },
      {
        ...source,
        // eslint-disable-next-line @typescript-eslint/require-await -- what the interface asks for
        async *evaluation(): AsyncGenerator<never> {
          throw gone;
        },
      },
    );
    await run.session.start();
    expect(run.events.filter(({ kind }) => kind === 'unevaluated')).toEqual([]);
    expect(run.states().at(-1)).toMatchObject({ state: 'failed', step: 2, failure: { name } });
    run.session.dispose();
  });

  it('says an error of its device in the words that the device has for it', async () => {
    const words = Object.assign(new Error('There was no memory left.'), { name: 'OutOfMemoryError' });
    const aborted = new Error('Aborted(). Build with -sASSERTIONS for more info.');
    const full = { ...ops, upload: () => { throw aborted; }, explain: (error: unknown) => (error === aborted ? words : undefined) }; // prettier-ignore
    let broken = false;
    const run = sessionOf(
      { ...ops, explain: full.explain, upload: (...args) => (broken ? full.upload() : ops.upload(...args)) },
      {},
      sourceOf({ before: (index) => (broken = index === 1) }).source,
    );
    await run.session.start();
    expect(run.states().at(-1)?.failure).toMatchObject({
      name: 'OutOfMemoryError',
      message: 'There was no memory left.',
    });
  });
});
