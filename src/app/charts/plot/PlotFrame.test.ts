import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { quantities } from '../quantities.ts';
import { xOf, yOf, type ChartLayout } from './layout.ts';
import { PlotFrame } from './PlotFrame.tsx';

const layout: ChartLayout = {
  width: 400, height: 220, left: 46, right: 100, top: 10, bottom: 26,
  x: { from: 0, to: 300, isLog: false }, y: { from: 0.01, to: 5, isLog: true },
}; // prettier-ignore
const drawn = renderToStaticMarkup(
  createElement(PlotFrame, { layout, axis: 'step', formatTick: quantities.loss.formatTick }),
);

/** Texts with the place of each, across or upwards. */
const texts = (axis: 'x' | 'y') => {
  const group = drawn.match(new RegExp(`data-ticks="${axis}">(.*?)</g>`))?.[1] ?? '';
  return [...group.matchAll(new RegExp(`<text[^>]* ${axis}="([^"]+)".*?>([^<>]+)</tspan>`, 'g'))].map(
    ([, place, text]) => [text, Number(place)],
  );
};

test('every text stands where the lines have its value', () => {
  expect(texts('x')).toEqual([0, 100, 200, 300].map((step) => [`${step}`, xOf(layout, step)]));
  expect(texts('y')).toEqual(
    [0.01, 0.1, 1].map((loss) => [quantities.loss.formatTick(loss, 1), yOf(layout, loss)]),
  );
});

test('the grid has a line at every value and at both ends of the plot, each once', () => {
  const lines = [...drawn.matchAll(/<line x1="46" x2="300" y1="([^"]+)" y2="([^"]+)"/g)];
  for (const [, y1, y2] of lines) expect(y1).toBe(y2);
  // The lowest value is an end.
  expect(lines.map(([, y]) => Number(y))).toEqual([194, yOf(layout, 0.1), yOf(layout, 1), 10]);
});
