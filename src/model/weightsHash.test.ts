import { expect, test } from 'vitest';
import type { ModelConfig } from './config.ts';
import { initialWeightsHash } from './weightsHash.ts';

const model = (patch: Partial<ModelConfig>): ModelConfig => ({
  family: 'cifar',
  block: 'plain',
  depth: 20,
  shortcut: 'A',
  width: 4,
  ...patch,
});

test('a plain net and its residual twin begin as the same weights', () => {
  expect(initialWeightsHash(model({ block: 'basic' }), 1)).toBe(initialWeightsHash(model({}), 1));
});

test('another seed, depth, width or shortcut with weights is another beginning', () => {
  const hashes = [
    initialWeightsHash(model({}), 1),
    initialWeightsHash(model({}), 2),
    initialWeightsHash(model({ depth: 26 }), 1),
    initialWeightsHash(model({ width: 5 }), 1),
    initialWeightsHash(model({ block: 'basic', shortcut: 'B' }), 1),
    initialWeightsHash(model({ block: 'bottleneck' }), 1),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{8}$/);
});
