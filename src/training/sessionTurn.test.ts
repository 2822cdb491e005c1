import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createNodeOps } from '../../test/backends.ts';
import { createDeferred } from '../model/deferred.ts';
import type { TrainingOps } from '../kernels/ops.ts';
import type { Session } from './session.ts';
import { sessionOf, sourceOf } from './testing/testSession.ts';

let ops: TrainingOps<Tensor>;
beforeAll(async () => {
  ops = await createNodeOps('wasm');
});

describe('what a session does before its first step', () => {
  it('has its kernels compiled before the first step and tells how far that is, then those of the evaluation', async () => {
    const { source, calls } = sourceOf();
    const stepsBefore: number[] = [];
    const run = sessionOf(ops, { steps: 2 }, source, (_work, onProgress) => {
      stepsBefore.push(calls.next);
      onProgress?.(0, 1);
      onProgress?.(1, 1);
      return Promise.resolve();
    });
    await run.session.start();
    expect(stepsBefore).toEqual([0, 1]);
    const kinds = run.events.map(({ kind }) => kind);
    expect(kinds.slice(0, 3)).toEqual(['state', 'compiling', 'compiling']);
    expect(run.events.slice(1, 3)).toEqual([
      { kind: 'compiling', done: 0, total: 1 },
      { kind: 'compiling', done: 1, total: 1 },
    ]);
    expect(kinds.filter((kind) => kind === 'compiling')).toHaveLength(2);
    run.session.dispose();
  });

  it.each(['steps', 'evaluation'])(
    'says whole that kernels cannot be compiled: those of its %s',
    async (of) => {
      let asked = 0;
      const refused = of === 'steps' ? 0 : 1;
      const run = sessionOf(ops, { steps: 1 }, sourceOf().source, () =>
        asked++ === refused ? Promise.reject(new Error('no such kernel')) : Promise.resolve(),
      );
      await run.session.start();
      const failure = { message: 'no such kernel' };
      const end = run.states().at(-1);
      if (of === 'steps') {
        expect(run.losses()).toHaveLength(0);
        expect(end).toMatchObject({ state: 'failed', reason: 'error', failure });
      } else {
        // What was trained is there, and only the test is not.
        expect(run.losses()).toHaveLength(1);
        expect(end).toMatchObject({ state: 'finished', reason: 'completed' });
        const missed = run.events.filter(({ kind }) => kind === 'unevaluated');
        expect(missed).toMatchObject([{ complete: true, failure }]);
      }
      run.session.dispose();
    },
  );

  it('compiles in its turn, and ends it after the first step', async () => {
    const { source, calls } = sourceOf();
    const order: string[] = [];
    const prepare = () => {
      order.push('compiled');
      return Promise.resolve();
    };
    const run = sessionOf(ops, { steps: 3, evaluation: { atEnd: false } }, source, prepare, () => {
      order.push('turn');
      return Promise.resolve(() => void order.push(`over after ${calls.next}`));
    });
    await run.session.start();
    expect(order.slice(0, 3)).toEqual(['turn', 'compiled', 'over after 1']);
    run.session.dispose();
  });

  it.each([
    ['paused', (session: Session<Tensor>) => session.pause()],
    ['stopped', (session: Session<Tensor>) => session.stop()],
    ['failed', (session: Session<Tensor>) => session.fail(new Error('the device was lost'))],
  ])(
    'ends its turn when it is %s before the first step, and compiles no more than it must',
    async (_, end) => {
      const { source, calls } = sourceOf();
      let over = false;
      let compiled = 0;
      const turn = createDeferred<() => void>();
      const prepare = () => {
        compiled++;
        return Promise.resolve();
      };
      const run = sessionOf(ops, { steps: 3 }, source, prepare, () => turn.promise);
      const ended = run.session.start();
      end(run.session);
      turn.resolve(() => (over = true));
      await vi.waitFor(() => expect(over).toBe(true));
      expect(calls.next).toBe(0);
      const isPaused = run.states().at(-1)!.state === 'paused';
      expect(compiled).toBe(isPaused ? 1 : 0);
      run.session.stop();
      await ended;
      run.session.dispose();
    },
  );

  it('hears a stop while it waits for its turn', async () => {
    const run = sessionOf(ops, { steps: 3 }, sourceOf().source, undefined, (abort) => {
      const given = createDeferred<() => void>();
      abort.addEventListener('abort', () => given.resolve(() => undefined));
      return given.promise;
    });
    const ended = run.session.start();
    run.session.stop();
    await ended;
    expect(run.states().at(-1)).toMatchObject({ state: 'finished', reason: 'stopped', step: 0 });
    run.session.dispose();
  });

  it('ends its turn when its first batch is late', async () => {
    const { source } = sourceOf();
    const data = createDeferred<undefined>();
    let over = false;
    const late = { ...source, next: () => data.promise.then(() => source.next()) };
    const run = sessionOf(ops, { steps: 1 }, late, undefined, () => Promise.resolve(() => (over = true)));
    const ended = run.session.start();
    await vi.waitFor(() => expect(over).toBe(true));
    expect(run.losses()).toEqual([]);
    data.resolve(undefined);
    await ended;
    expect(run.losses()).toHaveLength(1);
    run.session.dispose();
  });

  it('spends no time of its budget while others begin', async () => {
    const { source } = sourceOf();
    let seconds = 0;
    const slow: typeof source = {
      ...source,
      async next() {
        const batch = await source.next();
        // The second is dealt when all have taken the first.
        seconds += batch.index === 1 ? 50 : 0.1;
        return batch;
      },
    };
    const run = sessionOf(
      ops,
      { steps: undefined, minutes: 1 / 60 },
      slow,
      undefined,
      undefined,
      () => seconds,
    );
    await run.session.start();
    expect(run.losses().length).toBeGreaterThan(5);
    const times = run.steps().flatMap(({ trainingSeconds }) => [...trainingSeconds]);
    expect(Math.max(...times)).toBeLessThan(2);
    run.session.dispose();
  });
});
