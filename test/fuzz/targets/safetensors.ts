/** Weights: what the page takes, the training worker must take. */
import fc from 'fast-check';
import { checkWeights, WeightsFileError } from '../../../src/app/exchange/import/checkWeights.ts';
import { parseRun } from '../../../src/model/config.ts';
import { buildGraph } from '../../../src/model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../../../src/model/parameters.ts';
import { createRandom } from '../../../src/model/random.ts';
import { fileOf, variantOf, type Variant } from '../../../src/model/testing/safetensorsFiles.ts';
import { weightsFromSafetensors, weightsToSafetensors } from '../../../src/training/weights.ts';
import { mustBeTaken, reading, Violation, type FuzzTarget } from '../fuzz.ts';
import { mutatedBytes, mutatedJsonText } from '../mutations.ts';

const { model } = parseRun({ model: { depth: 8, width: 2, shortcut: 'B' }, steps: 1 });
const graph = buildGraph(model);
const layout = layoutOf(graph);
const own = weightsToSafetensors(graph, layout, {
  parameters: initialParameters(graph, layout, createRandom(1)),
  statistics: initialStatistics(layout),
});
const torchvision = (name: string) => name.replace('linear.', 'fc.').replace('.shortcut.', '.downsample.');
const variants: readonly Variant[] = [
  {},
  { kind: 'F16' },
  { kind: 'BF16', rename: (name) => `module.${name}` },
  {
    kind: 'F64',
    rename: (name) => `module._orig_mod.${torchvision(name)}`,
    extra: [['n_averaged', 'I64', [], 8]],
  },
  { rename: torchvision, extra: [['bn1.num_batches_tracked', 'F32', [], 4]] },
];
const files = variants.map((variant) => new Uint8Array(variantOf(own, variant)));

function partsOf(file: Uint8Array<ArrayBuffer>) {
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header: unknown = JSON.parse(new TextDecoder().decode(file.slice(8, 8 + length)));
  return { header, body: file.slice(8 + length) };
}

const withHeaders = files.map((file) => {
  const { header, body } = partsOf(file);
  return mutatedJsonText([header]).map((json) => new Uint8Array(fileOf(json, body)));
});

export const safetensors: FuzzTarget = {
  name: 'safetensors',
  inputs: fc.oneof(
    ...withHeaders,
    mutatedBytes(fc.constantFrom(...files)),
    mutatedBytes(fc.oneof(...withHeaders)),
  ),
  async attempt(input) {
    if (typeof input === 'string') throw new Violation('these inputs are bytes');
    const { buffer } = input;
    const read = await reading(() => checkWeights(buffer, 'mine.safetensors', model), WeightsFileError);
    if (!read) return false;
    // A worker gets a copy.
    const weights = mustBeTaken('the worker', () => weightsFromSafetensors(graph, layout, buffer.slice(0)));
    if (![...weights.parameters, ...weights.statistics].every(Number.isFinite)) {
      throw new Violation('was taken, with numbers that are not finite');
    }
    return true;
  },
};
