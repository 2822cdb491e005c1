import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { datasetFetch } from '../../../cli/node/datasetFetch.ts';
import { openNodeOps } from '../../../cli/node/nodeDevice.ts';
import { openDataset } from '../../data/dataset.ts';
import { filterNormalisedDirection } from '../../insights/landscape.ts';
import { imagesOf, type Images } from '../../inside/images.ts';
import { LookCancelled, type Look } from '../../inside/look.ts';
import { LookedNet } from '../../inside/lookedNet.ts';
import type { TensorLike, TrainingOps } from '../../kernels/ops.ts';
import { createReferenceOps } from '../../kernels/reference/reference.ts';
import type { ModelConfig } from '../../model/config.ts';
import { createRandom } from '../../model/random.ts';
import type { FlatWeights } from '../../training/weights.ts';
import { computeLandscape } from './compute.ts';
import type { LandscapeAnswer } from './landscape.ts';

const model: ModelConfig = { family: 'cifar', depth: 8, block: 'basic', shortcut: 'A', width: 1 };

/** Images that are different, and labels. */
const made: Images = {
  count: () => Promise.resolve(1000),
  batch: (_split, from, size) =>
    Promise.resolve({
      images: Float32Array.from({ length: size * 3072 }, (_, i) => Math.sin(0.37 * (i + 3072 * from))),
      labels: Uint8Array.from({ length: size }, (_, i) => (from + i) % 10),
      size,
    }),
  pixels: () => Promise.reject(new Error('not asked for')),
  normalise: () => Promise.reject(new Error('not asked for')),
};

/** A net whose batch norms have something to say. */
async function netOf<T extends TensorLike>(
  ops: TrainingOps<T>,
  seed: number,
  block: ModelConfig['block'] = 'basic',
  further: readonly number[] = [],
) {
  // prettier-ignore
  const given = { model: { ...model, block }, normalisation: 'per-pixel-mean' as const };
  const seeded = await LookedNet.open(ops, {
    ...given,
    weights: { kind: 'seed', seed },
    further: further.map((step) => ({ step, weights: { kind: 'seed' as const, seed: step } })),
  });
  const random = createRandom(seed).fork('statistics');
  const statistics = seeded.weights.statistics.map((value) => value + 0.3 * random.uniform());
  return new LookedNet(
    ops,
    given.model,
    given.normalisation,
    { ...seeded.weights, statistics },
    seeded.further,
  );
}

function lookOf<T extends TensorLike>(ops: TrainingOps<T>, nets: readonly LookedNet<T>[], images = made) {
  const told: { done: number; total: number; soFar: LandscapeAnswer | undefined }[] = [];
  const look: Look<T> = {
    ops,
    nets,
    images,
    turn: () => Promise.resolve(),
    tell: (done, total, soFar) => told.push({ done, total, soFar: structuredClone(soFar) as LandscapeAnswer | undefined }), // prettier-ignore
  };
  return { look, told };
}

/** The evaluation loss, straightforwardly: one pass over all images. */
async function lossOf<T extends TensorLike>(
  ops: TrainingOps<T>,
  net: LookedNet<T>,
  { parameters, statistics }: FlatWeights,
  count: number,
) {
  // prettier-ignore
  const { images, labels } = await made.batch('train', 0, count, net.normalisation);
  const own = new LookedNet(ops, net.model, net.normalisation, { parameters, statistics });
  const input = own.upload(images);
  const logits = own.logits(input);
  const { metrics, dLogits } = ops.softmaxCrossEntropy(logits, labels);
  const [loss = NaN, error = NaN] = await ops.download(metrics);
  for (const tensor of [input, logits, metrics, dLogits]) ops.dispose(tensor);
  own.dispose();
  return { loss, error };
}

function fieldsOf(answer: LandscapeAnswer) {
  if (answer.kind !== 'fields') throw new Error('not fields');
  return answer.fields;
}
function lineOf(answer: LandscapeAnswer) {
  const [line, ...others] = answer.kind === 'line' ? answer.lines : [];
  if (answer.kind !== 'line' || !line) throw new Error('not a line');
  return { ...line, at: answer.at, others };
}

const plane = { kind: 'plane', grid: 5, images: 8, radius: 1, seed: 7 } as const;
const IMAGES = 8;

describe('on the reference', () => {
  test('the centre is the evaluation loss, and a corner that of a net moved there by hand (1e-9); no tensor is left', async () => {
    const ops = createReferenceOps();
    const nets = [await netOf(ops, 1), await netOf(ops, 2, 'plain')];
    const before = nets.map((net) => [net.parameters, net.statistics]).flat().length;
    const { look, told } = lookOf(ops, nets);
    const answer = await computeLandscape(look, plane);
    expect(ops.tensorCount()).toBe(before);
    for (const [i, field] of fieldsOf(answer).entries()) {
      const net = nets[i]!;
      const centre = await lossOf(ops, net, net.weights, IMAGES);
      expect(Math.abs(field.centre.loss - centre.loss)).toBeLessThan(1e-9);
      expect(field.losses[12]).toBe(field.centre.loss);
      expect(field.errors[12]).toBe(centre.error);
      const random = createRandom(7).fork('landscape');
      const [x, y] = ['x', 'y'].map((axis) => filterNormalisedDirection(net.graph, net.layout, net.weights.parameters, random.fork(axis))); // prettier-ignore
      // In double precision, as the reference moves it.
      const parameters = Float64Array.from(net.weights.parameters, (value, p) => value + x![p]! - y![p]!);
      const corner = await lossOf(ops, net, { ...net.weights, parameters: parameters as unknown as Float32Array }, IMAGES); // prettier-ignore
      expect(Math.abs(field.losses[4]! - corner.loss)).toBeLessThan(1e-9);
      expect(field.losses[4]).not.toBe(field.losses[12]);
    }
    expect(told.at(-1)).toMatchObject({ done: 25, total: 25 });
    expect(told[0]?.soFar).toMatchObject({ kind: 'fields', known: 1 });
    for (const net of nets) net.dispose();
    expect(ops.tensorCount()).toBe(0);
  }, 60_000);

  test('the ends of a line are the losses of the two nets, with their own statistics (1e-9)', async () => {
    const ops = createReferenceOps();
    const nets = [await netOf(ops, 1), await netOf(ops, 2)];
    const { look } = lookOf(ops, nets);
    const line = lineOf(await computeLandscape(look, { kind: 'line', grid: 5, images: IMAGES, step: null }));
    expect(ops.tensorCount()).toBe(0);
    expect(line.at).toEqual([0, 0.25, 0.5, 0.75, 1]);
    for (const [i, at] of [0, 4].entries()) {
      const { loss, error } = await lossOf(ops, nets[i]!, nets[i]!.weights, IMAGES);
      expect(Math.abs(line.losses[at]! - loss)).toBeLessThan(1e-9);
      expect(line.errors[at]).toBe(error);
    }
    // Of one batch, the statistics that are estimated again are those of the pass in training: its loss is the training loss.
    const { images, labels } = await made.batch('train', 0, IMAGES, 'per-pixel-mean');
    const input = nets[1]!.upload(images);
    const made2 = nets[1]!.network.gradients(nets[1]!.parameters, input, labels, 0);
    const [trained = NaN] = await ops.download(made2.metrics);
    expect(Math.abs(line.again.losses[4]! - trained)).toBeLessThan(1e-9);
  }, 60_000);

  test('a line goes from a kept moment to the net; one between nets of two shapes, or from what is not kept, is refused', async () => {
    const ops = createReferenceOps();
    const net = await netOf(ops, 1, 'basic', [9]);
    const ask = (nets: readonly LookedNet<ReturnType<typeof ops.upload>>[], step: number | null) =>
      computeLandscape(lookOf(ops, nets).look, { kind: 'line', grid: 5, images: IMAGES, step });
    const other = await netOf(ops, 2, 'plain', [5]);
    const line = lineOf(await ask([net, other], 8));
    const all = [line, ...line.others];
    expect(all.map(({ step }) => step)).toEqual([9, 5]);
    for (const [i, one] of [net, other].entries()) {
      const from = await lossOf(ops, one, one.further[0]!.weights, IMAGES);
      const to = await lossOf(ops, one, one.weights, IMAGES);
      expect(Math.abs(all[i]!.losses[0]! - from.loss)).toBeLessThan(1e-9);
      expect(Math.abs(all[i]!.losses[4]! - to.loss)).toBeLessThan(1e-9);
    }
    await expect(ask([net, await netOf(ops, 2)], 4)).rejects.toThrow('a kept moment of each net');
    await expect(ask([net], null)).rejects.toThrow('needs two nets');
    await expect(ask([net, await netOf(ops, 2, 'plain')], null)).rejects.toThrow('of one shape');
    net.dispose();
    expect(ops.tensorCount()).toBe(0);
  }, 60_000);

  test('a path lies in its plane, with the loss of every moment beside it, and the net at the origin', async () => {
    const ops = createReferenceOps();
    const net = await netOf(ops, 1, 'basic', [5, 9]);
    const [field] = fieldsOf(await computeLandscape(lookOf(ops, [net]).look, { kind: 'path', grid: 5, images: IMAGES })); // prettier-ignore
    const { points, shares } = field!.path!;
    expect(points.map(({ step }) => step)).toEqual([5, 9, null]);
    expect(shares[0] + shares[1]).toBeCloseTo(1, 6);
    expect([points[2]!.x, points[2]!.y]).toEqual([0, 0]);
    expect(Math.abs(points[0]!.loss - (await lossOf(ops, net, net.further[0]!.weights, IMAGES)).loss)).toBeLessThan(1e-9); // prettier-ignore
    expect(points[2]!.loss).toBe(field!.centre.loss);
    for (const { x, y } of points) {
      expect(x > field!.x[0] && x < field!.x[1] && y > field!.y[0] && y < field!.y[1]).toBe(true);
    }
    net.dispose();
    expect(ops.tensorCount()).toBe(0);
    const alone = await netOf(ops, 1, 'basic', [5]);
    await expect(computeLandscape(lookOf(ops, [alone]).look, { kind: 'path', grid: 5, images: IMAGES })).rejects.toThrow('two kept moments'); // prettier-ignore
    alone.dispose();
    expect(ops.tensorCount()).toBe(0);
  }, 60_000);

  test('what there is so far is told with the first point and with each whole grid, and not with every point of a small net', async () => {
    const ops = createReferenceOps();
    const net = await netOf(ops, 1);
    const { look, told } = lookOf(ops, [net]);
    const answer = await computeLandscape(look, { ...plane, grid: 17, images: 1 });
    const known = told.flatMap(({ soFar }) => (soFar?.kind === 'fields' ? [soFar.known] : []));
    expect(known).toEqual(expect.arrayContaining([1, 25, 81, 289]));
    expect(known.length).toBeLessThan(100);
    const whole = fieldsOf(answer)[0]!.losses;
    const first = told[0]?.soFar;
    if (first?.kind !== 'fields') throw new Error('nothing was told');
    expect(first.fields[0]!.losses[144]).toBe(whole[144]);
    expect(first.fields[0]!.losses[0]).toBe(0);
  }, 60_000);

  test('a loss that is not finite is Infinity, and the others are numbers', async () => {
    const ops = createReferenceOps();
    const net = await netOf(ops, 1);
    const parameters = net.weights.parameters.slice();
    parameters[net.layout.trainable.at(-1)!.offset] = NaN;
    const broken = new LookedNet(ops, net.model, net.normalisation, { ...net.weights, parameters });
    const [field, whole] = fieldsOf(await computeLandscape(lookOf(ops, [broken, net]).look, plane));
    expect(new Set(field!.losses)).toEqual(new Set([Infinity]));
    expect(whole!.losses.every(Number.isFinite)).toBe(true);
  }, 60_000);

  test('what is cancelled ends at its next turn and leaves no tensor', async () => {
    const ops = createReferenceOps();
    const net = await netOf(ops, 1, 'basic', [5, 9]);
    for (const asked of [
      plane,
      { kind: 'line', grid: 5, images: IMAGES, step: 5 },
      { kind: 'path', grid: 5, images: IMAGES },
    ] as const) {
      // prettier-ignore
      const { look } = lookOf(ops, [net]);
      await expect(computeLandscape({ ...look, turn: () => Promise.reject(new LookCancelled()) }, asked)).rejects.toThrow(LookCancelled); // prettier-ignore
      net.dispose();
      expect(ops.tensorCount()).toBe(0);
    }
  }, 60_000);
});

const root = fileURLToPath(new URL('../../..', import.meta.url));
const figure6 = `${root}/../shared/fixtures/published/figure6`;
const isThere = existsSync(figure6);

describe.skipIf(!isThere)(
  `on WASM, plain-20 of figure 6${isThere ? '' : ` (SKIPPED: ${figure6} is not there)`}`,
  () => {
    test('5 x 5 x 64: the net is in a valley, its centre is its loss, and as many tensors are left as were there', async () => {
      const ops = await openNodeOps('wasm');
      const images = imagesOf(() => openDataset({ url: '.', fetch: datasetFetch(`${root}/public/datasets/cifar10`) })); // prettier-ignore
      const { normalisation } = JSON.parse(readFileSync(`${figure6}/figure6.json`, 'utf8')) as { normalisation: LookedNet<TensorLike>['normalisation'] }; // prettier-ignore
      const file = Uint8Array.from(readFileSync(`${figure6}/plain20.safetensors`)).buffer;
      const net = await LookedNet.open(ops, {
        model: { family: 'cifar', depth: 20, block: 'plain', shortcut: 'A', width: 16 },
        normalisation,
        weights: { kind: 'safetensors', file },
      });
      const held = [net.parameters, net.statistics].length;
      const before = ops.tensorCount() - held;
      const asked = { ...plane, images: 64 };
      const [field] = fieldsOf(await computeLandscape(lookOf(ops, [net], images).look, asked));
      expect(ops.tensorCount()).toBe(before + held);
      // Cancelled half way it does not go on.
      let turns = 0;
      const { look, told } = lookOf(ops, [net], images);
      const turn = () => (++turns > 3 ? Promise.reject(new LookCancelled()) : Promise.resolve());
      await expect(computeLandscape({ ...look, turn }, asked)).rejects.toThrow(LookCancelled);
      expect(told.length).toBeLessThan(6);
      expect(ops.tensorCount()).toBe(before + held);
      net.dispose();
      const { losses, errors, centre } = field!;
      expect(losses[12]).toBe(centre.loss);
      // Its authors give 0.74% training error over the last epoch.
      expect(centre.loss).toBeLessThan(0.1);
      expect(errors[12]).toBeLessThan(0.05);
      expect(Math.min(...losses)).toBe(centre.loss);
      expect(Math.max(...losses)).toBeGreaterThan(1);
    }, 60_000);
  },
);
