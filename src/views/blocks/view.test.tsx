import { renderToStaticMarkup } from 'react-dom/server';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { LookedAt } from '../../app/inside/view.ts';
import type { ModelConfig } from '../../model/config.ts';
import { blocksQuestion, type BlocksAnswer, type BlocksNet } from './blocks.ts';
import { blocksView } from './blocksView.ts';
import { netStops } from './netStops.ts';

const net = (name: string, model: Partial<ModelConfig>): LookedAt => ({
  id: name,
  name,
  style: { hue: 'plain', tone: 0, marker: 'circle' },
  model: { family: 'cifar', depth: 20, block: 'plain', shortcut: 'A', width: 4, ...model },
  step: 5,
});
const nets = [
  net('plain-20', {}),
  net('ResNet-20', { block: 'basic' }),
  net('ResNet-8', { block: 'basic', depth: 8 }),
];

function measured({ model }: LookedAt, value: number): BlocksNet {
  const stops = netStops(model);
  return {
    stops: stops.map(({ canExit }, i) => ({
      probe: value * (0.9 - 0.05 * i),
      exit: canExit ? value * 0.5 : null,
      probeMoved: i > 0 ? value * 0.2 : null,
      exitMoved: canExit && stops[i - 1]?.canExit ? value * 0.3 : null,
    })),
    pushes: stops.slice(1).map((_, i) => (model.block === 'basic' && i > 0 ? { cosine: value * (i - 2) * 0.01, size: value } : null)), // prettier-ignore
  };
}
const answer = (value: number): BlocksAnswer => ({
  fitted: 1000,
  judged: 1000,
  nets: nets.map((one) => measured(one, value)),
});
const asked = (question: object = {}) => {
  const view = blocksView.with({ images: 1000, ...question }, null);
  if (!view) throw new Error('its own question is one that it knows');
  return view;
};

test.each([1, 0, NaN])('of values of %d it is drawn, listed and said', (value) => {
  for (const some of [nets, nets.slice(0, 1), nets.slice(2)]) {
    const own = { ...answer(value), nets: some.map((one) => measured(one, value)) };
    const { drawing, table, summary } = asked().answered(some, own);
    const svg = renderToStaticMarkup(drawing);
    expect(svg).toContain('<svg class="view-picture"');
    expect(svg).not.toMatch(/="[^"]*(?:NaN|undefined|Infinity)/);
    expect(summary).not.toContain('undefined');
    expect(table.rows).toHaveLength(some.reduce((sum, { model }) => sum + netStops(model).length, 0));
    for (const row of table.rows)
      expect(row.every((cell) => typeof cell !== 'number' || Number.isFinite(cell))).toBe(true);
  }
});

test('what is said is the net whole and halfway through its last stage; and where its last layer has no basis', () => {
  expect(asked().answered(nets, answer(1)).summary).toBe(
    'Of the first 1,000 test images wrong, by the whole net; stopped halfway through its last stage, by its last layer; by a probe there: plain-20 50.0%, 50.0%, 50.0%; ResNet-20 50.0%, 50.0%, 50.0%; ResNet-8 50.0%. The last layer of plain-20 has no basis there. Blocks that push down the loss: 6 of 8 in ResNet-20 and 0 of 2 in ResNet-8.',
  );
});

test('that maps of many channels get no probe is said, of the nets that have them', () => {
  const wide = net('wide', { depth: 8, width: 129, block: 'basic' });
  const narrow = net('narrow', { depth: 8, width: 128, block: 'basic' });
  const of = (...some: LookedAt[]) =>
    asked().answered(some, { ...answer(1), nets: some.map((one) => measured(one, 1)) }).summary;
  expect(of(wide, narrow)).toContain('Maps of more than 512 channels get no probe, which would take too long: wide has such.'); // prettier-ignore
  expect(of(narrow)).not.toContain('no probe');
});

test('before the pushes are there, and where no net has any, the picture says so in place of a line', () => {
  const markup = (one: LookedAt) =>
    renderToStaticMarkup(asked().answered([one], { ...answer(1), nets: [measured(one, 1)] }).drawing);
  expect(markup(nets[0]!)).toContain('none of these nets has blocks that add to x itself');
  expect(markup(nets[1]!)).not.toContain('none of these nets');
});

test('it says what it costs, and asks what the worker reads; other questions are none of its own', () => {
  expect(asked({ images: 5000 }).cost([net('wide', { width: 16 }), net('too', { width: 16 })])).toBe('5,000 training and 2,000 test images through each net: as much work as about 19 training steps of 128 images.'); // prettier-ignore
  expect(asked().cost([net('narrow', { width: 1 })])).toBeNull();
  expect(v.parse(blocksQuestion, asked().asks)).toEqual({ images: 1000 });
  expect(blocksView.with({ images: 7 }, null)).toBeNull();
});
