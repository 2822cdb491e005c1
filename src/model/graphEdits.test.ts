import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRun } from './config.ts';
import { buildGraph, type Graph } from './graph.ts';
import { arranged, blocksOf, commonLayer, without } from './graphEdits.ts';
import { layoutOf } from './parameters.ts';
import { inputsOf } from './passes.ts';
import { measureGraph } from './shapes.ts';

const graphOf = (model: object): Graph => buildGraph(parseRun({ model, steps: 1 }).model);
const netOf = (model: object) => {
  const graph = graphOf(model);
  return { graph, layout: layoutOf(graph) };
};

const models = {
  plain: { depth: 20, block: 'plain', width: 2 },
  'option A': { depth: 20, width: 2 },
  'option B': { depth: 14, width: 2, shortcut: 'B' },
  'option C': { depth: 14, width: 2, shortcut: 'C' },
  bottleneck: { depth: 20, width: 1, block: 'bottleneck', shortcut: 'B' },
};

describe.each(Object.entries(models))('%s', (name, model) => {
  const net = netOf(model);
  const blocks = blocksOf(net.graph);
  const count = blocks.length;

  test('its blocks follow on each other, three stages of them', () => {
    expect(blocks.map(({ stage }) => stage)).toEqual([1, 2, 3].flatMap((stage) => Array<number>(count / 3).fill(stage))); // prettier-ignore
    blocks.slice(1).forEach(({ input }, i) => expect(input).toBe(blocks[i]!.last));
  });

  test('of plain blocks those that change shapes cannot be removed; of residual ones all can', () => {
    const fixed = blocks.filter(({ bypass }) => bypass === null).map(({ stage, block }) => [stage, block]);
    const changes = [[2, 0], [3, 0]]; // prettier-ignore
    expect(fixed).toEqual(name === 'plain' ? changes : []);
  });

  test('as it is, it is the net itself', () => {
    expect(arranged(net, without(count, []))).toEqual(net);
  });

  test('however it is arranged, it is a net whose slots lie where they lay and fit its layers', () => {
    const arrangements = fc.record({
      removed: fc.subarray(blocks.flatMap(({ bypass }, i) => (bypass === null ? [] : [i]))),
      seed: fc.shuffledSubarray([...blocks.keys()], { minLength: count }),
    });
    fc.assert(
      fc.property(arrangements, ({ removed, seed }) => {
        // Blocks of one shape in the order of the seed, at the places that such blocks have.
        const shuffled = blocks.map(({ shape }, place) => {
          const alike = blocks.flatMap((block, i) => (block.shape === shape ? [i] : []));
          const inOrder = seed.filter((i) => alike.includes(i));
          return inOrder[alike.indexOf(place)]!;
        });
        const arrangement = shuffled.map((put, place) => (removed.includes(place) ? null : put));
        const { graph, layout } = arranged(net, arrangement);
        graph.layers.forEach((layer, i) => expect(Math.max(...inputsOf(layer))).toBeLessThan(i));
        const sizes = measureGraph(graph).layers;
        expect(sizes.at(-1)!.output.channels).toBe(10);
        graph.layers.forEach((layer, i) => {
          if (layer.kind !== 'conv' && layer.kind !== 'padShortcut') return;
          const input = layer.input < 0 ? graph.input : sizes[layer.input]!.output;
          expect([i, input.channels]).toEqual([i, layer.inChannels]);
        });
        const own = layoutOf(graph);
        for (const kind of ['trainable', 'statistics'] as const) {
          const byLayer = [...layout[kind]].sort((a, b) => a.layer - b.layer || a.offset - b.offset);
          const shapes = (slots: typeof byLayer) => slots.map(({ layer, role, shape, size }) => ({ layer, role, shape, size })); // prettier-ignore
          expect(shapes(byLayer)).toEqual(shapes([...own[kind]]));
          for (const slot of layout[kind]) {
            const before = net.layout[kind].find(({ offset }) => offset === slot.offset)!;
            expect(graph.layers[slot.layer]!.name).toBe(net.graph.layers[before.layer]!.name);
          }
          const offsets = layout[kind].map(({ offset }) => offset);
          expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
        }
        expect(layout.trainableLength).toBe(net.layout.trainableLength);
        const common = commonLayer(net.graph, blocks, { arrangement, shortcuts: 1 });
        expect(graph.layers.slice(0, common + 1)).toEqual(net.graph.layers.slice(0, common + 1));
      }),
      { numRuns: 30 },
    );
  });
});

test('what cannot be arranged is refused', () => {
  const net = netOf(models.plain);
  const count = blocksOf(net.graph).length;
  const as = (change: (arrangement: (number | null)[]) => void) => () => {
    const arrangement = [...without(count, [])];
    change(arrangement);
    arranged(net, arrangement);
  };
  expect(as((a) => (a[3] = null))).toThrow('Block 3 cannot be removed');
  expect(as((a) => ([a[2], a[4]] = [4, 2]))).toThrow('does not fit');
  expect(as((a) => (a[1] = 0))).toThrow('There is no block 0 for place 1');
  expect(as((a) => (a[1] = 99))).toThrow(RangeError);
  expect(as((a) => a.pop())).toThrow(RangeError);
});

test('a block that other blocks read, too, is none', () => {
  const graph = graphOf({ depth: 20 });
  const [, second, third] = blocksOf(graph);
  const layers = graph.layers.map((layer, i) =>
    i === third!.last && layer.kind === 'batchNorm' ? { ...layer, residual: second!.input } : layer,
  );
  const found = blocksOf({ ...graph, layers }).map(({ stage, block }) => `${stage}.${block}`);
  expect(found).not.toContain('1.1');
  expect(found).not.toContain('1.2');
  expect(found).toContain('2.0');
});

test('without shortcuts that bring anything, a factor changes nothing', () => {
  for (const [block, layer] of [
    ['plain', 'last'],
    ['basic', 'first'],
  ] as const) {
    // prettier-ignore
    const { graph } = netOf({ depth: 8, block });
    const blocks = blocksOf(graph);
    const edit = { arrangement: without(3, []), shortcuts: 0.5 };
    expect(commonLayer(graph, blocks, edit)).toBe(layer === 'last' ? blocks[2]!.last : blocks[0]!.input);
  }
});
