import { expect, test } from 'vitest';
import { imagesOf, type Images } from '../../inside/images.ts';
import { LookCancelled, type Look } from '../../inside/look.ts';
import { LookedNet } from '../../inside/lookedNet.ts';
import { openDataset } from '../../data/dataset.ts';
import { createSmallDataset } from '../../data/testing/smallDataset.ts';
import { createReferenceOps } from '../../kernels/reference/reference.ts';
import type { Float64Tensor } from '../../kernels/reference/tensor.ts';
import { errorOf, NO_ANSWER } from '../../insights/predictions.ts';
import { parseRun } from '../../model/config.ts';
import { IMAGE_SIZE } from '../../model/dataset.ts';
import type { GivenNet } from '../../protocol/inside.ts';
import { Trainer } from '../../training/trainer.ts';
import { computePredictions } from './compute.ts';
import { imagesOfSet, imagesToShow, MOST_SHOWN, setAmong, setsOf } from './imageSets.ts';
import type { OwnAnswer, TestAnswer } from './predictions.ts';

const SEEDS = [1, 2] as const;
const run = (seed: number) =>
  parseRun({ model: { depth: 8, width: 1, block: seed === 1 ? 'plain' : 'basic' }, seed, steps: 1 });
const given = (seed: number): GivenNet => ({
  model: run(seed).model,
  normalisation: seed === 1 ? 'per-pixel-mean' : 'channel',
  weights: { kind: 'seed', seed },
});

async function begin(test = [60, 45]) {
  const dataset = await createSmallDataset({ test });
  const images = imagesOf(() => openDataset({ url: 'https://x/', fetch: dataset.fetch }));
  const ops = createReferenceOps();
  const told: [number, number, unknown][] = [];
  const nets = await Promise.all(SEEDS.map((seed) => LookedNet.open(ops, given(seed))));
  const look = {
    ops,
    nets,
    images,
    turn: () => Promise.resolve(),
    tell: (done: number, total: number, soFar?: unknown) => told.push([done, total, soFar]),
  } satisfies Look<Float64Tensor>;
  const end = () => {
    for (const net of nets) net.dispose();
    expect(ops.tensorCount()).toBe(0);
  };
  return { dataset, look, told, images, ops, end };
}

/** Error of the same net as training's evaluation has it. */
async function evaluated(seed: number, images: Images, count: number): Promise<number> {
  const ops = createReferenceOps();
  const trainer = new Trainer(ops, run(seed));
  const batch = await images.batch('test', 0, count, given(seed).normalisation);
  async function* batches() {
    yield await Promise.resolve(batch);
  }
  const score = await trainer.evaluate(batches(), () => false);
  trainer.dispose();
  return score!.error;
}

test('every net answers every image, its error is the evaluation\u2019s, and no tensor is left', async () => {
  const { dataset, look, told, images, end } = await begin();
  const answer = (await computePredictions(look, { what: 'test', images: 1_000 })) as TestAnswer;
  expect(Array.from(answer.labels)).toEqual(Array.from({ length: 105 }, (_, n) => dataset.label('test', n)));
  for (const [i, seed] of SEEDS.entries()) {
    expect(errorOf(answer.labels, answer.nets[i]!)).toBeCloseTo(await evaluated(seed, images, 105), 12);
  }
  expect(told.map(([done, total]) => [done, total])).toEqual([[100, 105]]);
  const soFar = told[0]![2] as TestAnswer;
  expect(soFar.labels).toEqual(answer.labels.subarray(0, 100));
  expect(soFar.nets[1]!.confidences).toEqual(answer.nets[1]!.confidences.subarray(0, 100));
  const { numbers, pixels } = answer.pictures;
  expect(numbers).toEqual(imagesToShow(answer.labels, answer.nets, 10));
  numbers.forEach((number, i) => {
    expect(pixels.subarray(i * IMAGE_SIZE, (i + 1) * IMAGE_SIZE)).toEqual(dataset.pixels('test', number));
  });
  end();
});

test('a picture of one\u2019s own gets the answer of the test image that it is', async () => {
  const { dataset, look, end } = await begin([8]);
  const all = (await computePredictions(look, { what: 'test', images: 1_000 })) as TestAnswer;
  const picture = dataset.pixels('test', 5);
  const own = (await computePredictions(look, { what: 'own', picture })) as OwnAnswer;
  expect(own).toMatchObject({ pixels: picture, label: null });
  own.nets.forEach((probabilities, i) => {
    const { classes, confidences } = all.nets[i]!;
    expect(probabilities.indexOf(Math.max(...probabilities))).toBe(classes[5]);
    expect(Math.max(...probabilities)).toBeCloseTo(confidences[5]!, 12);
    expect(probabilities.reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
  });
  const example = (await computePredictions(look, { what: 'own', picture: null })) as OwnAnswer;
  expect(example).toMatchObject({ pixels: dataset.pixels('test', 0), label: dataset.label('test', 0) });
  end();
});

test('a net whose numbers are none answers nothing, and is wrong throughout', async () => {
  const { look, end } = await begin([8]);
  look.nets[0]!.weights.parameters.fill(NaN);
  const answer = (await computePredictions(look, { what: 'test', images: 1_000 })) as TestAnswer;
  expect(answer.nets[0]!.classes.every((answered) => answered === NO_ANSWER)).toBe(true);
  expect(errorOf(answer.labels, answer.nets[0]!)).toBe(1);
  end();
});

test('what is cancelled leaves no tensor', async () => {
  const { look, end } = await begin([8]);
  const turn = () => Promise.reject(new LookCancelled());
  await expect(computePredictions({ ...look, turn }, { what: 'test', images: 1_000 })).rejects.toThrow(
    LookCancelled,
  );
  end();
});

test('the sets of two nets hold what they say', () => {
  const labels = Uint8Array.of(0, 1, 2, 3);
  const confidences = Float64Array.of(0.5, 0.9, 0.7, 0.8);
  const nets = [
    { classes: Uint8Array.of(0, 1, 0, 0), confidences },
    { classes: Uint8Array.of(0, 0, 2, 0), confidences },
  ];
  const numbers = (set: Parameters<typeof imagesOfSet>[0]['set'], of = 0) =>
    imagesOfSet({ set, of }, labels, nets);
  expect(numbers('right')).toEqual([0]);
  expect(numbers('differ')).toEqual([1, 2]);
  expect(numbers('onlyRight', 0)).toEqual([1]);
  expect(numbers('onlyRight', 1)).toEqual([2]);
  expect(numbers('onlyWrong', 1)).toEqual([1]);
  expect(numbers('wrong')).toEqual([3]);
  expect(numbers('mistakes', 0)).toEqual([3, 2]);
  expect(Array.from(imagesToShow(labels, nets, 10))).toEqual([0, 1, 2, 3]);
});

test('sets are those of the nets that there are, and no set shows more than there is room for', () => {
  expect(setsOf(1).map(({ set }) => set)).toEqual(['mistakes', 'wrong', 'right']);
  expect(setsOf(4)).toHaveLength(15);
  expect(setAmong({ set: 'onlyRight', of: 3 }, 2)).toEqual({ set: 'differ', of: 0 });
  const labels = new Uint8Array(5_000);
  const wrong = { classes: labels.map(() => 1), confidences: new Float64Array(5_000).fill(1) };
  expect(imagesToShow(labels, [wrong], 10)).toHaveLength(MOST_SHOWN);
});
