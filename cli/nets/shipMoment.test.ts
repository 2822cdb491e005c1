import { expect, test } from 'vitest';
import { anyWeights, modelOf } from '../../src/inside/testing/smallNet.ts';
import { buildGraph } from '../../src/model/graph.ts';
import { readNetWeights } from '../../src/model/netWeights.ts';
import { layoutOf } from '../../src/model/parameters.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/model/safetensors.ts';
import { weightsToSafetensors } from '../../src/training/weights.ts';
import { inHalves } from './shipMoment.ts';

const model = modelOf({ depth: 8, width: 2 });
const graph = buildGraph(model);
const layout = layoutOf(graph);

function withNumber(name: string, value: number): ArrayBuffer {
  const tensors = decodeSafetensors(weightsToSafetensors(graph, layout, anyWeights(model, 'any')));
  tensors.get(name)!.values[3 % tensors.get(name)!.values.length] = value;
  return encodeSafetensors(tensors);
}

test('a running variance beyond F16 is kept as it is; a filter\u2019s number beyond F16 is refused by its name', () => {
  const file = inHalves(model, withNumber('bn1.running_var', 744_284), 'it');
  const { tensors } = readNetWeights(graph, layout, file);
  expect(tensors.get('bn1.running_var')!.values[1]).toBe(744_284);
  expect(() => inHalves(model, withNumber('conv1.weight', -70_000), 'plain-8 after step 5')).toThrow(
    'plain-8 after step 5: conv1.weight holds -70000, which is beyond F16 (65,504)',
  );
  expect(() => inHalves(model, withNumber('conv1.weight', 65_500), 'it')).not.toThrow();
});
