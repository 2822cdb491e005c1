import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { LookedAt } from '../../app/inside/view.ts';
import { answersOf, NO_ANSWER } from '../../insights/predictions.ts';
import { IMAGE_SIZE } from '../../model/dataset.ts';
import { createRandom } from '../../model/random.ts';
import { imagesToShow } from './imageSets.ts';
import { parts, type OwnAnswer, type PredictionsQuestion, type TestAnswer } from './predictions.ts';
import { predictionsView } from './predictionsView.ts';

const markers = ['circle', 'square', 'diamond', 'triangle'] as const;
const looked = (count: number, width = 4): readonly LookedAt[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `${i}`,
    name: `net-${i}`,
    style: { hue: i % 2 === 0 ? 'plain' : 'residual', tone: 0, marker: markers[i % 4]! },
    model: { family: 'cifar', depth: 20, block: 'plain', shortcut: 'A', width },
    step: 5,
  }));

const question = (part: PredictionsQuestion['part']): PredictionsQuestion => ({
  part,
  images: 1_000,
  set: 'differ',
  of: 0,
});
const asked = (part: PredictionsQuestion['part'], picture: Uint8Array | null = null) => {
  const view = predictionsView.with(question(part), picture);
  if (!view) throw new Error('its own question is one that it knows');
  return view;
};

/** Answers of noise; the last net has none where `isBroken`. */
function answered(nets: number, images: number, isBroken = false): TestAnswer {
  const random = createRandom(nets);
  const labels = Uint8Array.from({ length: images }, () => random.integer(10));
  const answers = Array.from({ length: nets }, (_, i) => {
    const isLast = isBroken && i === nets - 1;
    return answersOf(
      Float64Array.from({ length: images * 10 }, () => (isLast ? NaN : random.normal())),
      10,
    );
  });
  const numbers = imagesToShow(labels, answers, 10);
  const pixels = new Uint8Array(numbers.length * IMAGE_SIZE);
  return { kind: 'test', labels, nets: answers, pictures: { numbers, pixels } };
}

test.each([1, 2, 4])(
  'every part of the view of %d nets is drawn, listed and said, without a NaN',
  (count) => {
    for (const answer of [answered(count, 300), answered(count, 300, true), answered(count, 1)])
      for (const part of parts) {
        const { drawing, table, summary } = asked(part).answered(looked(count), answer);
        const svg = renderToStaticMarkup(drawing);
        expect(svg).toContain('<svg class="view-picture"');
        // No attribute is made of what is no number.
        expect(svg).not.toMatch(/="[^"]*(?:NaN|undefined|Infinity)/);
        expect(summary).not.toContain('undefined');
        for (const row of table.rows) {
          expect(row).toHaveLength(table.head.length);
          expect(row.every((cell) => typeof cell !== 'number' || Number.isFinite(cell))).toBe(true);
        }
      }
  },
);

test('the table of images lists every image, and the confusions sum to them', () => {
  const answer = answered(2, 300);
  const nets = looked(2);
  const images = asked('images').answered(nets, answer).table;
  expect(images.head).toEqual(['image', 'is a', 'net-0 answers', 'net-0 confidence', 'net-1 answers', 'net-1 confidence']); // prettier-ignore
  expect(images.rows).toHaveLength(300);
  const { rows } = asked('confusion').answered(nets, answer).table;
  expect(rows.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(600);
  const broken = answered(1, 3, true);
  expect(broken.nets[0]!.classes.every((one) => one === NO_ANSWER)).toBe(true);
  expect(asked('images').answered(looked(1), broken).summary).toContain('100.0%');
  expect(asked('calibration').answered(looked(1), broken).summary).toContain('net-0 has no answers');
  const { drawing } = asked('confusion').answered(looked(1), broken);
  expect(renderToStaticMarkup(drawing)).toContain('net-0: error 100.0%, 3 without an answer');
});

test('a person\u2019s picture is asked beside the question, and answered class by class', () => {
  const picture = new Uint8Array(IMAGE_SIZE).fill(7);
  expect(asked('own', picture).asks).toEqual({ what: 'own', picture });
  expect(asked('images', picture).asks).toEqual({ what: 'test', images: 1_000 });
  const answer: OwnAnswer = {
    kind: 'own',
    pixels: picture,
    label: null,
    nets: [Float64Array.of(0.75, 0.25, ...new Array<number>(8).fill(0)), new Float64Array(10).fill(NaN)],
  };
  const { drawing, table, summary } = asked('own', picture).answered(looked(2), answer);
  expect(renderToStaticMarkup(drawing)).not.toMatch(/="[^"]*NaN/);
  expect(table.rows).toHaveLength(20);
  expect(summary).toBe('net-0: airplane, 75.0% and net-1: no answer.');
});

test('what takes long says so first, and a picture is answered at once', () => {
  expect(asked('images').cost(looked(2))).toBeNull();
  expect(asked('images').cost(looked(2, 16))).toBe('1,000 test images through 2 nets: as much work as about 3 training steps of 128 images of each.'); // prettier-ignore
  expect(asked('own').cost(looked(4, 64))).toBeNull();
  expect(predictionsView.with({ ...question('images'), images: 5 }, null)).toBeNull();
});
