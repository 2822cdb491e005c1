import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { LookedAt } from '../../app/inside/view.ts';
import { IMAGE_SIZE } from '../../model/dataset.ts';
import { createRandom } from '../../model/random.ts';
import { filterFacts } from './filters.ts';
import type { CamAnswer, FiltersAnswer, GradCamQuestion, MapsAnswer } from './gradCam.ts';
import { gradCamView } from './gradCamView.ts';
import { heatFacts } from './heat.ts';
import { scaleOfAll } from './scales.ts';

const markers = ['circle', 'square', 'diamond', 'triangle'] as const;
const looked = (count: number, depth = 20, width = 4): readonly LookedAt[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `${i}`,
    name: `net-${i}`,
    style: { hue: i % 2 === 0 ? 'plain' : 'residual', tone: 0, marker: markers[i % 4]! },
    model: { family: 'cifar', depth, block: i % 2 === 0 ? 'plain' : 'basic', shortcut: 'A', width },
    step: 5,
  }));

const asked = (question: Partial<GradCamQuestion>, picture: Uint8Array | null = null) => {
  const view = gradCamView.with({ ...(gradCamView.initial as GradCamQuestion), ...question }, picture);
  if (!view) throw new Error('its own question is one that it knows');
  return view;
};

const random = createRandom('cam');
const some = (count: number, value: number) =>
  Float64Array.from({ length: count }, () => Math.max(0, random.normal()) * value);
const pixels = new Uint8Array(IMAGE_SIZE).fill(90);

function heats(nets: number, images: number, value: number): CamAnswer {
  const isBroken = Number.isNaN(value);
  return {
    kind: 'gradCam',
    images: Array.from({ length: images }, (_, i) => ({ number: i, label: i % 10, pixels })),
    nets: Array.from({ length: nets }, () => ({
      layer: 'layer3.2.bn2',
      side: 8,
      heats: Array.from({ length: images }, () => ({
        answer: isBroken ? null : 3,
        target: isBroken ? null : 3,
        logit: 2.5 * value,
        probability: 0.4 * value,
        values: some(64, value),
      })),
    })),
  };
}
function maps(nets: number, value: number, channels: number): MapsAnswer {
  const shown = Math.min(64, channels);
  return {
    kind: 'maps',
    image: { number: null, label: null, pixels },
    nets: Array.from({ length: nets }, () => ({
      layer: 'layer3.2.bn2',
      side: 8,
      channels,
      values: some(64 * shown, value),
      means: some(channels, value),
      largest: some(channels, value),
      zeros: some(channels, value),
    })),
  };
}
const filters = (nets: number, value: number): FiltersAnswer => ({
  kind: 'filters',
  nets: Array.from({ length: nets }, () => ({
    layer: 'conv1',
    kernel: 3,
    count: 4,
    filters: 4,
    values: some(108, value),
  })),
});

test.each([1, 2, 4])(
  'each part of %d nets is drawn, listed and said, of numbers, of zeros and of none',
  (count) => {
    for (const scale of ['one', 'each'] as const)
      for (const value of [1, 0, NaN])
        for (const [part, answer, rows] of [
          ['gradCam', heats(count, 6, value), 6],
          ['gradCam', heats(count, 1, value), 1],
          ['maps', maps(count, value, 16), 16],
          ['maps', maps(count, value, 100), 100],
          ['filters', filters(count, value), 4],
        ] as const) {
          const { drawing, table, summary } = asked({ part, scale }).answered(looked(count), answer);
          const svg = renderToStaticMarkup(drawing);
          expect(svg).toContain('<svg class="view-picture"');
          expect(svg).not.toMatch(/="[^"]*(?:NaN|undefined|Infinity)/);
          expect(summary).not.toMatch(/undefined|Infinity/);
          expect(table.rows).toHaveLength(count * rows);
          for (const row of table.rows) {
            expect(row).toHaveLength(table.head.length);
            expect(row.every((cell) => typeof cell !== 'number' || Number.isFinite(cell))).toBe(true);
          }
        }
  },
);

test('a net without the layer says so, and the others are shown', () => {
  const answer = heats(2, 6, 1);
  const one: CamAnswer = { ...answer, nets: [null, answer.nets[1]!] };
  const nets = [looked(2, 8)[0]!, looked(2, 20)[1]!];
  const view = asked({ layer: 'layer3.2.conv2' }).answered(nets, one);
  const svg = renderToStaticMarkup(view.drawing);
  expect(svg).toContain('net-0 has no layer layer3.2.conv2.');
  expect(svg).not.toContain('net-1 has no');
  expect(view.table.rows).toHaveLength(6);
  expect(view.summary).not.toContain('net-0');
  const none: CamAnswer = { ...answer, nets: [null, null] };
  const flat = asked({ layer: 'linear' }).answered(nets, none);
  expect(renderToStaticMarkup(flat.drawing)).toContain('linear of net-1 gives a vector, and no map.');
  expect(flat.summary).toBe('None of these nets has such a layer with maps.');
});

test('what only the drawing needs is not asked, and a picture stands beside the question', () => {
  const picture = new Uint8Array(IMAGE_SIZE).fill(7);
  const ofTest = { what: 'gradCam', image: 12, picture: null, layer: null, target: 'answer' };
  expect(asked({ image: 12, scale: 'each' }).asks).toEqual(ofTest);
  expect(asked({ image: 12 }, picture).asks).toEqual(ofTest);
  expect(asked({ image: 12, of: 'own' }).asks).toEqual(ofTest);
  expect(asked({ image: 12, of: 'own', part: 'maps', layer: 'conv1' }, picture).asks).toEqual({ what: 'maps', image: 0, picture, layer: 'conv1' }); // prettier-ignore
  expect(asked({ part: 'filters', image: 12 }).asks).toEqual({ what: 'filters' });
  for (const wrong of [
    { image: 10_000 },
    { image: -1 },
    { image: 0.5 },
    { target: 10 },
    { layer: 'x'.repeat(101) },
  ])
    expect(gradCamView.with({ ...(gradCamView.initial as GradCamQuestion), ...wrong }, null)).toBeNull();
});

test('what takes long says so first', () => {
  expect(asked({}).cost(looked(4, 56, 16))).toBeNull();
  expect(asked({}).cost(looked(1, 1202, 16))).toBe('6 pictures through each net and back: as much work as about one training step of 128 images of each.'); // prettier-ignore
  expect(asked({ part: 'maps' }).cost(looked(2, 1202, 16))).toBeNull();
});

test('facts are those of the numbers: where it is hottest, how much of a filter is colour, where a scale ends', () => {
  const field = new Float64Array(1024);
  field.fill(2.5, 100, 355);
  field[32 * 5 + 9] = 4;
  expect(heatFacts(field)).toEqual({ highest: 4, x: 9, y: 5, share: 255 / 1024 });
  expect(heatFacts(new Float64Array(1024))).toEqual({ highest: 0, x: NaN, y: NaN, share: NaN });
  expect(heatFacts(new Float64Array(1024).fill(NaN)).share).toBeNaN();
  // Grey has no colour; red against blue is all colour.
  expect(filterFacts([2, 2, 2])).toEqual({ norm: Math.sqrt(12), means: [2, 2, 2], colour: 0 });
  expect(filterFacts([1, 0, -1, 1, 0, -1])).toEqual({ norm: 2, means: [1, 0, -1], colour: 4 });
  const all = scaleOfAll([[0, 0, 1, 2], [3]]);
  expect([all.from, all.pixel(0)]).toEqual([0, all.pixel(-1)]);
  const signed = scaleOfAll([[-1, 0, 1]]);
  expect([signed.from, signed.to]).toEqual([-1, 1]);
  // White at 0, blue below, red above.
  const [low, middle, high] = [-1, 0, 1].map((value) => signed.pixel(value));
  expect(low![2]).toBeGreaterThan(low![0]);
  expect(high![0]).toBeGreaterThan(high![2]);
  expect(Math.min(...middle!)).toBeGreaterThan(230);
});
