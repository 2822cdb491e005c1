import { expect, test } from 'vitest';
import { modelOf } from '../../inside/testing/smallNet.ts';
import { buildGraph } from '../../model/graph.ts';
import { stopsOf } from './stops.ts';

const stops = (model: object) => stopsOf(buildGraph(modelOf(model)));

test('a stop before the first block and behind each; stages are of one length, whatever the depth', () => {
  for (const depth of [8, 20, 56]) {
    const own = stops({ depth, width: 2 });
    expect(own).toHaveLength(1 + (depth - 2) / 2);
    const each = (depth - 2) / 6;
    expect([own[0]!.place, own[each]!.place, own[2 * each]!.place, own.at(-1)!.place]).toEqual([0, 1, 2, 3]);
    expect([own[0]!.channels, own[each]!.channels, own.at(-1)!.channels]).toEqual([2, 2, 8]);
  }
});

test.each([
  ['plain', { depth: 20, block: 'plain', width: 2 }, 9],
  ['option A', { depth: 20, width: 2 }, 7],
  ['option B', { depth: 20, width: 2, shortcut: 'B' }, 7],
  ['option C', { depth: 20, width: 2, shortcut: 'C' }, 9],
  ['bottleneck', { depth: 29, block: 'bottleneck', shortcut: 'B', width: 1 }, 7],
])(
  '%s: the last layer fits in the last stage; it has a basis where every block from there on adds to x',
  (_, model, first) => {
    const own = stops(model);
    expect(own.map(({ canExit }) => canExit)).toEqual(own.map((__, i) => i >= 7));
    expect(own.map(({ hasBasis }) => hasBasis)).toEqual(own.map((__, i) => i >= first));
  },
);
