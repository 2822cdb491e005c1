import { expect, test } from 'vitest';
import { prepareRuns } from '../../runs/prepareRuns.ts';
import type { CurveSource } from '../sources/curveSources.ts';
import { Series } from '../../state/series.ts';
import { buildCurves } from '../curves/curves.ts';
import { guessing } from '../references/guessing.ts';
import { chartSvg } from './chartSvg.ts';
import { experiment } from '../../runs/testing/anyRuns.ts';
import type { ChartPicture } from './chartPicture.ts';

const runs = prepareRuns(experiment, 1, () => '').map((run) => ({
  ...run,
  step: 4,
  error: Series.empty.append([0.9, 0.8, NaN, 0.6]),
  evaluations: [
    { kind: 'evaluation', step: 4, images: 10, complete: false, loss: 2, error: 0.7, seconds: 1 } as const,
  ],
}));
const sources = runs.map((run): CurveSource => ({ ...run, faint: false, runs: [run] }));
const { curves } = buildCurves(sources, 'error', { smoothing: 0, x: 'step' });
const picture = (change: Partial<ChartPicture> = {}): ChartPicture => ({
  title: 'Error, %',
  headline: null,
  sizes: '',
  link: null,
  settings: 'SGD, rate 0.1',
  credit: 'Residual Playground',
  curves,
  axis: 'step',
  x: { from: 0, to: 20, isLog: false },
  y: { from: 0.5, to: 1, isLog: false },
  formatTick: (value) => String(100 * value),
  formatPlace: String,
  formatEnd: (value, split) => `${split ? `${split} ` : ''}${100 * value}%`,
  references: [
    { id: 'guessing', name: 'guessing', value: guessing.error, split: null, stretches: false, style: null },
  ],
  words: { training: 'training error', test: 'test error', across: 'Step', diverged: 'diverged' },
  shortName: (name, fit) => fit(name),
  more: (count) => `+${count} more`,
  color: (token) => `rgb(1, 2, ${token.length})`,
  ...change,
});

/** Enough of XML to see that every tag is closed and every sign written as one. */
function tagsOf(svg: string): readonly string[] {
  const open: string[] = [];
  const names: string[] = [];
  const rest = svg.replace(
    /<(\/?)(\w+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g,
    (_, end: string, name: string, __, alone: string) => {
      if (end) expect(open.pop()).toBe(name);
      else names.push(name);
      if (!end && !alone) open.push(name);
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot);)/);
  return names;
}

test('is 16:9, with title, settings, legend, and the name and value at each end', () => {
  const svg = chartSvg(picture());
  tagsOf(svg);
  expect(svg).toMatch(/viewBox="0 0 1600 900"/);
  for (const words of [
    'Error, %',
    'SGD, rate 0.1',
    '>test error<',
    '>training error<',
    '>guessing, 90%<',
    '>test 70%<',
  ]) {
    expect(svg).toContain(words);
  }
  // A name at the end of its line, and one in the legend.
  expect(svg.split('>ResNet-20<')).toHaveLength(3);
});

test('holds only colours that stand for themselves, and no numbers that are none', () => {
  expect(chartSvg(picture())).not.toMatch(/var\(|NaN|Infinity|undefined/);
});

test('names with the signs of XML, and control characters, do no harm', () => {
  const odd = curves.map((curve) => ({ ...curve, name: 'a<b>&"c"\u0000\uD800' }));
  const svg = chartSvg(picture({ curves: odd, title: '<script>' }));
  expect(tagsOf(svg)).not.toContain('script');
  expect(svg).toContain('a&lt;b&gt;&amp;&quot;c&quot;<');
  for (const name of ['</svg><svg onload="x()">', ']]><!--', '\uDC00\uD83D', '\u{1F600}\uFFFE\u0007']) {
    const named = chartSvg(picture({ curves: curves.map((curve) => ({ ...curve, name })), settings: name }));
    expect(tagsOf(named).filter((tag) => tag === 'svg')).toHaveLength(1);
    expect(() => encodeURIComponent(named)).not.toThrow();
  }
});

test('sixteen lanes with long names stay inside the picture', () => {
  const many = Array.from({ length: 16 }, (_, i) => ({
    ...curves[i % 2]!,
    id: String(i),
    name: `a rather long name of a lane, ${i}`,
  }));
  const svg = chartSvg(picture({ curves: many, settings: 'word \u00b7 '.repeat(200) }));
  const places = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"/g)];
  expect(places.length).toBeGreaterThan(32);
  for (const [, x, y] of places) {
    expect(Number(x)).toBeLessThanOrEqual(1600);
    expect(Number(y)).toBeLessThanOrEqual(900);
  }
});

/** Size and foot of the text that is written so. */
function textOf(svg: string, words: string) {
  const found = new RegExp(`<text x="([\\d.]+)" y="([\\d.]+)" font-size="([\\d.]+)"[^>]*>${words}<`).exec(
    svg,
  );
  expect(found, words).not.toBeNull();
  return { y: Number(found![2]), size: Number(found![3]) };
}

test('what the curves show is the title, what is drawn the name of the axis, and the sizes the last row', () => {
  const headline = 'Plain-56 makes 9.8 points more errors than plain-20.';
  const sizes = '8 filters, batch 64, 300 of the paper\u2019s 64,000 steps, one seed';
  const svg = chartSvg(picture({ headline, sizes }));
  tagsOf(svg);
  const [title, axis, last] = [headline, 'Error, %', sizes].map((words) => textOf(svg, words));
  expect(title!.size).toBeGreaterThan(axis!.size);
  expect(title!.y).toBeLessThan(axis!.y);
  const feet = [...svg.matchAll(/<text x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) => Number(y));
  expect(Math.max(...feet)).toBe(last!.y);
  // Read from the last row of a room: a fortieth of the height at least.
  for (const { size } of [last!, textOf(svg, 'ResNet-20'), textOf(svg, 'Step')])
    expect(size).toBeGreaterThan(900 / 40);
  expect(chartSvg(picture())).not.toContain('font-size="24" font-weight="600" fill="rgb(1, 2, 6)">Error, %<');
});

test('a headline of any length has two lines at most, inside the picture', () => {
  for (const headline of ['word '.repeat(200), 'word'.repeat(200), '']) {
    const svg = chartSvg(picture({ headline }));
    expect(svg.match(/font-size="40"/g)?.length ?? 0).toBeLessThanOrEqual(2);
    tagsOf(svg);
  }
});

test('the link is a code, with the address beside it where it can be typed', () => {
  const short = chartSvg(picture({ link: 'https://example.org/#e=1p20,p56' }));
  expect(tagsOf(short).filter((tag) => tag === 'rect').length).toBeGreaterThan(1);
  expect(short).toContain('>example.org/#e=1p20,p56<');
  expect(short).toMatch(/fill="#000000" shape-rendering="crispEdges"/);
  const long = chartSvg(picture({ link: `https://example.org/#e=${'p20,'.repeat(30)}` }));
  expect(long).toContain('crispEdges');
  expect(long).not.toContain('>example.org');
  const tooLong = chartSvg(picture({ link: `https://example.org/#e=${'p20,'.repeat(300)}` }));
  expect(tooLong).not.toContain('crispEdges');
  expect(chartSvg(picture())).not.toContain('crispEdges');
});

test('single batches are a band and no line, and no leader goes from a line to its name', () => {
  const { curves: noisy } = buildCurves(sources, 'error', { smoothing: 0.9, x: 'step' });
  const svg = chartSvg(picture({ curves: noisy }));
  const strokes = [
    ...svg.matchAll(/<path d="M[^"]*" opacity="[^"]*" stroke="[^"]*" stroke-width="([\d.]+)"/g),
  ];
  expect(strokes.every(([, width]) => width === '3')).toBe(true);
  expect(svg).toMatch(/opacity="0.16" fill="rgb/);
  expect(svg).not.toContain('opacity="0.4"');
});
