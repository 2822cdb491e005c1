/** The last update, against two sets of parameters subtracted. */
import { describe, expect, test } from 'vitest';
import { normals } from '../../test/finiteDifferences.ts';
import { createReferenceOps } from '../kernels/reference/reference.ts';
import { parseRun } from '../model/config.ts';
import { buildGraph } from '../model/graph.ts';
import { initialParameters, layoutOf } from '../model/parameters.ts';
import { createRandom } from '../model/random.ts';
import { createSchedule } from '../model/schedule.ts';
import { lastUpdate } from './lastUpdate.ts';
import { Optimizer } from './optimizer.ts';

const STEPS = 4;

/** A run's optimiser with gradients of noise: what it remembers after each step, and what the step changed. */
async function* stepsOf(config: object, warmUpEnds = 0) {
  const ops = createReferenceOps();
  const run = parseRun({ model: { depth: 8, width: 1 }, steps: STEPS, ...config });
  const layout = layoutOf(buildGraph(run.model));
  const length = layout.trainableLength;
  const random = createRandom('updates');
  const initial = initialParameters(buildGraph(run.model), layout, random);
  const optimizer = new Optimizer(ops, run.optimizer, layout, ops.upload(initial, [length]));
  const schedule = createSchedule(run.schedule, run.optimizer.learningRate);
  let before = Float64Array.from(initial);
  for (let step = 0; step < STEPS; step++) {
    const rate = schedule.rate({ step, spent: step / STEPS, recentError: step < warmUpEnds ? 1 : 0 });
    optimizer.step(ops.upload(normals(random, [length]), [length]), rate);
    const after = Float64Array.from(await ops.download(optimizer.parameters));
    const slots = await Promise.all(optimizer.slots.map(async (slot) => Float32Array.from(await ops.download(slot)))); // prettier-ignore
    const moment = {
      run,
      step: step + 1,
      epoch: 0,
      trainingSeconds: 1,
      optimizerSteps: step + 1,
      warmedUp: schedule.warmedUp,
    };
    yield { moment, slots, change: after.map((value, i) => value - before[i]!) };
    before = after;
  }
}

const sgd = { type: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 0.01 };

describe('it is what the parameters differ by, within float32', () => {
  test.each<[string, object, number?]>([
    ['SGD', { optimizer: sgd }],
    ['SGD without decay of batch norm', { optimizer: { ...sgd, decayNormalisation: false } }],
    ['Adam', { optimizer: { type: 'adam', learningRate: 0.01, weightDecay: 0.01 } }],
    ['a cosine', { optimizer: sgd, schedule: { type: 'cosine' } }],
    ['a milestone', { optimizer: sgd, schedule: { type: 'steps', milestones: [2], factor: 0.1 } }],
    ['a warm-up of steps', { optimizer: sgd, schedule: { type: 'constant', warmUp: { learningRate: 0.01, steps: 2 } } }], // prettier-ignore
    ['a warm-up by error', { optimizer: sgd, schedule: { type: 'constant', warmUp: { learningRate: 0.01, untilError: 0.8 } } }, 3], // prettier-ignore
  ])('%s', async (_, config, warmUpEnds) => {
    let steps = 0;
    for await (const { moment, slots, change } of stepsOf(config, warmUpEnds)) {
      const update = lastUpdate(moment, slots)!;
      const largest = Math.max(...change.map(Math.abs));
      expect(largest).toBeGreaterThan(0);
      change.forEach((value, i) => expect(Math.abs(update[i]! - value)).toBeLessThan(2e-6 * largest));
      steps++;
    }
    expect(steps).toBe(STEPS);
  });
});

test('nobody can say it before the first step, nor of RMSprop', async () => {
  for await (const { moment, slots } of stepsOf({ optimizer: { type: 'rmsprop', learningRate: 0.01 } }))
    expect(lastUpdate(moment, slots)).toBeNull();
  for await (const { moment, slots } of stepsOf({ optimizer: sgd }))
    expect(lastUpdate({ ...moment, step: 0, optimizerSteps: 0 }, slots)).toBeNull();
});
