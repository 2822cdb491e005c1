import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { customaryOptimizer } from '../../../model/presets.ts';
import { hues, markers, type Hue } from '../../state/laneStyle.ts';
import {
  blockStyles,
  dashes,
  distinctStyle,
  laneStyles,
  unknownStyle,
  type StyledLane,
} from './laneStyles.ts';

const lane = fc.record({
  block: fc.constantFrom('plain', 'basic', 'bottleneck'),
  depth: fc.constantFrom(8, 14, 20, 26, 32, 44, 56, 110, 1202),
  shortcut: fc.constantFrom('A', 'B', 'C'),
  width: fc.constantFrom(8, 16),
});
const look = ({ hue, tone, marker }: ReturnType<typeof laneStyles>[number]) => `${hue} ${tone} ${marker}`;
const short = (lanes: readonly StyledLane[]) => laneStyles(lanes).map(look);
const residual = (more: Partial<StyledLane>): StyledLane => ({ block: 'basic', depth: 20, shortcut: 'A', width: 16, ...more }); // prettier-ignore
const huesOf = (lanes: readonly StyledLane[]) => laneStyles(lanes).map(({ hue }) => hue);

test('plain and residual nets together: hue by kind, whatever else differs; tone and marker by depth', () => {
  const pairs = [
    { block: 'plain', depth: 20 },
    { block: 'plain', depth: 56 },
    { block: 'basic', depth: 20 },
    { block: 'basic', depth: 56 },
  ] as const;
  expect(short(pairs)).toEqual([
    'plain 1 circle',
    'plain 3 square',
    'residual 1 circle',
    'residual 3 square',
  ]);
  fc.assert(
    fc.property(fc.array(lane, { maxLength: 8 }), (lanes) => {
      const both = [...lanes, { block: 'plain', depth: 20 } as const, { block: 'basic', depth: 20 } as const];
      expect(laneStyles(both)).toEqual(blockStyles(both));
    }),
  );
});

test('where depth alone differs it has the hue: warm for plain nets, cool for residual ones', () => {
  const ofDepths = (block: 'plain' | 'basic', ...depths: number[]) =>
    short(depths.map((depth) => ({ block, depth })));
  expect(ofDepths('plain', 20, 56)).toEqual(['plain 1 circle', 'rose 3 square']);
  expect(ofDepths('basic', 56, 20)).toEqual(['green 3 square', 'residual 1 circle']);
  expect(ofDepths('plain', 20, 32, 56).map((one) => one.split(' ')[0])).toEqual(['plain', 'rose', 'olive']);
  // More depths than hues: a scale of tones says their order.
  const five = laneStyles([20, 32, 44, 56, 110].map((depth) => ({ block: 'basic', depth })));
  expect(five.map(({ hue, tone }) => `${hue} ${tone}`)).toEqual(
    [0, 1, 2, 3, 4].map((tone) => `residual ${tone}`),
  );
  expect(new Set(five.map(({ marker }) => marker)).size).toBe(5);
});

test('shortcut, optimiser, block and filters have the hue where they alone differ', () => {
  const three: readonly Hue[] = ['residual', 'green', 'violet'];
  expect(huesOf((['A', 'B', 'C'] as const).map((shortcut) => residual({ shortcut })))).toEqual(three);
  const optimizers = (['sgd', 'adam', 'rmsprop'] as const).map((type) => residual({ optimizer: customaryOptimizer(type) })); // prettier-ignore
  expect(huesOf(optimizers)).toEqual(three);
  // Of one kind with two rates they are two optimisers.
  const rates = [0.1, 0.01].map((learningRate) => residual({ optimizer: { ...customaryOptimizer('sgd'), learningRate } })); // prettier-ignore
  expect(huesOf(rates)).toEqual(['residual', 'green']);
  expect(huesOf([residual({ depth: 29 }), residual({ block: 'bottleneck', depth: 29 })])).toEqual(['residual', 'green']); // prettier-ignore
  expect(huesOf([16, 8].map((width) => residual({ width })))).toEqual(['green', 'residual']);
});

test('of several differences what says most has the hue, and depth the tone and the marker', () => {
  const lanes = [20, 56].flatMap((depth) =>
    (['A', 'B'] as const).map((shortcut) => residual({ depth, shortcut })),
  );
  expect(huesOf(lanes)).toEqual(['residual', 'green', 'residual', 'green']);
  const styles = laneStyles(lanes);
  expect(new Set(styles.map(look)).size).toBe(4);
  expect(Math.max(styles[0]!.tone, styles[1]!.tone)).toBeLessThan(Math.min(styles[2]!.tone, styles[3]!.tone));
  // The shortcut of a plain net is none.
  expect(huesOf([{ block: 'plain', depth: 20, shortcut: 'A' }, { block: 'plain', depth: 20, shortcut: 'B' }])).toEqual(['plain', 'plain']); // prettier-ignore
});

test('equal lanes, one lane and none have the hue of their kind', () => {
  expect(huesOf([residual({}), residual({}), residual({})])).toEqual(['residual', 'residual', 'residual']);
  expect([huesOf([residual({})]), huesOf([{ block: 'plain', depth: 20 }]), huesOf([])]).toEqual([['residual'], ['plain'], []]); // prettier-ignore
});

test('of one kind tones never fall with depth, and up to eight lanes have different markers', () => {
  fc.assert(
    fc.property(fc.array(lane, { maxLength: 8 }), (lanes) => {
      const styles = laneStyles(lanes);
      expect(styles).toHaveLength(lanes.length);
      for (const isPlain of [true, false]) {
        const members = styles.flatMap((style, i) =>
          (lanes[i]!.block === 'plain') === isPlain ? [{ ...style, depth: lanes[i]!.depth }] : [],
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

test('nets of a file keep the hue of their kind', () => {
  const hue = (lanes: readonly StyledLane[]) => blockStyles(lanes).map((style) => style.hue);
  expect(hue((['A', 'B', 'C'] as const).map((shortcut) => residual({ shortcut })))).toEqual(['residual', 'residual', 'residual']); // prettier-ignore
  expect(hue([20, 56].map((depth) => ({ block: 'plain', depth })))).toEqual(['plain', 'plain']);
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
});

const sheets = ['../../ui/styles/tokens.css', './hues.css', './imported.css'];
const tokens = sheets.map((sheet) => readFileSync(new URL(sheet, import.meta.url), 'utf8')).join('\n');
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
    for (const hue of hues.filter((one) => one !== 'other')) {
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

test.each(themes)('%s: what imported runs of unknown nets are drawn with can be seen and read', (theme) => {
  for (let tone = 0; tone < 5; tone++) {
    for (const ground of ['paper', 'card']) {
      expect(contrast(`other-${tone}`, ground, theme), `other-${tone} on ${ground}`).toBeGreaterThan(3);
      expect(contrast(`other-${tone}-text`, ground, theme), `other-${tone} as text`).toBeGreaterThan(4.5);
    }
  }
});

/** What an eye without one kind of cone sees: on red, green and blue without gamma (Machado, Oliveira, Fernandes 2009, severity 1). */
const eyes = {
  'with all cones': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
} as const; // prettier-ignore

/** Distance of two colours in OKLab, as an eye sees them: 0.02 is just seen. */
function distance(a: string, b: string, eye: keyof typeof eyes, theme: (typeof themes)[number]): number {
  const [first, second] = [a, b].map((token) => {
    const rgb = linearRgb(token, theme);
    const seen = eyes[eye].map((row) => row.reduce<number>((sum, weight, i) => sum + weight * rgb[i]!, 0));
    return okLab(seen.map((value) => Math.min(1, Math.max(0, value))));
  });
  return Math.hypot(...first!.map((value, i) => value - second![i]!));
}

function okLab([red, green, blue]: readonly number[]): readonly number[] {
  const [r, g, b] = [red!, green!, blue!];
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const middle = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  ];
}

test.each(themes)('%s: two or three lanes of one kind are far apart for every eye', (theme) => {
  const token = ({ hue, tone }: ReturnType<typeof laneStyles>[number]) => `${hue}-${tone}`;
  const groups: readonly (readonly StyledLane[])[] = [
    [20, 56].map((depth) => ({ block: 'plain', depth })),
    [20, 32, 56].map((depth) => ({ block: 'plain', depth })),
    [20, 56].map((depth) => residual({ depth })),
    (['A', 'B', 'C'] as const).map((shortcut) => residual({ shortcut })),
  ];
  for (const lanes of groups) {
    const colors = laneStyles(lanes).map(token);
    for (const [i, one] of colors.entries())
      for (const other of colors.slice(i + 1))
        for (const eye of ['with all cones', 'protanopia', 'deuteranopia', 'tritanopia'] as const)
          expect(distance(one, other, eye, theme), `${one} and ${other}, ${eye}`).toBeGreaterThan(0.1);
  }
});

test('a run that would look like another gets another marker, then another tone, and forty are forty', () => {
  const style = { hue: 'plain', tone: 1, marker: 'circle' } as const;
  const taken = [distinctStyle(style, [])];
  expect(taken[0]).toBe(style);
  while (taken.length < 40) taken.push(distinctStyle(style, taken));
  expect(new Set(taken.map(look)).size).toBe(40);
  expect(taken.slice(0, 8).every(({ tone }) => tone === 1)).toBe(true);
  expect(new Set(taken.slice(0, 8).map(({ marker }) => marker))).toEqual(new Set(markers));
  expect(distinctStyle(style, taken)).toBe(style);
  expect(distinctStyle(unknownStyle, taken)).toBe(unknownStyle);
});

test('a look that is taken gets a marker that none has, of whatever hue', () => {
  const [one, other] = blockStyles([
    { block: 'plain', depth: 20 },
    { block: 'plain', depth: 56 },
  ]);
  const [residual] = blockStyles([{ block: 'basic', depth: 56 }]);
  expect(residual?.marker).toBe(other?.marker);
  const { marker } = distinctStyle(one!, [one!, residual!]);
  expect([one!.marker, residual!.marker]).not.toContain(marker);
});
