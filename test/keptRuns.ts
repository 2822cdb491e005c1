/** Runs that are kept, killed at any moment and gone on with, through the workers' handlers: to the same points as one never killed. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingOps } from '../src/kernels/ops.ts';
import { endOf, small8, store, trainLanes, until, whole } from './keptLanes.ts';

export interface KeptRunsOptions {
  readonly missing?: string | null;
  readonly steps: number;
  /** Every so many steps it is killed. */
  readonly killEvery?: number;
  /** How many of the recipes are tried: the first ones. */
  readonly recipes?: number;
}

const recipes = {
  'Adam with a cosine, a plain net': {
    model: { depth: 8, width: 2, block: 'plain' },
    optimizer: { type: 'adam', learningRate: 0.01, decayNormalisation: false, weightDecay: 1e-3 },
    schedule: { type: 'cosine', warmUp: { learningRate: 0.001, steps: 5 } },
    augment: 'none',
  },
  'SGD, a residual net, augmented': {
    optimizer: { type: 'sgd', learningRate: 0.05, momentum: 0.9, weightDecay: 1e-3 },
    schedule: { type: 'steps', milestones: [5, 9], factor: 0.1 },
  },
  'RMSprop, in file order': {
    optimizer: { type: 'rmsprop', learningRate: 0.001 },
    order: 'sequential',
  },
};

/** `createOps` is called once, before the first test. */
export function describeKeptRuns(
  backend: string,
  createOps: () => Promise<TrainingOps<Tensor>>,
  { missing = null, steps, killEvery = 1, recipes: count = 3 }: KeptRunsOptions,
): void {
  const title = `kept runs on ${backend}${missing === null ? '' : ` (SKIPPED: ${missing})`}`;
  describe.skipIf(missing !== null)(title, () => {
    let ops: TrainingOps<Tensor>;
    beforeAll(async () => {
      ops = await createOps();
    });

    it.each(Object.entries(recipes).slice(0, count))(
      '%s: killed after any step, it goes on to the same points, and no evaluation is lost or told twice',
      async (_, recipe) => {
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
      const [plain, residual] = ['plain', 'basic'].map((block) =>
        small8({ steps, model: { depth: 8, width: 2, block } }),
      );
      const tasks = [{ run: plain! }, { run: residual! }, { run: plain! }];
      const kept = await trainLanes(ops, tasks, { keepEvery: 3 });
      const expected = kept.map((messages) => whole(store(messages)));
      const before = kept.map((messages, i) => store(until(messages, [1, 3, steps - 1][i]!)));
      expect(new Set(before.map(({ last }) => last!.step)).size).toBe(3);
      const again = await trainLanes(
        ops,
        tasks.map((task, i) => ({ ...task, from: before[i]!.last! })),
        { keepEvery: 3 },
      );
      expect(again.map((messages, i) => whole(store(messages, before[i])))).toEqual(expected);
    });
  });
}
