/** Gradients along a line, against finite differences and the definition, on the float64 reference; and on WASM. */
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { openNodeOps } from '../../../cli/node/nodeDevice.ts';
import { lookAt, randomImages, trainedNet } from '../../inside/testing/look.ts';
import { LookCancelled } from '../../inside/look.ts';
import { buildGraph } from '../../model/graph.ts';
import { initialParameters, layoutOf } from '../../model/parameters.ts';
import type { ModelConfig } from '../../model/config.ts';
import { createRandom } from '../../model/random.ts';
import { computeShattered, gradientsAlong, lineBetween, stripOf } from './compute.ts';
import { LAGS, POINTS, ROWS, shatteredAnswer } from './shattered.ts';

const model: ModelConfig = { family: 'cifar', depth: 8, block: 'basic', shortcut: 'A', width: 1 };
const SIZE = 32 * 32 * 3;
/** The same on WASM, for what the reference would take long for. */
async function lookOnWasm(models: readonly ModelConfig[]) {
  const ops = await openNodeOps('wasm');
  const nets = models.map((one, i) => trainedNet(ops, one, i + 1));
  const { look: on, told } = lookAt([], 4);
  const dispose = () => nets.forEach((net) => net.dispose());
  return { look: { ...on, ops, nets }, ops, nets, told, dispose };
}

/** Four points of a line are as good as all for what is not counted along it. */
const few = async (look: Parameters<typeof lineBetween>[0], net: Parameters<typeof lineBetween>[1]) => {
  const line = await lineBetween(look, net, [0, 1]);
  return Float32Array.from([0, 90, 91, 255].flatMap((t) => [...line.subarray(t * SIZE, (t + 1) * SIZE)]));
};

test.each(['plain', 'basic'] as const)(
  'of a %s net they are finite differences of its output, batch norm held at the line\u2019s moments',
  async (block) => {
    const { look, ops, nets, dispose } = lookAt([{ ...model, block }], 4);
    const net = nets[0]!;
    const line = await few(look, net);
    const direction = Float64Array.from({ length: 10 }, (_, k) => Math.cos(3 * k));
    const gradients = await gradientsAlong(look, net, net.parameters, line, direction);
    const all = net.upload(line);
    const moments = net.network.moments(net.parameters, all);
    const outputs = async (images: Float64Array) => {
      const input = ops.upload(images, [4, 32, 32, 3]);
      const logits = net.network.logits(net.parameters, moments, input);
      const values = await ops.download(logits);
      for (const tensor of [input, logits]) ops.dispose(tensor);
      return [0, 1, 2, 3].map((n) => direction.reduce((sum, d, k) => sum + d * values[n * 10 + k]!, 0));
    };
    // A step of all points along one number each tells their gradients at once.
    const largest = Math.max(...gradients.map(Math.abs));
    for (const at of [0, 700, 1501, 1502, 2222, 3071]) {
      const moved = async (step: number) =>
        outputs(Float64Array.from(line, (value, i) => (i % SIZE === at ? value + step : value)));
      const [above, below] = [await moved(1e-6), await moved(-1e-6)];
      for (let n = 0; n < 4; n++) {
        const difference = (above[n]! - below[n]!) / 2e-6;
        expect(Math.abs(gradients[n * SIZE + at]! - difference)).toBeLessThan(1e-5 * largest);
      }
    }
    for (const tensor of [all, moments]) ops.dispose(tensor);
    dispose();
    expect(ops.tensorCount()).toBe(0);
  },
);

test('a line goes straight from one test image to another', async () => {
  const { look, nets } = lookAt([model], 4);
  const line = await lineBetween(look, nets[0]!, [2, 3]);
  const { images } = await look.images.batch('test', 2, 2, 'channel');
  expect(line).toHaveLength(POINTS * SIZE);
  expect([...line.subarray(0, SIZE)]).toEqual([...images.subarray(0, SIZE)]);
  expect([...line.subarray(255 * SIZE)]).toEqual([...images.subarray(SIZE)]);
  expect(line[51 * SIZE + 7]).toBeCloseTo(0.8 * images[7]! + 0.2 * images[SIZE + 7]!, 6);
});

test('draws are averaged, twins have the same weights and images, and no tensor is left', async () => {
  const { look, ops, nets, told, dispose } = await lookOnWasm([model, { ...model, block: 'plain' }]);
  const answer = v.parse(shatteredAnswer, await computeShattered(look, { weights: 'initial', draws: 2 }));
  expect(answer.draws).toBe(2);
  expect(told.map(({ done, total }) => [done, total])).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
  expect(v.parse(shatteredAnswer, told[1]!.soFar).draws).toBe(1);
  expect(told[3]!.soFar).toEqual(answer);

  // The first two draws of the first net again, from their parts, and correlated by another way.
  const graph = buildGraph(model);
  const layout = layoutOf(graph);
  const lags = [0, 1, 10, LAGS];
  const found: number[][] = [];
  for (const draw of [0, 1]) {
    const random = createRandom('shattered').fork(draw).fork('output');
    const direction = Float64Array.from({ length: 10 }, () => random.normal());
    const parameters = ops.upload(initialParameters(graph, layout, createRandom(draw + 1).fork('weights')), [layout.trainableLength]); // prettier-ignore
    const line = await lineBetween(look, nets[0]!, [(2 * draw) % 4, 2 * draw + 1]);
    const g = await gradientsAlong(look, nets[0]!, parameters, line, direction);
    ops.dispose(parameters);
    const mean = Float64Array.from({ length: SIZE }, (_, i) => {
      let sum = 0;
      for (let t = 0; t < POINTS; t++) sum += g[t * SIZE + i]!;
      return sum / POINTS;
    });
    const products = lags.map((lag) => {
      let sum = 0;
      for (let at = lag * SIZE; at < g.length; at++)
        sum += (g[at]! - mean[at % SIZE]!) * (g[at - lag * SIZE]! - mean[at % SIZE]!);
      return sum;
    });
    found.push(products.map((product) => product / products[0]!));
  }
  const [own] = answer.nets;
  lags.forEach((lag, i) => {
    const [a, b] = [found[0]![i]!, found[1]![i]!];
    expect(own!.mean[lag]).toBeCloseTo((a + b) / 2, 6);
    expect(own!.deviation[lag]).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 6);
  });
  expect(answer.white.mean[1]).toBeLessThan(0.1);
  expect(answer.brownian.mean[1]).toBeGreaterThan(0.9);
  dispose();
  expect(ops.tensorCount()).toBe(0);
});

test('a net\u2019s own weights are those that it has: the draws are other lines', async () => {
  const { look, ops, nets, dispose } = await lookOnWasm([model]);
  const { nets: answers } = await computeShattered(look, { weights: 'own', draws: 1 });
  const random = createRandom('shattered').fork(0);
  const values = random.fork('output');
  const direction = Float64Array.from({ length: 10 }, () => values.normal());
  const line = await lineBetween(look, nets[0]!, [0, 1]);
  const gradients = await gradientsAlong(look, nets[0]!, nets[0]!.parameters, line, direction);
  expect(answers[0]!.strip).toEqual(stripOf(gradients, random.fork('rows')));
  dispose();
  expect(ops.tensorCount()).toBe(0);
});

test('a strip has rows of mean 0 and deviation 1, and nothing where nothing changes', () => {
  const series = Float64Array.from({ length: POINTS * ROWS }, (_, i) =>
    i % ROWS === 5 ? 7 : Math.sin(i * i),
  );
  const strip = stripOf(series, createRandom(1));
  const rows = Array.from({ length: ROWS }, (_, row) => [
    ...strip.subarray(row * POINTS, (row + 1) * POINTS),
  ]);
  const flat = rows.filter((row) => row.every((value) => value === 0));
  expect(flat).toHaveLength(1);
  for (const row of rows.filter((one) => one !== flat[0])) {
    expect(row.reduce((sum, value) => sum + value, 0) / POINTS).toBeCloseTo(0, 5);
    expect(row.reduce((sum, value) => sum + value ** 2, 0) / POINTS).toBeCloseTo(1, 4);
  }
});

test('cancelled, or where an operation fails, it leaves nothing', async () => {
  const { look, ops, dispose } = await lookOnWasm([model]);
  let turns = 0;
  const turn = () => (++turns < 3 ? Promise.resolve() : Promise.reject(new LookCancelled()));
  await expect(computeShattered({ ...look, turn }, { weights: 'initial', draws: 2 })).rejects.toThrow(
    LookCancelled,
  );
  const broken = { ...ops, padShortcutGradient: () => { throw new Error('no memory'); } }; // prettier-ignore
  await expect(computeShattered({ ...look, ops: broken }, { weights: 'initial', draws: 2 })).rejects.toThrow(
    'no memory',
  );
  dispose();
  expect(ops.tensorCount()).toBe(0);
});

test('on WASM, too, and in parts of a batch: the gradients are the reference\u2019s within 1e-3 of the largest', async () => {
  const wasm = await openNodeOps('wasm');
  const wide: ModelConfig = { ...model, depth: 14, width: 3 };
  const { look, ops, dispose } = lookAt([wide], 4);
  const direction = Float64Array.from({ length: 10 }, (_, k) => k - 4);
  const [mine, truth] = [trainedNet(wasm, wide), trainedNet(ops, wide)];
  const line = await few(look, truth);
  const own = { ops: wasm, images: randomImages(4), turn: look.turn };
  const found = await gradientsAlong(own, mine, mine.parameters, line, direction);
  const expected = await gradientsAlong(look, truth, truth.parameters, line, direction);
  const largest = Math.max(...expected.map(Math.abs));
  // A ReLU at its kink may fall to the other side in float32: the most by far may not.
  const off = found.filter((value, i) => Math.abs(value - expected[i]!) > 1e-3 * largest).length;
  expect(off / found.length).toBeLessThan(0.01);
  for (const net of [mine, truth]) net.dispose();
  dispose();
  expect(wasm.tensorCount()).toBe(0);
});
