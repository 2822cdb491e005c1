import { renderToStaticMarkup } from 'react-dom/server';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { LookedAt } from '../../app/inside/view.ts';
import { IMAGE_SIZE } from '../../model/dataset.ts';
import { LAGS, POINTS, ROWS, shatteredQuestion, type Correlated, type ShatteredAnswer } from './shattered.ts';
import { shatteredView } from './shatteredView.ts';

const net = (name: string, block: 'plain' | 'basic', width = 4): LookedAt => ({
  id: name,
  name,
  style: { hue: 'residual', tone: 0, marker: 'circle' },
  model: { family: 'cifar', depth: 20, block, shortcut: 'A', width },
  step: 0,
});
const nets = [net('plain-20', 'plain'), net('ResNet-20', 'basic')];
const correlated = (forgets: number): Correlated => ({
  mean: Array.from({ length: LAGS + 1 }, (_, lag) => forgets ** lag),
  deviation: Array.from({ length: LAGS + 1 }, () => 0.1),
  strip: Float32Array.from({ length: ROWS * POINTS }, (_, i) => forgets * Math.sin(i)),
});
const answer = (forgets: number): ShatteredAnswer => ({
  draws: 5,
  ends: new Uint8Array(2 * IMAGE_SIZE).fill(90),
  nets: [correlated(forgets), correlated(0.95)],
  white: correlated(0),
  brownian: correlated(0.99),
});
const asked = (question: object = {}) => {
  const view = shatteredView.with({ weights: 'initial', draws: 20, ...question }, null);
  if (!view) throw new Error('its own question is one that it knows');
  return view;
};

test.each(['initial', 'own'] as const)(
  'of %s weights it is drawn, listed and said, of numbers and of none',
  (weights) => {
    for (const forgets of [0.5, 0, NaN]) {
      const { drawing, table, summary } = asked({ weights }).answered(nets, answer(forgets));
      const svg = renderToStaticMarkup(drawing);
      expect(svg).toContain('<svg class="view-picture"');
      expect(svg).not.toMatch(/="[^"]*(?:NaN|undefined|Infinity)/);
      expect(svg.match(/<image /g)).toHaveLength(4 + 2);
      expect(summary).not.toContain('undefined');
      expect(table.rows).toHaveLength(4 * (LAGS + 1));
      for (const row of table.rows)
        expect(row.every((cell) => typeof cell !== 'number' || Number.isFinite(cell))).toBe(true);
    }
  },
);

test('what is said is what correlates ten points apart, never minus nothing, and of which weights', () => {
  const barely = { ...answer(0), nets: [{ ...correlated(0), mean: Array<number>(LAGS + 1).fill(-0.001) }, correlated(0.95)] }; // prettier-ignore
  const said = (weights: string) => asked({ weights }).answered(nets, barely).summary;
  expect(said('initial')).toBe('Before the first step, mean of 5 draws: at points 4% of the way apart (10 of 256), gradients correlate by 0.00 in plain-20 and 0.60 in ResNet-20; white noise by 0.00, Brownian noise by 0.90.'); // prettier-ignore
  expect(said('own')).toContain('With their own weights, mean of 5 lines');
});

test('it says what it costs, and asks what the worker reads; other questions are none of its own', () => {
  expect(asked().cost([net('wide', 'basic', 16)])).toBe('20 lines of 256 points, forward and back: as much work as about 40 training steps of 128 images of the net. What has come is drawn at once.'); // prettier-ignore
  expect(asked({ draws: 5 }).cost([net('narrow', 'basic', 1)])).toBeNull();
  expect(v.parse(shatteredQuestion, asked().asks)).toEqual(asked().asks);
  for (const wrong of [{ draws: 3 }, { weights: 'any' }, { more: 1 }])
    expect(shatteredView.with({ weights: 'initial', draws: 20, ...wrong }, null)).toBeNull();
});
