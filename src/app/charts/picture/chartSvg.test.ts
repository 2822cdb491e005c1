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
  words: { training: 'training', test: 'test', across: 'Step', diverged: 'diverged' },
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
  for (const words of ['Error, %', 'SGD, rate 0.1', '>test<', '>training<', '>guessing<', '>test 70%<']) {
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
