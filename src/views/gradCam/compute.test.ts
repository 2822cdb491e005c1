/** What nets look at, on the float64 reference: against finite differences, and against what the last layer's heat is without any gradient. */
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { LookCancelled } from '../../inside/look.ts';
import { lookAt } from '../../inside/testing/look.ts';
import { modelOf } from '../../inside/testing/smallNet.ts';
import { INPUT, type LayerIndex } from '../../model/graph.ts';
import { evaluateLayer } from '../../training/evaluateLayer.ts';
import { computeGradCam } from './compute.ts';
import { gradCamAnswer, gradCamAsked, type GradCamAsked } from './gradCam.ts';
import { shownLayer } from './layers.ts';

const models = [
  modelOf({ depth: 8, block: 'plain', width: 2 }),
  modelOf({ depth: 8, width: 3 }),
  modelOf({ depth: 11, block: 'bottleneck', width: 1, shortcut: 'B' }),
];
type Looking = ReturnType<typeof lookAt>;

async function ask({ look }: Looking, asked: GradCamAsked) {
  return v.parse(gradCamAnswer, await computeGradCam(look, v.parse(gradCamAsked, asked)));
}
async function heats(
  looking: Looking,
  layer: string | null,
  target: 'answer' | 'label' | number = 'answer',
  image = 0,
) {
  // prettier-ignore
  const answer = await ask(looking, { what: 'gradCam', picture: null, image, layer, target });
  if (answer.kind !== 'gradCam') throw new Error('heat was asked for');
  return answer;
}

/** A logit of one image, as a function of what layer `from` gives. */
async function logitFrom(
  { look: { ops, nets, images } }: Looking,
  n: number,
  from: LayerIndex,
  image: number,
  target: number,
) {
  // prettier-ignore
  const net = nets[n]!;
  const { graph, layout } = net;
  const { pixels } = await images.pixels('test', Uint32Array.of(image));
  const outputs = new Map([[INPUT, net.upload(await images.normalise(pixels, net.normalisation))]]);
  const run = (first: LayerIndex) => {
    graph.layers.forEach((layer, i) => {
      if (i < first) return;
      const weights = layout.trainable.filter((slot) => slot.layer === i).map((slot) => ops.view(net.parameters, slot)); // prettier-ignore
      const slot = layout.statistics.find((one) => one.layer === i);
      outputs.set(i, evaluateLayer(ops, layer, outputs, weights, slot && ops.view(net.statistics, slot)));
    });
    return ops.download(outputs.get(graph.layers.length - 1)!);
  };
  await run(0);
  const { shape } = outputs.get(from)!;
  const activations = Float64Array.from(await ops.download(outputs.get(from)!));
  const logit = async (moved: Float64Array) => {
    outputs.set(from, ops.upload(moved, shape));
    return (await run(from + 1))[target]!;
  };
  return { activations, channels: shape.at(-1)!, logit };
}

test.each([
  ['stage 1', 0, 3],
  ['stage 2', 1, 3],
  ['layer3.0.conv1', 2, 0],
  ['layer2.0.bn2', 1, 3],
])(
  'heat of %s of net %d for class %d is made of the finite differences of the logit by the activations, within 1e-5',
  async (name, n, target) => {
    const looking = lookAt(models, 4);
    const { nets } = await heats(looking, name, target, 1);
    const found = nets[n]!.heats[0]!;
    const layer = shownLayer(looking.nets[n]!.graph, name) as LayerIndex;
    // 4 images are fewer than a look has: it begins with the first.
    const { activations, channels, logit } = await logitFrom(looking, n, layer, 0, target);
    const positions = activations.length / channels;
    // The mean gradient of a channel is the slope of the logit as the whole channel is lifted.
    const nudge = 1e-6;
    const alphas = new Float64Array(channels);
    for (let c = 0; c < channels; c++) {
      const lifted = (by: number) => activations.map((value, i) => (i % channels === c ? value + by : value));
      alphas[c] = ((await logit(lifted(nudge))) - (await logit(lifted(-nudge)))) / (2 * nudge) / positions;
    }
    const expected = Array.from({ length: positions }, (_, p) =>
      Math.max(
        0,
        alphas.reduce((sum, alpha, c) => sum + alpha * activations[p * channels + c]!, 0),
      ),
    );
    const largest = Math.max(...expected);
    expect(largest).toBeGreaterThan(0);
    expected.forEach((value, p) => expect(Math.abs(found.values[p]! - value)).toBeLessThan(1e-5 * largest));
    expect(found.logit).toBeCloseTo(await logit(activations), 10);
  },
);

test('of the last layer it is CAM: the dense layer\u2019s weights times the maps, which with the bias sum to the logit', async () => {
  const looking = lookAt(models, 6);
  const { nets, images } = await heats(looking, null, 'label');
  for (const [n, net] of looking.nets.entries()) {
    const { graph, layout, weights } = net;
    const last = graph.layers.length - 1;
    const matrix = layout.trainable.find(({ layer, role }) => layer === last && role === 'matrix')!;
    const bias = layout.trainable.find(({ layer, role }) => layer === last && role === 'bias')!;
    for (const [i, { target, values, logit }] of nets[n]!.heats.entries()) {
      expect(target).toBe(images[i]!.label);
      const { activations, channels } = await logitFrom(
        looking,
        n,
        graph.layers[last - 1]!.input,
        i,
        target!,
      );
      const signed = Array.from({ length: activations.length / channels }, (_, p) => {
        let sum = 0;
        for (let c = 0; c < channels; c++)
          sum += weights.parameters[matrix.offset + c * graph.classes + target!]! * activations[p * channels + c]!; // prettier-ignore
        return (sum * channels) / activations.length;
      });
      signed.forEach((value, p) => expect(values[p]).toBeCloseTo(Math.max(0, value), 6));
      const whole = signed.reduce((sum, value) => sum + value, weights.parameters[bias.offset + target!]!);
      expect(whole).toBeCloseTo(logit, 5);
    }
  }
});

describe('what is asked for is what is shown', () => {
  test('six images from the number on, the last six past the end, or a person\u2019s picture', async () => {
    const looking = lookAt(models.slice(0, 1), 20);
    expect((await heats(looking, null, 'answer', 7)).images.map(({ number }) => number)).toEqual([7, 8, 9, 10, 11, 12]); // prettier-ignore
    expect((await heats(looking, null, 'answer', 9_999)).images.map(({ number }) => number)).toEqual([14, 15, 16, 17, 18, 19]); // prettier-ignore
    const { pixels } = await looking.look.images.pixels('test', Uint32Array.of(5));
    const own = await ask(looking, { what: 'gradCam', picture: pixels, image: 0, layer: null, target: 'label' }); // prettier-ignore
    const ofTest = await heats(looking, null, 'answer', 5);
    if (own.kind !== 'gradCam') throw new Error('heat was asked for');
    expect(own.images).toEqual([{ number: null, label: null, pixels }]);
    // It has no class: it is the net's answer that is looked at.
    expect(own.nets[0]!.heats[0]).toEqual(ofTest.nets[0]!.heats[0]);
  });

  test('a layer that a net lacks is none, a convolution is what its batch norm hands on, and a vector has no maps', () => {
    const { graph } = lookAt(models.slice(1, 2)).nets[0]!;
    const named = (name: string | null) => {
      const layer = shownLayer(graph, name);
      return typeof layer === 'string' ? layer : graph.layers[layer]!.name;
    };
    expect(
      ['conv1', 'layer2.0.conv2', 'layer2.0.bn1', 'layer2.0.shortcut', 'stage 2', null].map(named),
    ).toEqual(['bn1', 'layer2.0.bn2', 'layer2.0.bn1', 'layer2.0.shortcut', 'layer2.0.bn2', 'layer3.0.bn2']);
    expect(['layer9.0.conv1', 'stage 4', 'stage 0', '', 'pool', 'linear'].map(named)).toEqual([
      'noLayer',
      'noLayer',
      'noLayer',
      'noLayer',
      'noMaps',
      'noMaps',
    ]);
  });

  test('the maps of a layer are its outputs, and the filters the first layer\u2019s weights', async () => {
    const looking = lookAt(models, 6);
    const answer = await ask(looking, { what: 'maps', picture: null, image: 0, layer: 'stage 1' });
    if (answer.kind !== 'maps') throw new Error('maps were asked for');
    for (const [n, net] of looking.nets.entries()) {
      const { side, channels, values, means, largest, zeros } = answer.nets[n]!;
      const layer = shownLayer(net.graph, 'stage 1') as LayerIndex;
      const { activations } = await logitFrom(looking, n, layer, 0, 0);
      expect([side, activations.length]).toEqual([32, 32 * 32 * channels]);
      for (let c = 0; c < channels; c++) {
        const own = activations.filter((_, i) => i % channels === c);
        expect(values.subarray(c * 1024, (c + 1) * 1024)).toEqual(own);
        expect(means[c]).toBeCloseTo(own.reduce((sum, value) => sum + value, 0) / 1024, 12);
        expect(largest[c]).toBe(Math.max(...own));
        expect(zeros[c]).toBeCloseTo(own.filter((value) => value === 0).length / 1024, 12);
      }
    }
    const filters = await ask(looking, { what: 'filters' });
    if (filters.kind !== 'filters') throw new Error('filters were asked for');
    const [, own] = filters.nets;
    const { layout, weights } = looking.nets[1]!;
    const slot = layout.trainable.find(({ layer }) => layer === 0)!;
    expect(own).toMatchObject({ layer: 'conv1', kernel: 3, count: 3 });
    // [row 2, column 1, blue] of filter 2.
    expect(own!.values[2 * 27 + (2 * 3 + 1) * 3 + 2]).toBe(weights.parameters[slot.offset + ((2 * 3 + 1) * 3 + 2) * 3 + 2]); // prettier-ignore
  });

  test('a net that has diverged has no answer and no heat', async () => {
    const looking = lookAt(models.slice(0, 1), 6);
    looking.nets[0]!.weights.parameters.fill(NaN);
    const { nets } = await heats(looking, null);
    expect(nets[0]!.heats[0]).toMatchObject({ answer: null, target: null, logit: NaN, probability: NaN });
    expect(nets[0]!.heats[0]!.values.every(Number.isNaN)).toBe(true);
    expect((await heats(looking, null, 4)).nets[0]!.heats[0]).toMatchObject({ answer: null, target: 4 });
    const maps = await ask(looking, { what: 'maps', picture: null, image: 0, layer: null });
    if (maps.kind !== 'maps') throw new Error('maps were asked for');
    expect(maps.nets[0]!.means.every(Number.isNaN)).toBe(true);
  });
});

test('leaves nothing, answered, cancelled or failed', async () => {
  const looking = lookAt(models, 6);
  const { look, ops, nets } = looking;
  for (const { parameters, statistics } of nets) expect(parameters).not.toBe(statistics);
  const before = ops.tensorCount();
  const asks: GradCamAsked[] = [
    { what: 'gradCam', picture: null, image: 0, layer: 'layer1.0.conv1', target: 'answer' },
    { what: 'maps', picture: null, image: 0, layer: null },
    { what: 'filters' },
  ];
  for (const asked of asks) {
    await ask(looking, asked);
    expect(ops.tensorCount()).toBe(before);
    if (asked.what === 'filters') continue;
    const cancelling = { ...look, turn: () => Promise.reject(new LookCancelled()) };
    await expect(computeGradCam(cancelling, asked)).rejects.toThrow(LookCancelled);
    expect(ops.tensorCount()).toBe(before);
    const failing = { ...look, ops: { ...ops, download: () => Promise.reject(new Error('lost')) } };
    await expect(computeGradCam(failing, asked)).rejects.toThrow('lost');
    expect(ops.tensorCount()).toBe(before);
  }
  expect(looking.told.at(-1)).toMatchObject({ total: 3 });
  looking.dispose();
  expect(ops.tensorCount()).toBe(0);
});
