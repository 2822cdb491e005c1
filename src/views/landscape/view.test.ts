import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { LookedAt } from '../../app/inside/view.ts';
import { landscapeAsked, type LandscapeAnswer, type LandscapeQuestion } from './landscape.ts';
import { landscapeView } from './landscapeView.ts';

const net = (name: string, width: number, steps: readonly number[] = []): LookedAt => ({
  id: name,
  name,
  style: { hue: 'plain', tone: 0, marker: 'circle' },
  model: { family: 'cifar', depth: 20, block: 'plain', shortcut: 'A', width },
  step: 100,
  moments: steps.map((step) => ({ step })),
});
const initial = landscapeView.initial as LandscapeQuestion;
const ask = (patch: Partial<LandscapeQuestion> = {}) => {
  const asked = landscapeView.with({ ...initial, ...patch }, null);
  if (!asked) throw new Error('not a question');
  return asked;
};

describe('what is asked', () => {
  test('how it is drawn is not computed, whatever is asked is what the worker reads', () => {
    for (const kind of ['plane', 'line', 'path'] as const) {
      const { asks } = ask({ kind, draw: 'surface', turn: 80 });
      expect(asks).toEqual(ask({ kind }).asks);
      expect(v.parse(landscapeAsked, asks)).toEqual(asks);
    }
  });

  test.each([{ grid: 7 }, { seed: -1 }, { seed: 0.5 }, { radius: 3 }, { kind: 'ball' }, { more: 1 }])(
    'a link with %o is none of its questions',
    (patch) => {
      expect(landscapeView.with({ ...initial, ...patch }, null)).toBeNull();
    },
  );

  test('of moments, a plane needs none, a line the one that it begins at, a path at most 24 with both ends', () => {
    const kept = net(
      'a',
      4,
      Array.from({ length: 60 }, (_, i) => 10 * i),
    );
    expect(ask().further(kept)).toEqual([]);
    expect(ask({ kind: 'line', step: 50 }).further(kept)).toEqual([50]);
    expect(ask({ kind: 'line', step: 54 }).further(kept)).toEqual([50]);
    expect(ask({ kind: 'line', step: 54 }).further(net('b', 4))).toEqual([]);
    expect(ask({ kind: 'line' }).further(kept)).toEqual([]);
    const path = ask({ kind: 'path' }).further(kept);
    expect([path.length, path[0], path.at(-1)]).toEqual([24, 0, 590]);
  });
});

describe('what it costs', () => {
  test('of a plane the pace of its own kernels tells, of a line that of training', () => {
    const [slow, fast] = [net('a', 16), net('b', 16)].map((one) => ({ ...one, rate: 1e10 }));
    const both = { ...fast!, joinedRate: 2e10 };
    const told = (patch: Partial<LandscapeQuestion>, of: LookedAt) => ask(patch).cost([of, of])?.match(/about .* (s|min)/)?.[0]; // prettier-ignore
    expect(told({}, slow!)).toBe('about 19 to 24 min');
    expect(told({}, both)).toBe('about 9 to 12 min');
    expect(told({ kind: 'line', images: 1024 }, both)).toBe(told({ kind: 'line', images: 1024 }, slow!));
  });

  test('a small one is computed at once; a large one is said, and more of it with more images', () => {
    expect(ask({ grid: 5, images: 64 }).cost([net('a', 4)])).toBeNull();
    const two = [net('a', 16), net('b', 16)];
    expect(ask().cost(two)).toContain('625 points × 256 images × 2 nets: 13T multiply-adds');
    expect(ask({ images: 1024 }).cost(two)).toContain('51.9T');
  });

  test('what cannot be computed is said before it is tried', () => {
    expect(ask({ kind: 'path', grid: 5, images: 64 }).cost([net('a', 4, [1, 2]), net('b', 4, [1])])).toContain('b has fewer than two'); // prettier-ignore
    expect(ask({ kind: 'line' }).cost([net('a', 4), net('b', 8)])).toContain('two nets of one shape');
    expect(ask({ kind: 'line', step: 3 }).cost([net('a', 4, [4]), net('b', 4)])).toContain('kept moments of every net'); // prettier-ignore
    expect(ask({ kind: 'line', grid: 5, images: 64 }).cost([net('a', 4), net('b', 4)])).toBeNull();
  });
});

describe('what it answers', () => {
  const field = {
    x: [-1, 1] as [number, number],
    y: [-1, 1] as [number, number],
    losses: [3, 2, 1, 2, 0.5, 2, 3, 2, Infinity],
    errors: [0.9, 0.5, 0.4, 0.5, 0.1, 0.5, 0.9, 0.5, 1],
    centre: { loss: 0.5, error: 0.1 },
    path: null,
  };
  const answer: LandscapeAnswer = { kind: 'fields', grid: 3, images: 256, known: 9, fields: [field] };

  test('a table of all points with their coordinates, and a sentence with its settings', () => {
    const { table, summary } = ask().answered([net('plain-20', 4)], answer);
    expect(table.rows).toHaveLength(9);
    expect(table.rows[2]).toEqual(['plain-20', 'grid', 1, -1, 1, 0.4]);
    expect(summary).toContain('plain-20: loss 0.5 at its own place, 0.5 to not finite in this plane, better than guessing (2.303) on 66.7% of it'); // prettier-ignore
    expect(summary).toContain(
      '3 × 3 points, the first 256 training images, without augmentation, radius 1, seed 1.',
    );
  });

  test('what is not yet known is neither listed nor counted', () => {
    const { table, summary } = ask().answered([net('plain-20', 4)], { ...answer, known: 1 });
    expect(table.rows.map((row) => row.slice(2, 5))).toEqual([[0, 0, 0.5]]);
    expect(summary).toContain('So far 1 of 9 points.');
  });

  test('a line says its ends and what is between', () => {
    const line: LandscapeAnswer = {
      kind: 'line',
      images: 64,
      at: [0, 0.5, 1],
      lines: [
        {
          step: 40,
          losses: [1.5, 4, 0.5],
          errors: [0.5, 0.9, 0.1],
          again: { losses: [1.4, 1.6, 0.4], errors: [0.5, 0.6, 0.1] },
        },
      ],
    };
    const { table, summary } = ask({ kind: 'line', step: 40 }).answered([net('a', 4)], line);
    expect(summary).toContain('From a at step 40 (loss 1.5) to a (0.5) the loss is 4 at most, and 1.6 with batch'); // prettier-ignore
    expect(table.rows[1]).toEqual(['a at step 40', 'a', 0.5, 4, 0.9, 1.6, 0.6]);
    const between = { ...line, lines: line.lines.map((one) => ({ ...one, step: null })) };
    expect(ask({ kind: 'line' }).answered([net('a', 4), net('b', 4)], between).summary).toContain('From a (loss 1.5) to b (0.5)'); // prettier-ignore
  });
});
