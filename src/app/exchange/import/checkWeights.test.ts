import { describe, expect, test } from 'vitest';
import { parse } from 'valibot';
import { modelSchema } from '../../../model/config.ts';
import { buildGraph } from '../../../model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../../../model/parameters.ts';
import { createRandom } from '../../../model/random.ts';
import { variantOf, type Variant } from '../../../model/testing/safetensorsFiles.ts';
import { weightsFromSafetensors, weightsToSafetensors } from '../../../training/weights.ts';
import { startWeights } from './enWeights.ts';
import { checkWeights, readStartWeights, WeightsFileError } from './checkWeights.ts';

const model = (given: object) => parse(modelSchema, { depth: 8, block: 'basic', width: 4, ...given });
function fileOf(given: object): ArrayBuffer {
  const graph = buildGraph(model(given));
  const layout = layoutOf(graph);
  const parameters = initialParameters(graph, layout, createRandom(1));
  return weightsToSafetensors(graph, layout, { parameters, statistics: initialStatistics(layout) });
}

test('weights of the same net are taken, also where the shortcut alone differs and has no weights', () => {
  expect(checkWeights(fileOf({}), 'a.safetensors', model({}))).toEqual([]);
  expect(checkWeights(fileOf({}), 'a.safetensors', model({ block: 'plain' }))).toEqual([]);
});

test.each<readonly [string, ArrayBuffer, object, RegExp]>([
  ['fewer filters', fileOf({}), { width: 8 }, /conv1\.weight is \[4, 3, 3, 3\], expected \[8, 3, 3, 3\]/],
  ['a shallower file', fileOf({}), { depth: 14 }, /not of ResNet-14 .* missing: layer1\.1\.conv1\.weight/],
  ['a deeper file', fileOf({ depth: 14 }), {}, /not of this net: layer1\.1.* is of plain-14 or ResNet-14/],
  ['a file cut short', fileOf({}).slice(0, -4), {}, /cannot be used\. It was cut short/],
  ['another file', new TextEncoder().encode('{"not": "weights"}').buffer, {}, /not a safetensors file/],
  ['an empty file', new ArrayBuffer(0), {}, /not a safetensors file/],
])('%s is refused', (_, file, given, message) => {
  const attempt = () => checkWeights(file, 'a.safetensors', model(given));
  expect(attempt).toThrow(WeightsFileError);
  expect(attempt).toThrow(message);
  expect(attempt).toThrow(/^a\.safetensors .*[^.]\.$/);
});

describe('whatever the page takes, training takes: prefixes, other names, other kinds of numbers', () => {
  const file = fileOf({ shortcut: 'B' });
  const net = model({ shortcut: 'B' });
  test.each<readonly [string, Variant]>([
    ['a prefix', { rename: (name) => `module.${name}` }],
    ['torchvision', { rename: (name) => name.replace('linear', 'fc').replace('shortcut', 'downsample') }],
    ['halves', { kind: 'F16' }],
    ['counts as float', { extra: [['bn1.num_batches_tracked', 'F32', [], 4]] }],
  ])('%s', (_, variant) => {
    const bytes = variantOf(file, variant);
    checkWeights(bytes, 'a.safetensors', net);
    const graph = buildGraph(net);
    expect(weightsFromSafetensors(graph, layoutOf(graph), bytes).parameters.every(Number.isFinite)).toBe(
      true,
    );
  });
});

test('a file that is too large is refused before it is read', async () => {
  const file = { name: 'a.safetensors', size: 2 ** 30, arrayBuffer: () => Promise.reject(new Error('read')) };
  await expect(readStartWeights(file, model({}))).rejects.toThrow(
    'a.safetensors cannot be used. Its file has 1024 MiB, and at most 512 MiB are read. Save the net\u2019s weights alone, and try again.',
  );
});

test('what was mended is kept with the weights', async () => {
  const bytes = variantOf(fileOf({}), { kind: 'F64', rename: (name) => `net.${name}` });
  const file = { name: 'a.safetensors', size: bytes.byteLength, arrayBuffer: () => Promise.resolve(bytes) };
  const { notes } = await readStartWeights(file, model({}));
  expect(startWeights.notes(notes)).toBe(
    'Of the file: \u201cnet.\u201d is left out of its names; its F64 numbers are read as F32.',
  );
});
