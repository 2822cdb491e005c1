import { expect, test } from 'vitest';
import { parse } from 'valibot';
import { modelSchema } from '../../model/config.ts';
import { buildGraph } from '../../model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../../model/parameters.ts';
import { createRandom } from '../../model/random.ts';
import { weightsToSafetensors } from '../../training/weights.ts';
import { checkWeights } from './checkWeights.ts';

const model = (given: object) => parse(modelSchema, { depth: 8, block: 'basic', width: 4, ...given });
function fileOf(given: object): ArrayBuffer {
  const graph = buildGraph(model(given));
  const layout = layoutOf(graph);
  const parameters = initialParameters(graph, layout, createRandom(1));
  return weightsToSafetensors(graph, layout, { parameters, statistics: initialStatistics(layout) });
}

test('weights of the same net are taken, also where the shortcut alone differs and has no weights', () => {
  checkWeights(fileOf({}), 'a.safetensors', model({}));
  checkWeights(fileOf({}), 'a.safetensors', model({ block: 'plain' }));
});

test.each([
  [
    'fewer filters',
    fileOf({}),
    { width: 8 },
    /conv1\.weight should be \[8, 3, 3, 3\] of F32.*is \[4, 3, 3, 3\]/,
  ],
  ['a shallower file', fileOf({}), { depth: 14 }, /layer1\.1\.conv1\.weight should be .* there is none/],
  ['a deeper file', fileOf({ depth: 14 }), {}, /larger net than ResNet-8: it has layer1\.1/],
  ['a file cut short', fileOf({}).slice(0, -4), {}, /ends inside of its weights/],
  ['another file', new TextEncoder().encode('{"not": "weights"}').buffer, {}, /not a safetensors file/],
  ['an empty file', new ArrayBuffer(0), {}, /not a safetensors file/],
])('%s is refused', (_, file, given, message) => {
  expect(() => checkWeights(file, 'a.safetensors', model(given))).toThrow(message);
});
