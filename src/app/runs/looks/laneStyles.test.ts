import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dashes, laneStyles, toldApart, unknownStyle } from './laneStyles.ts';

const model = fc.record({
  block: fc.constantFrom('plain', 'basic', 'bottleneck'),
  depth: fc.constantFrom(8, 14, 20, 26, 32, 44, 56, 110, 1202),
});
const short = (models: Parameters<typeof laneStyles>[0]) =>
  laneStyles(models).map(({ hue, tone, marker }) => `${hue} ${tone} ${marker}`);

test('the default pair and its twins: hue by kind, tone and marker by depth', () => {
  expect(
    short([
      { block: 'plain', depth: 20 },
      { block: 'plain', depth: 56 },
      { block: 'basic', depth: 20 },
      { block: 'basic', depth: 56 },
    ]),
  ).toEqual(['plain 1 circle', 'plain 3 square', 'residual 1 circle', 'residual 3 square']);
});

test('five depths of one hue use all five tones, rising', () => {
  const styles = laneStyles([20, 32, 44, 56, 110].map((depth) => ({ block: 'basic', depth })));
  expect(styles.map((style) => style.tone)).toEqual([0, 1, 2, 3, 4]);
  expect(new Set(styles.map((style) => style.marker)).size).toBe(5);
});

test('inside a hue tones never fall with depth, and up to eight lanes have different markers', () => {
  fc.assert(
    fc.property(fc.array(model, { maxLength: 8 }), (models) => {
      const styles = laneStyles(models);
      expect(styles).toHaveLength(models.length);
      for (const hue of ['plain', 'residual'] as const) {
        const members = styles.flatMap((style, i) =>
          style.hue === hue ? [{ ...style, depth: models[i]!.depth }] : [],
        );
        expect(new Set(members.map((member) => member.marker)).size).toBe(members.length);
        members.sort((a, b) => a.depth - b.depth || a.tone - b.tone);
        for (let i = 1; i < members.length; i++) {
          expect(members[i]!.tone).toBeGreaterThanOrEqual(members[i - 1]!.tone);
        }
      }
    }),
  );
});

test('lanes of one block are told apart, also of one depth: three by tones with one between, eight by marker and dashes', () => {
  const ofOneDepth = (count: number) =>
    laneStyles(Array.from({ length: count }, () => ({ block: 'basic' as const, depth: 20 })));
  expect(ofOneDepth(2).map(({ tone }) => tone)).toEqual([0, 2]);
  expect(ofOneDepth(3).map(({ tone }) => tone)).toEqual([0, 2, 4]);
  expect(new Set(ofOneDepth(4).map(({ tone }) => tone)).size).toBe(4);
  for (const count of [3, 4, 8]) {
    const styles = ofOneDepth(count);
    expect(new Set(styles.map(({ marker }) => marker)).size).toBe(count);
    expect(new Set(styles.map(({ marker }) => dashes[marker].join())).size).toBe(count);
  }
  // The claim "shortcuts": three nets of one block and one depth.
  expect(short(['A', 'B', 'C'].map(() => ({ block: 'basic', depth: 20 })))).toEqual([
    'residual 0 circle',
    'residual 2 square',
    'residual 4 diamond',
  ]);
});

const tokens = readFileSync(new URL('../../ui/styles/tokens.css', import.meta.url), 'utf8');
const themes = ['light', 'dark'] as const;

/** What a colour token is in a theme: red, green and blue without gamma, 0 to 1. */
function linearRgb(token: string, theme: (typeof themes)[number]): readonly [number, number, number] {
  const pair = new RegExp(`--${token}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`).exec(tokens);
  const hex = pair?.[theme === 'light' ? 1 : 2];
  if (!hex) throw new Error(`no colour is called ${token}`);
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(0), channel(2), channel(4)];
}

/** Contrast of WCAG 2.2. */
function contrast(a: string, b: string, theme: (typeof themes)[number]): number {
  const luminance = (token: string) => {
    const [red, green, blue] = linearRgb(token, theme);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter! + 0.05) / (darker! + 0.05);
}

/** Lightness of OKLab, 0 to 1: what is left of a colour for an eye that sees no hue. */
function lightness(token: string, theme: (typeof themes)[number]): number {
  const [red, green, blue] = linearRgb(token, theme);
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short;
}

test.each(themes)(
  '%s: tones have a contrast of 3:1, as text 4.5:1, and are 0.06 of lightness apart',
  (theme) => {
    for (const hue of ['plain', 'residual']) {
      for (let tone = 0; tone < 5; tone++) {
        for (const ground of ['paper', 'card']) {
          expect(contrast(`${hue}-${tone}`, ground, theme), `${hue}-${tone} on ${ground}`).toBeGreaterThan(3);
          expect(contrast(`${hue}-${tone}-text`, ground, theme), `${hue}-${tone} as text`).toBeGreaterThan(
            4.5,
          );
        }
        if (tone === 0) continue;
        const step = lightness(`${hue}-${tone - 1}`, theme) - lightness(`${hue}-${tone}`, theme);
        expect(step, `${hue}-${tone}`).toBeGreaterThan(0.06);
      }
    }
  },
);
test('forty runs of unknown nets are forty looks, however many files they came in', () => {
  const one = { style: unknownStyle };
  const first = toldApart([one, one], []);
  const rest = toldApart(Array<typeof one>(38).fill(one), first.map(({ style }) => style)); // prettier-ignore
  expect(new Set([...first, ...rest].map(({ style }) => JSON.stringify(style))).size).toBe(40);
  expect(first[0]).toBe(one);
});
