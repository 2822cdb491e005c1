import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { LookedAt } from '../../app/inside/view.ts';
import type { CutQuestion, PathsAnswer, PathsOfNet } from './cut.ts';
import { cutView } from './cutView.ts';

const net = (name: string, block: 'plain' | 'basic', depth = 20, width = 4): LookedAt => ({
  id: name,
  name,
  style: { hue: block === 'plain' ? 'plain' : 'residual', tone: 0, marker: 'circle' },
  model: { family: 'cifar', depth, block, shortcut: 'A', width },
  step: 5,
});
const nets = [net('plain-20', 'plain'), net('ResNet-20', 'basic')];

const asked = () => {
  const view = cutView.with({ ...(cutView.initial as CutQuestion), study: 'paths' }, null);
  if (!view) throw new Error('its own question is one that it knows');
  return view;
};
const measured = (blocks: number, gradient: (length: number) => number, each = 1): PathsOfNet => ({
  blocks,
  lengths: Array.from({ length: blocks / each + 1 }, (_, i) => ({
    length: i * each,
    paths: 20,
    gradient: gradient(i * each),
  })),
});
const answered = (...own: PathsAnswer['nets']): PathsAnswer => ({ kind: 'paths', images: 16, nets: own });

test('paths are drawn, listed and said, of numbers, of zeros, of none, and where there is one path only', () => {
  for (const [own, rows] of [
    [measured(9, (length) => 0.5 ** length), 10],
    [measured(9, () => 0), 10],
    [measured(9, () => NaN), 10],
    [measured(600, (length) => 0.9 ** length, 20), 601],
    [measured(0, () => 1), 1],
    [null, 1],
  ] as const) {
    const { drawing, table, summary } = asked().answered(nets, answered(null, own));
    const html = renderToStaticMarkup(drawing);
    expect(html).toContain('<svg class="view-picture"');
    expect(html).not.toMatch(/="[^"]*(?:NaN|undefined|Infinity)/);
    expect(html).toContain('plain-20 has no shortcuts: one path, through all of its 9 blocks.');
    expect(summary).not.toMatch(/undefined|NaN|Infinity/);
    expect(table.rows).toHaveLength(1 + rows);
    for (const row of table.rows) {
      expect(row).toHaveLength(table.head.length);
      expect(row.every((cell) => typeof cell !== 'number' || Number.isFinite(cell))).toBe(true);
    }
  }
});

test('what is said of paths is what they are: how many, what one brings, and both together', () => {
  // Of nine blocks, each taken with odds of one to one, and of one to two once a branch brings half.
  const { table, summary } = asked().answered(
    nets,
    answered(
      null,
      measured(9, (length) => 0.5 ** length),
    ),
  );
  expect(table.rows[0]).toEqual(['plain-20', null, 1, 1, 0, null, 1]);
  expect(table.rows[3]).toEqual(['ResNet-20', 2, 36, expect.closeTo(36 / 512, 12), 20, 0.25, expect.closeTo(36 * (1 / 3) ** 2 * (2 / 3) ** 7, 12)]); // prettier-ignore
  expect(summary).toBe(
    'ResNet-20: half of its paths go through 4 or fewer of its 9 branches; half of the gradient comes by those of 3 or fewer, and 90% of it by those of 1 to 5 (16 training images). plain-20 has no shortcuts: one path, through all of its 9 blocks.',
  );
  const broken = asked().answered(
    nets,
    answered(
      null,
      measured(9, () => NaN),
    ),
  ).summary;
  expect(broken).toContain('ResNet-20: its gradients are no numbers, or zero.');
});

test('measuring paths says what it costs, and costs nothing where there are none', () => {
  expect(asked().asks).toEqual({ study: 'paths' });
  expect(asked().cost([nets[0]!])).toBeNull();
  expect(asked().cost([net('wide', 'basic', 56, 16)])).toBe('Up to 20 paths of each length, back through each net: about as much arithmetic as 10 training steps of 128 images of these nets.'); // prettier-ignore
});
