/** A net in evaluation and its way back, on the float64 reference. */
import { describe, expect, test } from 'vitest';
import { gradientError, normals } from '../../test/finiteDifferences.ts';
import { createReferenceOps } from '../kernels/reference/reference.ts';
import { parseRun } from '../model/config.ts';
import { buildGraph, INPUT, type LayerIndex } from '../model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../model/parameters.ts';
import { createRandom } from '../model/random.ts';
import { evaluateLayer } from './evaluateLayer.ts';
import { FrozenNetwork, type Route } from './frozenNetwork.ts';
import { Network } from './network.ts';

const TOLERANCE = 1e-5;
/** Small: of all differences here hardly one may cross the kink of a ReLU. */
const NUDGE = 1e-6;

const nets = {
  plain: { depth: 8, block: 'plain', width: 2 },
  'option A': { depth: 8, width: 3 },
  'option B': { depth: 8, width: 2, shortcut: 'B' },
  'option C': { depth: 8, width: 2, shortcut: 'C' },
  bottleneck: { depth: 11, width: 2, block: 'bottleneck', shortcut: 'A' },
  'bottleneck, option B': { depth: 11, width: 2, block: 'bottleneck', shortcut: 'B' },
};

/** A net about as it is before training, no number of it 0 or 1; and two images, smaller than CIFAR's, whose sides get odd. */
function given(model: object) {
  const ops = createReferenceOps();
  const graph = buildGraph(parseRun({ model, steps: 1 }).model);
  const layout = layoutOf(graph);
  const random = createRandom('frozen');
  const upload = (shape: readonly number[]) => ops.upload(normals(random, shape), shape);
  const images = upload([2, 6, 6, 3]);
  const dLogits = upload([2, 10]);
  const near = (values: Float32Array) => {
    const numbers = Float64Array.from(values, (value) => value + 0.1 * random.normal());
    return ops.upload(numbers, [values.length]);
  };
  const parameters = near(initialParameters(graph, layout, random));
  const statistics = near(initialStatistics(layout));
  const network = new FrozenNetwork(ops, graph, layout);
  const forward = () => network.forward(parameters, statistics, images);
  const logits = () => new Network(ops, graph, layout).logits(parameters, statistics, images);
  return { ops, graph, layout, images, dLogits, parameters, statistics, network, forward, logits };
}
type Given = ReturnType<typeof given>;

/** The logits from the output of layer `from` on, whatever that now is. */
function logitsFrom({ ops, graph, layout, parameters, statistics, forward }: Given, from: LayerIndex) {
  const pass = forward();
  const outputs = new Map([...graph.layers.keys(), INPUT].map((i) => [i, pass.output(i)]));
  const input = pass.output(from);
  return {
    pass,
    input,
    again: () => {
      for (const [i, layer] of graph.layers.entries()) {
        if (i <= from) continue;
        const weights = layout.trainable.filter((slot) => slot.layer === i);
        const slot = layout.statistics.find((one) => one.layer === i);
        outputs.set(
          i,
          evaluateLayer(
            ops,
            layer,
            outputs,
            weights.map((one) => ops.view(parameters, one)),
            slot && ops.view(statistics, slot),
          ),
        );
      }
      return outputs.get(graph.layers.length - 1)!;
    },
  };
}

const residualsOf = ({ graph }: Given) =>
  graph.layers.flatMap((layer, i) => (layer.kind === 'batchNorm' && layer.residual !== null ? [i] : []));

describe.each(Object.entries(nets))('%s', (_, model) => {
  test('the logits are those of Network', () => {
    const one = given(model);
    expect(one.forward().logits.data).toEqual(one.logits().data);
  });

  test(`the gradient of the images is that of finite differences, within ${TOLERANCE}`, () => {
    const { images, dLogits, forward, logits } = given(model);
    const dx = forward().backward(dLogits).get(INPUT)!;
    expect(gradientError(images, dx, logits, dLogits, NUDGE)).toBeLessThan(TOLERANCE);
  });

  test(`so are those of layers' outputs, all got at once`, () => {
    const one = given(model);
    const { dLogits, graph } = one;
    const indices = [...graph.layers.keys()];
    const gradients = one.forward().backward(dLogits, { wanted: new Set([...indices, INPUT]) });
    expect([...gradients.keys()].sort((a, b) => a - b)).toEqual([INPUT, ...indices]);
    // The pool, the logits, and some before them.
    for (const layer of indices.filter((i) => i % 5 === 1 || i >= indices.length - 2)) {
      const { input, again } = logitsFrom(one, layer);
      const error = gradientError(input, gradients.get(layer)!, again, dLogits, NUDGE);
      expect(error, graph.layers[layer]!.name).toBeLessThan(TOLERANCE);
      // Alone, and going back no further, it is the same.
      const alone = one.forward().backward(dLogits, { wanted: new Set([layer]) });
      expect([...alone.keys()]).toEqual([layer]);
      expect(alone.get(layer)!.data).toEqual(gradients.get(layer)!.data);
    }
  });

  test('both routes are the sum over all paths, each taken alone', () => {
    const one = given(model);
    const { dLogits } = one;
    const pass = one.forward();
    const residuals = residualsOf(one);
    const wanted = new Set([INPUT, 1]);
    const whole = pass.backward(dLogits, { wanted });
    const paths = Array.from({ length: 2 ** residuals.length }, (_unused, path) => {
      const routes = new Map(
        residuals.map((layer, bit): [LayerIndex, Route] => [
          layer,
          path & (1 << bit) ? 'branch' : 'shortcut',
        ]),
      );
      return pass.backward(dLogits, { wanted, routes });
    });
    expect(paths).toHaveLength(one.graph.layers.some(({ name }) => name.includes('shortcut')) ? 8 : 1);
    for (const layer of wanted) {
      const { data } = whole.get(layer)!;
      const largest = Math.max(...data.map(Math.abs));
      data.forEach((value, i) => {
        const sum = paths.reduce((total, path) => total + path.get(layer)!.data[i]!, 0);
        expect(Math.abs(sum - value)).toBeLessThan(1e-12 * largest);
      });
    }
  });

  test('leaves nothing, and takes nothing of its caller', () => {
    const { ops, dLogits, images, forward, graph } = given(model);
    const before = ops.tensorCount();
    const pass = forward();
    expect(ops.tensorCount()).toBe(before + graph.layers.length);
    const last = graph.layers.length - 1;
    const wholes = [
      { wanted: new Set<LayerIndex>() },
      { wanted: new Set([INPUT]) },
      { wanted: new Set([last]) },
      { wanted: new Set([2, last, 5]) },
      { wanted: new Set([last]), until: 1 },
      { wanted: new Set(graph.layers.keys()) },
    ];
    for (const options of wholes) {
      const gradients = pass.backward(dLogits, options);
      expect(new Set(gradients.keys())).toEqual(options.wanted);
      for (const gradient of gradients.values()) ops.dispose(gradient);
      expect(ops.tensorCount()).toBe(before + graph.layers.length);
    }
    pass.dispose();
    expect(ops.tensorCount()).toBe(before);
    expect(() => pass.logits).toThrow(RangeError);
    // Both are still there.
    ops.dispose(images);
    ops.dispose(dLogits);
  });
});

describe('routes', () => {
  test('a shortcut alone hands its gradient on as it is; what no route leads to has a gradient of zeros', () => {
    const one = given(nets['option B']);
    const { dLogits, graph, forward } = one;
    const pass = forward();
    const [first] = residualsOf(one);
    const layer = graph.layers[first!]!;
    const [block, branch] = [layer.kind === 'batchNorm' ? layer.residual! : NaN, layer.input];
    const wanted = new Set([first!, block, branch]);
    const byShortcut = pass.backward(dLogits, { wanted, routes: new Map([[first!, 'shortcut']]) });
    const open = pass.output(first!).data.map((value) => (value > 0 ? 1 : 0));
    const dy = byShortcut.get(first!)!.data;
    expect(byShortcut.get(block)!.data).toEqual(dy.map((value, i) => value * open[i]! + 0));
    expect(byShortcut.get(branch)!.data.every((value) => value === 0)).toBe(true);
    expect(byShortcut.get(branch)!.shape).toEqual(pass.output(branch).shape);
    const byBranch = pass.backward(dLogits, {
      wanted: new Set([branch]),
      routes: new Map([[first!, 'branch']]),
    });
    const both = pass.backward(dLogits, { wanted: new Set([branch]) });
    expect(byBranch.get(branch)!.data).toEqual(both.get(branch)!.data);
  });

  test('are of residual additions only', () => {
    const { dLogits, forward } = given(nets.plain);
    for (const layer of [0, 1, INPUT, 99]) {
      expect(() => forward().backward(dLogits, { routes: new Map([[layer, 'both']]) })).toThrow(RangeError);
    }
  });
});

test('what is not there cannot be wanted', () => {
  const { ops, dLogits, forward, graph } = given(nets.plain);
  const pass = forward();
  const before = ops.tensorCount();
  for (const wanted of [graph.layers.length, INPUT - 1, 0.5, NaN]) {
    expect(() => pass.output(wanted)).toThrow(RangeError);
    expect(() => pass.backward(dLogits, { wanted: new Set([wanted]) })).toThrow(RangeError);
  }
  expect(() => pass.backward(dLogits, { wanted: new Set([3]), until: 4 })).toThrow('lies before 4');
  expect(ops.tensorCount()).toBe(before);
});

test('where an operation fails, forth or back, nothing is left over', () => {
  const { ops, graph, layout, parameters, statistics, images, dLogits } = given(nets['option A']);
  const fail = () => {
    throw new Error('no memory');
  };
  const before = ops.tensorCount();
  const forth = new FrozenNetwork({ ...ops, globalAveragePool: fail }, graph, layout);
  expect(() => forth.forward(parameters, statistics, images)).toThrow('no memory');
  expect(ops.tensorCount()).toBe(before);
  const back = new FrozenNetwork({ ...ops, padShortcutGradient: fail }, graph, layout);
  const pass = back.forward(parameters, statistics, images);
  const wanted = new Set([INPUT, graph.layers.length - 1]);
  expect(() => pass.backward(dLogits, { wanted })).toThrow('no memory');
  pass.dispose();
  expect(ops.tensorCount()).toBe(before);
});
