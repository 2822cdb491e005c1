import { beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../commandError.ts';
import { parseRun } from '../../src/model/config.ts';
import { buildGraph } from '../../src/model/graph.ts';
import { startShapes } from './kernelRecorder.ts';
import { kernelSources, listKernels } from './kernelText.ts';
import { adapterKinds, netKernels } from './netKernels.ts';

beforeAll(startShapes);

const nets = [
  { depth: 8, block: 'plain' },
  { depth: 8, block: 'basic', shortcut: 'A' },
  { depth: 8, block: 'basic', shortcut: 'B', width: 3 },
  { depth: 11, block: 'bottleneck', shortcut: 'C' },
];
const optimizers = [
  { type: 'sgd', learningRate: 0.1 },
  { type: 'adam', learningRate: 0.1, weightDecay: 0.1, decayNormalisation: false },
];
const cases = nets.flatMap((model) =>
  adapterKinds.map((adapter) => [model.block, model.shortcut ?? '', adapter, model] as const),
);
const runOf = (model: object, optimizer = optimizers[0]) =>
  parseRun({ model, optimizer, batchSize: 4, steps: 1 });

describe.each(cases)('%s %s on %s', (_, __, adapter, model) => {
  test.each(['f32', 'f16-storage'] as const)(
    'in %s: every binding is used, as layouts leave out others',
    (precision) => {
      for (const optimizer of optimizers) {
        for (const { kernel } of netKernels(runOf(model, optimizer), adapter, precision)) {
          const { outputs, inputs, uniforms, sizes } = kernel.bindings;
          const names = [...outputs, ...inputs, ...(uniforms ? [uniforms] : [])].map(({ name }) => name);
          const source = kernel.wgsl();
          for (const name of [...names, ...(sizes?.bound ? ['sizes'] : [])]) {
            expect(source, kernel.label).toMatch(new RegExp(`\\b${name}\\b`));
          }
        }
      }
    },
  );

  test('each layer runs the kernels of its kind, forth and back', () => {
    const run = runOf(model);
    const uses = netKernels(run, adapter, 'f32');
    const { layers } = buildGraph(run.model);
    const [first] = layers;
    for (const layer of layers) {
      const labels = uses.filter((use) => use.layer === layer.name).map(({ kernel }) => kernel.label);
      const wanted = {
        conv: ['conv forward', 'conv filter gradient', ...(layer === first ? [] : ['conv input gradient'])],
        batchNorm: ['batch norm merge moments', 'batch norm,', 'batch norm input gradient'],
        padShortcut: ['pad shortcut,', 'pad shortcut gradient'],
        globalAveragePool: ['global average pool,', 'global average pool gradient'],
        dense: ['dense ', 'dense input gradient', 'dense weight gradient'],
      }[layer.kind];
      for (const start of wanted) {
        expect(
          labels.some((label) => label.startsWith(start)),
          `${layer.name}: ${start}`,
        ).toBe(true);
      }
      const convolutions = labels.filter((label) => label.startsWith('conv '));
      expect(convolutions.length > 0).toBe(layer.kind === 'conv');
    }
  });
});

describe('the text', () => {
  const uses = () => netKernels(runOf({ depth: 8 }), 'gpu', 'f32');

  test('lists each label once, with its layers', () => {
    const lines = listKernels(uses()).split('\n');
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines).toContain('"conv forward 3x3 stride 1 32x32 16->16, tiled"  layer1.0.conv1 and 1 more');
    expect(lines).toContain('"sgd, width 4"  the whole net');
  });

  test("of a label is one module, and of a layer one for each of its kernels, all of an autotune's choices", () => {
    const label = 'conv forward 3x3 stride 1 32x32 16->16, tiled';
    const one = kernelSources(uses(), label);
    expect(one.match(/fn main\(/g)).toHaveLength(1);
    expect(one).toMatch(/^\/\/ conv forward .*\n\/\/ layer1\.0\.conv1: 64 x 1 workgroups\n/);
    const all = kernelSources(uses(), 'layer1.0.conv1');
    expect(all).toContain(one.slice(one.indexOf('@group')));
    // Four variants forth and four to the input; to the filter four of which two have one source, and their sum.
    expect(all.match(/fn main\(/g)!.length).toBeGreaterThanOrEqual(12);
  });

  test('layers that share a kernel have sizes of their own', () => {
    const shared = netKernels(runOf({ depth: 8 }), 'software', 'f32');
    expect(kernelSources(shared, 'layer1.0.conv2')).toContain('sizes 32, 32, 4, 32, 32, 4');
    expect(kernelSources(shared, 'layer3.0.conv2')).toContain('sizes 8, 8, 16, 8, 8, 16');
  });

  test.each([
    ['densee', '"dense 64->10"'],
    ['layer9.0.conv1', '"layer1.0.conv1"'],
    ['moments', '"batch norm chunk moments, 4 x 4 channels, team of 16"'],
    ['conv forward 3x3 stride 1 8x8 64->64, tilde', '"conv forward 3x3 stride 1 8x8 64->64, tiled"'],
  ])('of an unknown "%s" offers %s', (name, nearest) => {
    const ask = () => kernelSources(uses(), name);
    expect(ask).toThrow(UsageError);
    expect(ask).toThrow(`no kernel or layer of this net is called "${name}": the nearest are ${nearest}, "`);
  });
});
