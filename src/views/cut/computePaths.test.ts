/** Gradient by length of path, against every path of small nets taken by itself. */
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { LookCancelled } from '../../inside/look.ts';
import { lookAt } from '../../inside/testing/look.ts';
import { modelOf } from '../../inside/testing/smallNet.ts';
import { gradientShares } from '../../insights/paths.ts';
import { buildGraph, INPUT } from '../../model/graph.ts';
import { FrozenNetwork, type Route } from '../../training/frozenNetwork.ts';
import { cutAnswer } from './cut.ts';
import { computePaths } from './computePaths.ts';
import { additions, passesOf, plannedPaths } from './pathsPlan.ts';

const nets = {
  'option A': { depth: 8, width: 2 },
  'option B': { depth: 8, width: 1, shortcut: 'B' },
  'bottleneck, option C': { depth: 11, width: 1, block: 'bottleneck', shortcut: 'C' },
};
type Looking = ReturnType<typeof lookAt>;

async function pathsOf({ look }: Looking) {
  const answer = v.parse(cutAnswer, await computePaths(look));
  if (answer.kind !== 'paths') throw new Error('paths were asked for');
  return answer;
}

/** By number of branches, the norms of all such paths, in the mean over the images; each image alone, with a loss of its own. */
async function everyPath({ look: { ops, nets, images } }: Looking, count: number) {
  const net = nets[0]!;
  const { graph, layout } = net;
  const layers = additions(graph);
  const norms = new Map<number, number[]>();
  for (let image = 0; image < count; image++) {
    const { images: pixels, labels } = await images.batch('train', image, 1, net.normalisation);
    const pass = new FrozenNetwork(ops, graph, layout).forward(net.parameters, net.statistics, net.upload(pixels)); // prettier-ignore
    const { dLogits } = ops.softmaxCrossEntropy(pass.logits, labels);
    for (let path = 0; path < 2 ** layers.length; path++) {
      const isBranch = layers.map((_, i) => Math.floor(path / 2 ** i) % 2 === 1);
      const routes = new Map(layers.map((layer, i): [number, Route] => [layer, isBranch[i] ? 'branch' : 'shortcut'])); // prettier-ignore
      const values = await ops.download(pass.backward(dLogits, { routes }).get(INPUT)!);
      const length = isBranch.filter(Boolean).length;
      norms.set(length, [...(norms.get(length) ?? []), Math.hypot(...values)]);
    }
  }
  return norms;
}

describe.each(Object.entries(nets))('%s', (_, model) => {
  test('the mean of each length is that over all of its paths', async () => {
    const looking = lookAt([modelOf(model)], 3);
    const { images, nets: measured } = await pathsOf(looking);
    const [own] = measured;
    const every = await everyPath(looking, 3);
    expect([images, own!.blocks]).toEqual([3, 3]);
    expect(own!.lengths.map(({ length, paths }) => [length, paths])).toEqual([[0, 1], [1, 3], [2, 3], [3, 1]]); // prettier-ignore
    const sums: number[] = [];
    for (const { length, gradient } of own!.lengths) {
      const norms = every.get(length)!;
      const sum = norms.reduce((total, norm) => total + norm, 0);
      expect(gradient / (sum / norms.length)).toBeCloseTo(1, 10);
      sums.push(sum);
    }
    // What all paths of a length bring together is the same, summed without a count of them.
    const total = sums.reduce((sum, one) => sum + one, 0);
    gradientShares(3, own!.lengths).forEach((share, length) =>
      expect(share).toBeCloseTo(sums[length]! / total, 10),
    );
  });
});

test('of a deeper net some paths of each length are drawn, all different, and lengths over the whole way', () => {
  const plan = plannedPaths(27);
  expect(plan.map(({ length }) => length)).toEqual(Array.from({ length: 28 }, (_, i) => i));
  expect(plan.map(({ paths }) => paths.length)).toEqual([1, ...Array<number>(26).fill(20), 1]);
  for (const { length, paths } of plan) {
    expect(new Set(paths.map(String)).size).toBe(paths.length);
    for (const path of paths) expect(new Set(path).size).toBe(length);
  }
  const deep = plannedPaths(600).map(({ length }) => length);
  expect([deep.length, deep[0], deep.at(-1)]).toEqual([28, 0, 600]);
  // 26 lengths of 20 paths through half of the net in the mean, the one through all of it, and the way forward.
  expect(passesOf(buildGraph(modelOf({ depth: 56 })))).toBeCloseTo(262, 10);
  expect(passesOf(buildGraph(modelOf({ depth: 56, block: 'plain' })))).toBe(0);
});

test('up to 20 paths of a length are all of them, in a net of six blocks, too', async () => {
  const looking = lookAt([modelOf({ depth: 14, width: 1 })], 2);
  const [own] = (await pathsOf(looking)).nets;
  const every = await everyPath(looking, 2);
  for (const { length, paths, gradient } of own!.lengths) {
    const norms = every.get(length)!;
    expect(paths).toBe(norms.length / 2);
    expect(gradient / (norms.reduce((sum, norm) => sum + norm, 0) / norms.length)).toBeCloseTo(1, 10);
  }
});

test('a plain net has one path, and nothing is measured; nothing is left over, measured or cancelled', async () => {
  const looking = lookAt([modelOf({ depth: 8, block: 'plain', width: 1 }), modelOf({ depth: 8, width: 1 })], 3); // prettier-ignore
  const { look, ops, nets: own } = looking;
  for (const { parameters, statistics } of own) expect(parameters).not.toBe(statistics);
  const before = ops.tensorCount();
  const answer = await pathsOf(looking);
  expect(answer.nets[0]).toBeNull();
  expect(looking.told.at(-1)).toEqual({ done: 8, total: 8 });
  expect(ops.tensorCount()).toBe(before);
  let turns = 0;
  const turn = () => (++turns > 2 ? Promise.reject(new LookCancelled()) : Promise.resolve());
  await expect(computePaths({ ...look, turn })).rejects.toThrow(LookCancelled);
  expect(ops.tensorCount()).toBe(before);
});
