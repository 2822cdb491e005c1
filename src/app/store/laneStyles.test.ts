import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laneStyles, toldApart, unknownStyle } from './laneStyles.ts';

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

test('forty runs of unknown nets are forty looks, however many files they came in', () => {
  const one = { style: unknownStyle };
  const first = toldApart([one, one], []);
  const rest = toldApart(Array<typeof one>(38).fill(one), first.map(({ style }) => style)); // prettier-ignore
  expect(new Set([...first, ...rest].map(({ style }) => JSON.stringify(style))).size).toBe(40);
  expect(first[0]).toBe(one);
});
