import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { parseRun, type ModelConfig } from './config.ts';
import { buildGraph } from './graph.ts';
import { haveSameTensors } from './haveSameTensors.ts';
import { readNetWeights, tensorsOf } from './netWeights.ts';
import { layoutOf } from './parameters.ts';
import { decodeSafetensors, encodeSafetensors, WeightsError } from './safetensors.ts';
import { roundedTo, variantOf, type Variant } from './testing/safetensorsFiles.ts';

const modelOf = (model: object): ModelConfig => parseRun({ model, steps: 1 }).model;
const netOf = (model: object) => {
  const graph = buildGraph(modelOf(model));
  return { graph, layout: layoutOf(graph) };
};
const read = (model: object, file: ArrayBuffer) => {
  const { graph, layout } = netOf(model);
  return readNetWeights(graph, layout, file);
};
/** Weights that are all different. */
function fileFor(model: object): ArrayBuffer {
  const { graph, layout } = netOf(model);
  let next = 1;
  return encodeSafetensors(
    new Map(
      tensorsOf(graph, layout).map(({ name, shape }) => {
        const size = shape.reduce((product, n) => product * n, 1);
        return [name, { shape, values: Float32Array.from({ length: size }, () => next++ / 4096) }];
      }),
    ),
  );
}
const fault = (model: object, file: ArrayBuffer) => {
  try {
    read(model, file);
  } catch (error) {
    if (error instanceof WeightsError) return error;
    throw error;
  }
  throw new Error('expected a WeightsError');
};

const small = { depth: 8, width: 4, shortcut: 'B' };
const file = fileFor(small);
const own = decodeSafetensors(file);

const ours = (name: string) => name;
const torchvision = (name: string) => name.replace(/^linear\./, 'fc.').replace('.shortcut.', '.downsample.');
const counts = (dtype: string, bytes: number) => [['bn1.num_batches_tracked', dtype, [], bytes]] as const;

describe('names and kinds of other programs are read as the same weights, and it is said', () => {
  const prefixed = (prefix: string): Variant => ({ rename: (name) => prefix + name });
  it.each<readonly [string, Variant, readonly string[]]>([
    ['our own', { rename: ours }, []],
    ['DataParallel', prefixed('module.'), ['“module.” is left out of its names']],
    ['torch.compile', prefixed('_orig_mod.'), ['“_orig_mod.” is left out of its names']],
    ['both', prefixed('module._orig_mod.'), ['“module._orig_mod.” is left out of its names']],
    ['both, the other way', prefixed('_orig_mod.module.'), ['“_orig_mod.module.” is left out of its names']],
    ['Lightning', prefixed('model.'), ['“model.” is left out of its names']],
    ['a field of any name', prefixed('net.backbone.'), ['“net.backbone.” is left out of its names']],
    ['wrapped twice', prefixed('module.module.'), ['“module.module.” is left out of its names']],
    [
      'blocks compiled one by one',
      { rename: (name) => name.replace(/^(layer\d\.\d)\./, '$1._orig_mod.') },
      ['“_orig_mod.” is left out of its names'],
    ],
    [
      'AveragedModel',
      { ...prefixed('module.'), extra: [['n_averaged', 'I64', [], 8]] },
      ['“module.” is left out of its names', 'its n_averaged is left out'],
    ],
    [
      'torchvision',
      { rename: torchvision },
      ['its downsample is read as shortcut', 'its fc is read as linear'],
    ],
    [
      'torchvision under DataParallel',
      { rename: (name) => `module.${torchvision(name)}` },
      [
        '“module.” is left out of its names',
        'its downsample is read as shortcut',
        'its fc is read as linear',
      ],
    ],
    [
      'a classifier',
      { rename: (name) => name.replace(/^linear\./, 'classifier.') },
      ['its classifier is read as linear'],
    ],
    ['F64', { kind: 'F64' }, ['its F64 numbers are read as F32']],
    ['counts as I64', { extra: counts('I64', 8) }, []],
    ['counts as float', { extra: counts('F32', 4) }, []],
    ['counts as I32', { extra: counts('I32', 4) }, []],
    ['counts of a kind that is to come', { extra: counts('U4', 1) }, []],
  ])('%s', (_, variant, notes) => {
    const net = read(small, variantOf(file, variant));
    expect([...net.notes].sort()).toEqual([...notes].sort());
    expect(new Map([...net.tensors].sort())).toEqual(new Map([...own].sort()));
  });

  it.each(['F16', 'BF16'] as const)('%s, each number as it was rounded', (kind) => {
    const net = read(small, variantOf(file, { kind }));
    expect(net.notes).toEqual([`its ${kind} numbers are read as F32`]);
    for (const [name, { values }] of own) {
      const expected = values.map((value) => roundedTo(kind, value));
      expect(net.tensors.get(name)?.values, name).toEqual(expected);
    }
  });
});

describe('the reason of a refusal is true', () => {
  test('another depth, width or option: what is missing, too much or misshapen, and which net it is', () => {
    expect(fault({ ...small, depth: 14 }, file).message).toMatch(
      /^These weights do not fit the net; missing: layer1\.1\.conv1\.weight, .* and \d+ more\. The file is of ResNet-8 with 4 filters, block basic, option B\.$/,
    );
    expect(fault({ ...small, width: 8 }, file).message).toMatch(
      /of another shape: conv1\.weight is \[4, 3, 3, 3\], expected \[8, 3, 3, 3\], .* and \d+ more\. The file is of ResNet-8/,
    );
    expect(fault({ ...small, shortcut: 'A' }, file).message).toMatch(
      /not of this net: layer2\.0\.shortcut\.0\.weight, .*\. The file is of ResNet-8 .*option B/,
    );
    expect(fault(small, fileFor({ depth: 8, width: 4 })).message).toMatch(
      /missing: layer2\.0\.shortcut\.0\.weight.* The file is of plain-8 or ResNet-8 .* option A/,
    );
    expect(
      fault(small, fileFor({ depth: 20, block: 'bottleneck', width: 4, shortcut: 'C' })).message,
    ).toMatch(/The file is of ResNet-20 with 4 filters, block bottleneck, option C/);
  });
  test('a tensor too much, and one of 5,000 names', () => {
    const extra = [['head.weight', 'F32', [1], 4]] as const;
    const one = fault(small, variantOf(file, { extra }));
    expect([one.fault, one.message]).toEqual([
      'misfit',
      'These weights do not fit the net; not of this net: head.weight.',
    ]);
    const many = Array.from({ length: 5000 }, (_, i) => [`m${i}.${'x'.repeat(90)}`, 'F32', [1], 4] as const);
    expect(fault(small, variantOf(file, { extra: many })).message.length).toBeLessThan(1000);
  });
  test('the same tensor by two names', () => {
    const extra = [['module.bn1.bias', 'F32', [4], 16]] as const;
    expect(fault(small, variantOf(file, { extra })).message).toMatch(
      /^bn1\.bias and module\.bn1\.bias are both bn1\.bias/,
    );
    // Beside linear, fc is too much and no other name of it.
    const fc = [['fc.bias', 'F32', [10], 40]] as const;
    expect(fault(small, variantOf(file, { extra: fc })).message).toMatch(/not of this net: fc\.bias/);
  });
  test('whole numbers for weights', () => {
    const { shape } = own.get('bn1.bias')!;
    const rename = (name: string) => (name === 'bn1.bias' ? 'bn1.num_batches_tracked' : name);
    const extra = [['bn1.bias', 'I32', shape, 16]] as const;
    expect(fault(small, variantOf(file, { rename, extra })).message).toMatch(/bn1\.bias has dtype I32/);
  });
});

describe('numbers that are not finite are refused by their tensor', () => {
  const spoilt = (name: string, value: number, kind: 'F32' | 'F16' | 'F64' = 'F32') => {
    const tensors = decodeSafetensors(file);
    tensors.get(name)!.values[5 % tensors.get(name)!.values.length] = value;
    const plain = encodeSafetensors(tensors);
    return kind === 'F32' ? plain : variantOf(plain, { kind });
  };
  it.each([
    ['layer3.0.conv2.weight', NaN, /^layer3\.0\.conv2\.weight is not finite: 1 of its 2304 numbers is NaN/],
    ['bn1.running_mean', Infinity, /^bn1\.running_mean is not finite: 1 of its 4 /],
    ['linear.bias', -Infinity, /^linear\.bias is not finite/],
    ['layer1.0.bn1.running_var', -1, /^layer1\.0\.bn1\.running_var has a variance below 0/],
  ])('%s with %d', (name, value, message) => {
    const error = fault(small, spoilt(name, value));
    expect(error.fault).toBe('notFinite');
    expect(error.message).toMatch(message);
  });
  test('a double beyond float32', () => {
    const tensors = variantOf(file, { kind: 'F64' });
    new DataView(tensors).setFloat64(tensors.byteLength - 8, 1e300, true);
    expect(fault(small, tensors).fault).toBe('notFinite');
  });
  test.each([
    ['st-nan', 2, /is not finite: /],
    ['st-nan-w4', 4, /is not finite/],
    ['st-allnan-conv1', 2, /^conv1\.weight is not finite: 54 of its 54 numbers are NaN/],
    ['st-tostring', 2, /^conv1\.weight is no tensor/],
    ['st-deep', 2, /^a is no tensor/],
  ])('../shared/cases/hostile/%s', (name, width, message) => {
    const path = fileURLToPath(
      new URL(`../../test/fixtures/cases/hostile/${name}.safetensors`, import.meta.url),
    );
    expect(fault({ depth: 8, width }, Uint8Array.from(readFileSync(path)).buffer).message).toMatch(message);
  });
});

test('shortcuts of option A have no weights: plain and residual nets have the same tensors', () => {
  const one = modelOf({ depth: 20 });
  const same = (other: object) => haveSameTensors(one, modelOf({ depth: 20, ...other }));
  expect([same({}), same({ block: 'plain' }), same({ block: 'plain', shortcut: 'C' })]).toEqual([
    true,
    true,
    true,
  ]);
  expect([same({ shortcut: 'B' }), same({ width: 8 }), same({ depth: 26 })]).toEqual([false, false, false]);
});

const published = fileURLToPath(new URL('../../../shared/fixtures/published', import.meta.url));
const isThere = existsSync(published);

describe.skipIf(!isThere)(`published nets${isThere ? '' : ` (SKIPPED: ${published} is not there)`}`, () => {
  const bytes = (name: string) => Uint8Array.from(readFileSync(`${published}/${name}.safetensors`)).buffer;
  it.each([
    ['resnet20', { depth: 20 }],
    ['figure6/resnet20', { depth: 20 }],
    ['figure6/resnet56', { depth: 56 }],
    ['figure6/plain20', { depth: 20, block: 'plain' }],
    ['figure6/plain56', { depth: 56, block: 'plain' }],
  ])('%s loads', (name, model) => {
    const net = read(model, bytes(name));
    expect(net.tensors.get('linear.bias')?.values).toHaveLength(10);
    expect(net.notes).toEqual([]);
  });
  it('a NaN deep in the published net is told by its name', () => {
    const tensors = decodeSafetensors(bytes('resnet20'));
    tensors.get('layer3.2.conv2.weight')!.values[7] = NaN;
    expect(fault({ depth: 20 }, encodeSafetensors(tensors)).message).toMatch(
      /^layer3\.2\.conv2\.weight is not finite: 1 of its 36864 numbers/,
    );
  });
});
