import { expect, test } from 'vitest';
import { parseExperiment } from '../../src/model/config.ts';
import { Interruption } from '../interruption.ts';
import { openNodeOps } from '../node/nodeDevice.ts';
import { trainLane } from './trainLane.ts';

const STEPS = 12;

/** A plain net, and its twin that goes on from it after half of the steps. */
const experiment = (learningRate: number) =>
  parseExperiment({
    lanes: [
      { id: 'origin', model: { depth: 8, block: 'plain', width: 1 } },
      {
        id: 'branch',
        model: { depth: 8, block: 'basic', width: 1 },
        from: { lane: 'origin', step: STEPS / 2 },
      },
    ],
    recipe: {
      steps: STEPS,
      batchSize: 2,
      augment: 'none',
      optimizer: { type: 'sgd', learningRate, momentum: 0.9, weightDecay: 1e-4 },
      schedule: { type: 'constant' },
      evaluation: { every: 0, images: 2, atEnd: false },
    },
  });

async function trained(learningRate: number, id: string) {
  const ops = await openNodeOps('wasm');
  const { lanes, ...shared } = experiment(learningRate);
  const lane = lanes.find((one) => one.id === id)!;
  const origin = { commit: 'abc', date: '2026-11-27', device: 'wasm' };
  const training = {
    ops,
    backend: 'wasm',
    data: undefined,
    interruption: new Interruption(),
    origin,
  } as const;
  return (await trainLane({ ...shared, lanes }, lane, training))!;
}

test('a net that goes on from another one has its first steps, and then its own', async () => {
  const [origin, branch] = [await trained(0.1, 'origin'), await trained(0.1, 'branch')];
  expect([origin.error.length, branch.error.length]).toEqual([STEPS, STEPS]);
  expect(branch.error.slice(0, STEPS / 2)).toEqual(origin.error.slice(0, STEPS / 2));
  expect(branch.error).not.toEqual(origin.error);
  expect(branch.divergedAt).toBeNull();
});

test('one whose origin diverged before it could begin diverged there', async () => {
  const [origin, branch] = [await trained(1e20, 'origin'), await trained(1e20, 'branch')];
  expect(origin.divergedAt).toBeLessThan(STEPS / 2);
  expect([branch.divergedAt, branch.error]).toEqual([origin.divergedAt, origin.error]);
});
