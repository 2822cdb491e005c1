import { expect, test } from 'vitest';
import type { Provenance } from '../../protocol/protocol.ts';
import { computedBy } from './computedBy.ts';

const relaxed: Provenance = {
  backend: 'wasm',
  kernels: 'wasm-simd-relaxed',
  threads: 2,
  adapter: '',
  precision: 'f32',
  browser: 'Chromium 150 on Linux',
};

test('runs are named by what computed them; of others nothing is known', () => {
  const plain = { ...relaxed, kernels: 'wasm-simd' } as const;
  expect(
    computedBy([
      { name: 'plain-20', provenance: relaxed },
      { name: 'plain-56', provenance: { ...relaxed } },
      { name: 'a log', provenance: null },
      { name: 'ResNet-20', provenance: plain },
    ]),
  ).toEqual([
    { provenance: relaxed, names: ['plain-20', 'plain-56'] },
    { provenance: plain, names: ['ResNet-20'] },
  ]);
});
