import { expect, test } from 'vitest';
import { decodeExperiment, encodeExperiment } from './link.ts';
import { LinkError } from './linkError.ts';

function faultOf(hash: string): readonly [LinkError['kind'], string] {
  try {
    decodeExperiment(hash);
  } catch (error) {
    if (error instanceof LinkError) return [error.kind, error.detail];
    throw error;
  }
  throw new Error('expected a LinkError');
}

test('a lane that goes on from another one says from which, where, and with what changed', () => {
  const link = '#e=1p56x8,r56x8:1_300,p56x8!s0.01_0.9_0.0001:1_50_n700_b32_s9_a1@lower,p56x8:3_60;n600;b64;a';
  const { lanes } = decodeExperiment(link);
  expect(lanes.map(({ id, from }) => [id, from])).toEqual([
    ['plain-56', undefined],
    ['resnet-56', { lane: 'plain-56', step: 300, changes: {} }],
    [
      'lower',
      { lane: 'plain-56', step: 50, changes: { steps: 700, batchSize: 32, seed: 9, augment: 'paper' } },
    ],
    ['plain-56-2', { lane: 'lower', step: 60, changes: {} }],
  ]);
  expect(`#${encodeExperiment(decodeExperiment(link))}`).toBe(link);
  for (const through of [encodeURIComponent(link.slice(1)), `${link})`, `${link}&utm_source=x`]) {
    expect(decodeExperiment(through).lanes).toEqual(lanes);
  }
});

test.each([
  ['#e=1p20,r20:;n1', 'unreadable', ''],
  ['#e=1p20,r20:1;n1', 'unreadable', '1'],
  ['#e=1p20,r20:1_x;n1', 'unreadable', '1_x'],
  ['#e=1p20,r20:1_2_q3;n9', 'unreadable', '1_2_q3'],
  ['#e=1p20,r20:1_2_b3_b4;n9', 'unreadable', '1_2_b3_b4'],
  ['#e=1p20,r20:1_2_a2;n9', 'unreadable', '1_2_a2'],
])('%s is no such lane', (hash, kind, detail) => {
  expect(faultOf(hash)).toEqual([kind, detail]);
});

test.each([
  ['#e=1p20,r20:2_3;n300', 'lanes.1.from: there is no such lane before it'],
  ['#e=1p20,r20:0_3;n300', 'lanes.1.from: there is no such lane before it'],
  ['#e=1p20,r20:1_300;n300', 'lanes.1.from: it ends after 300 steps'],
  ['#e=1p20,r20B:1_30;n300', 'lanes.1.from: the weights that it goes on from do not fit'],
  ['#e=1p20,r20:1_1.5;n300', 'lanes.1.from.step: '],
  ['#e=1p20,r20:1_5_b0;n300', 'lanes.1.from.changes.batchSize: '],
])('%s is refused in the words of the schema', (hash, detail) => {
  const [kind, said] = faultOf(hash);
  expect([kind, said.slice(0, detail.length)]).toEqual(['refused', detail]);
});
