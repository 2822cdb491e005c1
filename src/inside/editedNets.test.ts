/** Edited nets on the float64 reference, each against the same made in another way. */
import { describe, expect, test } from 'vitest';
import { createReferenceOps } from '../kernels/reference/reference.ts';
import type { ModelConfig } from '../model/config.ts';
import { buildGraph } from '../model/graph.ts';
import { arranged, blocksOf, without } from '../model/graphEdits.ts';
import { layoutOf } from '../model/parameters.ts';
import { measureGraph } from '../model/shapes.ts';
import { tensorsOf } from '../model/netWeights.ts';
import { Network } from '../training/network.ts';
import { PartialNetwork } from '../training/partialNetwork.ts';
import { unbiasedFactors } from '../training/unbiased.ts';
import { fromTensor, toTensor, type FlatWeights } from '../training/weights.ts';
import { EditedNets } from './editedNets.ts';
import { LookCancelled } from './look.ts';
import { LookedNet } from './lookedNet.ts';
import { Scaled } from './scaled.ts';
import { anyBatch, anyWeights, modelOf } from './testing/smallNet.ts';

const ops = createReferenceOps();
const open = (model: ModelConfig, weights: FlatWeights) =>
  new LookedNet(ops, model, 'per-pixel-mean', weights);
const batch = anyBatch(3, 'images');

function logitsOf(net: LookedNet<ReturnType<typeof ops.upload>>, arrangement: readonly (number | null)[]) {
  const { graph, layout } = arranged(net, arrangement);
  const network = new Network(ops, graph, layout);
  return network.logits(net.parameters, net.statistics, net.upload(batch.images)).data;
}
const intactLogits = (net: LookedNet<ReturnType<typeof ops.upload>>) =>
  net.logits(net.upload(batch.images)).data;

/** Weights for `to` out of those of `from`: each tensor has the numbers of the one that `origin` names. */
function copied(
  from: ModelConfig,
  weights: FlatWeights,
  to: ModelConfig,
  origin: (name: string) => string,
): FlatWeights {
  const namesOf = (model: ModelConfig) => {
    const graph = buildGraph(model);
    const layout = layoutOf(graph);
    return { layout, named: tensorsOf(graph, layout) };
  };
  const [source, target] = [namesOf(from), namesOf(to)];
  const made = {
    parameters: new Float32Array(target.layout.trainableLength),
    statistics: new Float32Array(target.layout.statisticsLength),
  };
  const flat = (of: FlatWeights, role: string) => (role === 'statistics' ? of.statistics : of.parameters);
  for (const named of target.named) {
    const old = source.named.find(({ name }) => name === origin(named.name))!;
    fromTensor(named, flat(made, named.slot.role), toTensor(old, flat(weights, old.slot.role)));
  }
  return made;
}

const kinds = {
  plain: { block: 'plain', width: 1 },
  'option A': { block: 'basic', width: 2 },
  'option B': { block: 'basic', width: 1, shortcut: 'B' },
  'option C': { block: 'basic', width: 1, shortcut: 'C' },
} as const;

describe.each(Object.entries(kinds))('%s', (kind, model) => {
  const large = modelOf({ ...model, depth: 14 });
  const weights = anyWeights(large, kind);
  const net = open(large, weights);
  const blocks = blocksOf(net.graph);

  test('without the second block of each stage it is the net that is built without them', () => {
    if (kind === 'option C') return; // A projection of the block that is removed stays: it is no net of the family.
    const small = modelOf({ ...model, depth: 8 });
    const other = open(
      small,
      copied(large, weights, small, (name) => name),
    );
    expect(logitsOf(net, without(6, [1, 3, 5]))).toEqual(intactLogits(other));
  });

  test('with its blocks of one shape exchanged it is the net with their numbers exchanged', () => {
    const deep = modelOf({ ...model, depth: 20 });
    const own = anyWeights(deep, kind);
    const swap = (name: string) => name.replace(/^layer1\.([02])\./, (_, block) => `layer1.${2 - Number(block)}.`); // prettier-ignore
    const other = open(deep, copied(deep, own, deep, swap));
    expect(logitsOf(open(deep, own), [2, 1, 0, 3, 4, 5, 6, 7, 8])).toEqual(intactLogits(other));
  });

  test('a block removed is one whose branch gives zeros', () => {
    if (kind === 'plain') return; // There it has no branch.
    for (const [i, { last }] of blocks.entries()) {
      const silent = { ...weights, parameters: weights.parameters.slice() };
      const slot = net.layout.trainable.find(({ layer }) => layer === last)!;
      silent.parameters.fill(0, slot.offset, slot.offset + slot.size);
      expect(logitsOf(net, without(6, [i])), `block ${i}`).toEqual(intactLogits(open(large, silent)));
    }
  });

  test('on from where they differ, and with what they have in common computed once, edits err as they do alone', async () => {
    const edits = [
      { arrangement: without(6, []), shortcuts: 1 },
      { arrangement: without(6, [1]), shortcuts: 1 },
      { arrangement: without(6, [1, 3]), shortcuts: 1 },
      { arrangement: without(6, [5]), shortcuts: 1 },
      { arrangement: without(6, [0]), shortcuts: 1 },
    ];
    const edited = new EditedNets({ ops, turn: () => Promise.resolve() }, net, edits);
    const many = anyBatch(12, 'many');
    const found = await edited.wrong(many, () => undefined);
    edits.forEach(({ arrangement }, i) => {
      const { graph, layout } = arranged(net, arrangement);
      const logits = new Network(ops, graph, layout).logits(net.parameters, net.statistics, net.upload(many.images)); // prettier-ignore
      const wrong = [...many.labels].filter((label, n) => {
        const own = [...logits.data.subarray(10 * n, 10 * n + 10)];
        return own.indexOf(Math.max(...own)) !== label;
      });
      expect([i, found[i]]).toEqual([i, wrong.length]);
    });
    edited.dispose();
  });

  test('estimated again, its statistics are the mean moments of training passes, the variance unbiased', async () => {
    const arrangement = without(6, [3]);
    const edits = [
      { arrangement: without(6, []), shortcuts: 1 },
      { arrangement, shortcuts: 1 },
    ];
    const edited = new EditedNets({ ops, turn: () => Promise.resolve() }, net, edits);
    const batches = [anyBatch(3, 'one'), anyBatch(3, 'two')];
    async function* all() {
      for (const one of batches) yield await Promise.resolve(one);
    }
    let passes = 0;
    const found = await edited.estimate(all(), () => passes++);
    expect(passes).toBe(4);
    for (const [i, { arrangement: asked }] of edits.entries()) {
      const { graph, layout } = arranged(net, asked);
      const factors = unbiasedFactors(layout, measureGraph(graph), 3);
      const [one, two] = batches.map(({ images, labels }) => {
        const network = new Network(ops, graph, layout);
        return network.gradients(net.parameters, net.upload(images), labels, 0).moments.data;
      });
      for (const { offset, size } of layout.statistics) {
        for (let at = offset; at < offset + size; at++) {
          const mean = ((one![at]! + two![at]!) / 2) * factors[at]!;
          expect(Math.abs(found.edits[i]![at]! - mean)).toBeLessThan(1e-6 * Math.max(1, Math.abs(mean)));
        }
      }
    }
    expect(found.own).toEqual(found.edits[0]);
    edited.dispose();
  });
});

describe('the dial', () => {
  const model = modelOf({ depth: 8, block: 'basic', width: 2 });
  const net = open(model, anyWeights(model, 'dial'));
  const network = new PartialNetwork(ops, net.graph, net.layout);
  const scaled = new Scaled(ops);
  const at = (factor: number, from: number, to: number, given: ReturnType<typeof ops.upload>) =>
    network.evaluate(net.parameters, net.statistics, given, {
      from,
      to,
      shortcut: (x) => scaled.times(x, factor),
    }).data;

  test('at 1 it is the net, to the last bits; and an edit that dials nothing is the net to the very last', () => {
    const dialled = at(1, -1, net.graph.layers.length - 1, net.upload(batch.images));
    intactLogits(net).forEach((value, i) => expect(Math.abs(dialled[i]! - value)).toBeLessThan(1e-13));
    const alone = network.evaluate(net.parameters, net.statistics, net.upload(batch.images));
    expect(alone.data).toEqual(intactLogits(net));
  });

  test('at 0 a basic block is its branch alone, at a half it adds half of its input', () => {
    const [first] = blocksOf(net.graph);
    const x = network.evaluate(net.parameters, net.statistics, net.upload(batch.images), {
      to: first!.input,
    });
    const view = (layer: number, of: 'trainable' | 'statistics') =>
      ops.view(
        of === 'statistics' ? net.statistics : net.parameters,
        net.layout[of].find((slot) => slot.layer === layer)!,
      );
    const norm = (layer: number, input: typeof x, relu: boolean) =>
      ops.batchNormInference(input, view(layer, 'trainable'), view(layer, 'statistics'), null, relu);
    const { first: conv } = first!;
    const inner = norm(conv + 1, ops.conv2d(x, view(conv, 'trainable'), 1), true);
    const branch = norm(conv + 3, ops.conv2d(inner, view(conv + 2, 'trainable'), 1), false).data;
    for (const factor of [0, 0.5]) {
      const found = at(factor, first!.input, first!.last, x);
      branch.forEach((value, i) =>
        expect(found[i]).toBeCloseTo(Math.max(0, value + factor * x.data[i]!), 12),
      );
    }
  });

  test('turns every shortcut of the net down, and leaves a plain one as it is', async () => {
    const edits = [1, 0].map((shortcuts) => ({ arrangement: without(3, []), shortcuts }));
    const plain = open(modelOf({ depth: 8, block: 'plain', width: 2 }), net.weights);
    const look = { ops, turn: () => Promise.resolve() };
    const many = anyBatch(20, 'many');
    for (const one of [plain, net]) {
      const edited = new EditedNets(look, one, edits);
      const [own, dialled] = await edited.wrong(many, () => undefined);
      edited.dispose();
      // At 0 a basic net is the plain one with its numbers where shapes stay; option A's shortcuts are off there as well.
      const expected = new EditedNets(look, plain, edits.slice(0, 1));
      expect(dialled).toEqual((await expected.wrong(many, () => undefined))[0]);
      expected.dispose();
      if (one === plain) expect(own).toBe(dialled);
    }
  });
});

test('nothing is left over: not at the end, not where it is cancelled, not where an operation fails', async () => {
  const model = modelOf({ depth: 14, block: 'basic', width: 1 });
  const net = open(model, anyWeights(model, 'leaks'));
  // The net's own numbers stay on the device while it is looked into.
  expect([net.parameters.shape, net.statistics.shape]).toHaveLength(2);
  const before = ops.tensorCount();
  const edits = [0, 1, 2, 3].map((i) => ({
    arrangement: without(6, [i]),
    shortcuts: i === 3 ? 0.5 : 1,
  }));
  let turns = 0;
  let last = Infinity;
  const turn = () => (++turns >= last ? Promise.reject(new LookCancelled()) : Promise.resolve());
  const all = async (device = ops) => {
    turns = 0;
    const edited = new EditedNets({ ops: device, turn }, net, edits);
    try {
      async function* one() {
        yield await Promise.resolve(batch);
      }
      const statistics = await edited.estimate(one(), () => undefined);
      await edited.wrong(batch, () => undefined, statistics);
      await edited.wrong(batch, () => undefined);
    } finally {
      edited.dispose();
    }
  };
  await all();
  expect([turns, ops.tensorCount()]).toEqual([12, before]);
  for (last = 1; last <= 12; last++) {
    await expect(all()).rejects.toThrow(LookCancelled);
    expect(ops.tensorCount()).toBe(before);
  }
  last = Infinity;
  const fail = () => {
    throw new Error('no memory');
  };
  for (const name of ['conv2d', 'batchNorm', 'batchNormInference', 'dense', 'pack'] as const) {
    let left = 5;
    const failing = { ...ops, [name]: (...args: never[]) => (left-- > 0 ? (ops[name] as (...of: never[]) => never)(...args) : fail()) }; // prettier-ignore
    await expect(all(failing)).rejects.toThrow('no memory');
    expect([name, ops.tensorCount()]).toEqual([name, before]);
  }
});
