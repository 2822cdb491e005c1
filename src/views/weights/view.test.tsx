import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { LookedAt } from '../../app/inside/view.ts';
import { Counting } from '../../insights/histogram.ts';
import { buildGraph } from '../../model/graph.ts';
import { createRandom } from '../../model/random.ts';
import { weightsView } from './weightsView.ts';
import { BINS, quantities, type CountedMoment, type WeightsAnswer, type WeightsQuestion } from './weights.ts';

const net = (name: string, depth: number, shortcut: 'A' | 'B', width = 4): LookedAt => ({
  id: name,
  name,
  style: { hue: 'residual', tone: 0, marker: 'circle' },
  model: { family: 'cifar', depth, block: 'basic', shortcut, width },
  step: 5,
  moments: Array.from({ length: 30 }, (_, step) => ({ step })),
});
const nets = [net('short', 8, 'A'), net('long', 14, 'B')];

function counted({ model }: LookedAt, step: number | null, isShown: boolean, value: number): CountedMoment {
  const random = createRandom(step ?? 99);
  const { layers } = buildGraph(model);
  const some = (from: number) => {
    const counting = new Counting(from, 1, BINS);
    counting.add(Array.from({ length: 50 }, () => value * Math.max(from, random.normal())));
    return counting.result();
  };
  return {
    step,
    isShown,
    layers: layers.flatMap((norm) =>
      norm.kind === 'batchNorm'
        ? [{ name: layers[norm.input]!.name, filters: some(-1), normed: some(-1), active: norm.relu ? some(0) : null }] // prettier-ignore
        : [],
    ),
  };
}
const answer = (value: number): WeightsAnswer => ({
  images: 32,
  ranges: { filters: 1, normed: 1, active: 1 },
  nets: nets.map((one) => [counted(one, 10, false, value), counted(one, null, true, value)]),
});

const asked = (question: Partial<WeightsQuestion>) => {
  const view = weightsView.with({ across: 'layers', of: 'normed', layer: null, ...question }, null);
  if (!view) throw new Error('its own question is one that it knows');
  return view;
};

test.each(quantities)('%s are drawn, listed and said, of numbers and of none', (of) => {
  for (const across of ['layers', 'time'] as const)
    for (const layer of [null, 'layer2.0.shortcut.0', 'layer3.1.conv2', 'gone'])
      for (const value of [1, 0, NaN]) {
        const { drawing, table, summary } = asked({ across, of, layer }).answered(nets, answer(value));
        const svg = renderToStaticMarkup(drawing);
        expect(svg).toContain('<svg class="view-picture"');
        expect(svg).not.toMatch(/="[^"]*(?:NaN|undefined|Infinity)/);
        expect(summary).not.toContain('undefined');
        for (const row of table.rows)
          expect(row.every((cell) => typeof cell !== 'number' || Number.isFinite(cell))).toBe(true);
        // Of 7 layers and of 13 with two projections; two moments.
        expect(table.rows).toHaveLength(2 * (7 + 13 + 2));
      }
});

test('a layer that a net lacks says so, and one without ReLU', () => {
  const markup = (question: Partial<WeightsQuestion>) =>
    renderToStaticMarkup(asked({ across: 'time', ...question }).answered(nets, answer(1)).drawing);
  expect(markup({ of: 'filters', layer: 'layer3.1.conv2' })).toContain('has no such layer');
  expect(markup({ of: 'active', layer: 'layer2.0.shortcut.0' })).toContain('no ReLU follows it');
  expect(markup({ of: 'filters', layer: 'conv1' })).not.toContain('has no such layer');
});

test('moments are asked for where they are shown, spread over all of them; many of them say what they cost', () => {
  expect(asked({}).further(nets[0]!)).toEqual([]);
  const steps = asked({ across: 'time' }).further(nets[0]!);
  expect([steps.length, steps[0], steps.at(-1)]).toEqual([9, 0, 29]);
  expect(asked({ across: 'time' }).cost(nets)).toBeNull();
  expect(asked({}).cost([net('wide', 56, 'A', 16)])).toBeNull();
  expect(asked({ across: 'time' }).cost([net('wide', 56, 'A', 16)])).toBe('10 moments: as much work as about one training step of 128 images of each net.'); // prettier-ignore
  expect(asked({ of: 'active' }).asks).toEqual({ across: 'layers' });
});
