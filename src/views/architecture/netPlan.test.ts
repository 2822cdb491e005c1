import { describe, expect, test } from 'vitest';
import type { ModelConfig } from '../../model/config.ts';
import { buildGraph } from '../../model/graph.ts';
import { measureGraph } from '../../model/shapes.ts';
import { factsOf } from './netFacts.ts';
import { netPlan, unitNames, unitOf } from './netPlan.ts';

const model = (
  block: ModelConfig['block'],
  depth: number,
  shortcut: ModelConfig['shortcut'] = 'A',
  width = 16,
): ModelConfig => ({ family: 'cifar', block, depth, shortcut, width });

const all = [
  model('plain', 20),
  model('basic', 20),
  model('basic', 56, 'B'),
  model('basic', 8, 'C', 3),
  model('bottleneck', 29, 'A', 4),
  model('bottleneck', 29, 'B', 4),
  model('basic', 1202),
];

test.each(all)(
  'every layer of $block-$depth $shortcut is drawn once, and nothing of its sizes is lost',
  (net) => {
    const { units, parameters, multiplyAdds } = netPlan(net);
    const graph = buildGraph(net);
    const size = measureGraph(graph);
    const drawn = graph.layers.filter(
      (layer) => layer.kind !== 'batchNorm' || graph.layers[layer.input]?.kind !== 'conv',
    );
    expect(units.map(({ name }) => name).toSorted()).toEqual(drawn.map(({ name }) => name).toSorted());
    const sum = (of: 'parameters' | 'multiplyAdds') => units.reduce((total, unit) => total + unit[of], 0);
    expect([sum('parameters'), sum('multiplyAdds')]).toEqual([size.parameters, size.multiplyAdds]);
    expect([parameters, multiplyAdds]).toEqual([size.parameters, size.multiplyAdds]);
  },
);

describe('against table 6 and section 4.2 of the paper', () => {
  test.each([
    [20, 0.27e6],
    [32, 0.46e6],
    [44, 0.66e6],
    [56, 0.85e6],
    [110, 1.7e6],
    [1202, 19.4e6],
  ])('ResNet-%i has so many layers and %i parameters', (depth, parameters) => {
    const facts = factsOf(netPlan(model('basic', depth)));
    expect(facts.depth).toBe(depth);
    expect(facts.parameters / parameters).toBeCloseTo(1, 1);
    // "We use identity shortcuts in all cases": 3n of them, with zeros where the stage changes.
    expect([facts.shortcuts, facts.padded, facts.projections]).toEqual([(depth - 2) / 2, 2, 0]);
  });

  test('the plain twin has the same layers, parameters and multiply-adds, and no shortcut', () => {
    const [plain, residual] = [factsOf(netPlan(model('plain', 56))), factsOf(netPlan(model('basic', 56)))];
    expect(plain).toEqual({ ...residual, shortcuts: 0, padded: 0 });
    expect(factsOf(netPlan(model('basic', 20))).way).not.toBe(plain.way);
  });

  test('option B projects where the shape changes, option C everywhere', () => {
    const projections = (shortcut: 'B' | 'C') => factsOf(netPlan(model('basic', 20, shortcut))).projections;
    expect([projections('B'), projections('C')]).toEqual([2, 9]);
  });
});

test('a layer that changes the shape says so, and what is added behind it', () => {
  const plan = netPlan(model('basic', 20));
  expect(unitOf(plan, 'layer2.0.conv1')).toMatchObject({
    stride: 2,
    input: { height: 32, width: 32, channels: 16 },
    output: { height: 16, width: 16, channels: 32 },
    // 3 x 3 x 16 x 32 and a scale and a shift for each of 32.
    parameters: 4608 + 64,
    ofNorm: 64,
    multiplyAdds: 4608 * 256,
    adds: 'none',
    hasRelu: true,
  });
  expect(unitOf(plan, 'layer2.0.conv2')?.adds).toBe('padded');
  expect(unitOf(plan, 'layer2.1.conv2')?.adds).toBe('identity');
  expect(unitOf(plan, 'layer2.0.shortcut')).toMatchObject({
    kind: 'padShortcut',
    isAround: true,
    parameters: 0,
  });
  const projected = netPlan(model('basic', 20, 'B'));
  expect(unitOf(projected, 'layer2.0.conv2')?.adds).toBe('projected');
  expect(unitOf(projected, 'layer2.0.shortcut.0')).toMatchObject({ kernel: 1, stride: 2, hasRelu: false });
  expect(unitOf(plan, 'layer9.0.conv1')).toBeUndefined();
});

test('what can be chosen in several nets stands in the order of computation, each name once', () => {
  const plans = [
    netPlan(model('plain', 8)),
    netPlan(model('basic', 14, 'B')),
    netPlan(model('bottleneck', 11)),
  ];
  const names = unitNames(plans);
  expect(new Set(names).size).toBe(names.length);
  expect([names[0], names.at(-1)]).toEqual(['conv1', 'linear']);
  for (const { units } of plans) {
    const places = units.map(({ name }) => names.indexOf(name));
    expect(places.every((place) => place >= 0)).toBe(true);
    const blocks = units.map(({ section, block }) => 10_000 * section + block);
    expect(blocks).toEqual(blocks.toSorted((a, b) => a - b));
  }
});
