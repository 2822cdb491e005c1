import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { LookedAt } from '../../app/inside/view.ts';
import { buildGraph } from '../../model/graph.ts';
import { measuredNorms } from '../../insights/responses.ts';
import { columnsOf, joined, lastKept, linesOf } from './columns.ts';
import { quantities, type SignalAnswer, type SignalMoment, type SignalQuestion } from './signal.ts';
import { signalView } from './signalView.ts';
import { edgesOf, fieldScale, stepScale } from './steps.ts';

const net = (name: string, depth: number, width = 4, steps: readonly number[] = [0, 1, 2, 5]): LookedAt => ({
  id: name,
  name,
  style: { hue: 'residual', tone: 0, marker: 'circle' },
  model: { family: 'cifar', depth, block: 'basic', shortcut: 'A', width },
  step: 20,
  moments: steps.map((step) => ({ step })),
});
const nets = [net('short', 8), net('long', 14)];

interface Said {
  readonly value?: number;
  readonly gradient?: number | null;
  readonly update?: number | null;
  readonly isShown?: boolean;
  readonly isKept?: boolean;
}

function moment({ model }: LookedAt, step: number | null, said: Said = {}): SignalMoment {
  const { value = 1, gradient = value, update = value, isShown = false, isKept = !isShown } = said;
  const graph = buildGraph(model);
  const layers = measuredNorms(graph).map((norm, i) => ({
    name: graph.layers[graph.layers[norm]!.input]!.name,
    stage: 1,
    block: 0,
    deviation: value / (i + 1),
    gradient,
    weight: 2,
    update,
  }));
  return { step, isShown, isKept, layers };
}
const answered = (said: Said, steps: readonly (number | null)[]): SignalAnswer => ({
  nets: nets.map((one) => steps.map((step, i) => moment(one, step, { ...said, isShown: i === steps.length - 1 }))), // prettier-ignore
});

const asked = (question: Partial<SignalQuestion>) => {
  const view = signalView.with(question, null);
  if (!view) throw new Error('its own question is one that it knows');
  return view;
};

test('every quantity is drawn, listed and said, of numbers, of zeros, of none, and where nobody knows it', () => {
  for (const across of ['layers', 'steps'] as const)
    for (const of of quantities)
      for (const order of across === 'layers' ? (['depth', 'size'] as const) : (['depth'] as const))
        for (const said of [{}, { value: 0 }, { value: NaN }, { gradient: null, update: null }])
          for (const steps of [[null], [0], [0, 5, 20, null]]) {
            const answer = answered(said, steps);
            const { drawing, table, summary } = asked({ across, of, order }).answered(nets, answer);
            const svg = renderToStaticMarkup(drawing);
            expect(svg).toContain('<svg class="view-picture"');
            expect(svg).not.toMatch(/="[^"]*(?:NaN|undefined|Infinity)/);
            expect(summary).not.toMatch(/undefined|Infinity/);
            expect(summary).not.toBe('');
            expect(table.rows).toHaveLength(steps.length * (7 + 13));
            for (const row of table.rows) {
              expect(row).toHaveLength(table.head.length);
              expect(row.every((cell) => typeof cell !== 'number' || Number.isFinite(cell))).toBe(true);
            }
          }
});

test('links of before are read, and what only the drawing needs is not asked', () => {
  expect(asked({ order: 'size' }).asks).toEqual({ across: 'layers', gradients: 'shown' });
  expect(asked({ of: 'gradient' }).asks).toEqual({ across: 'layers', gradients: 'shown' });
  expect(asked({ across: 'steps', of: 'gradient' }).asks).toEqual({ across: 'steps', gradients: 'all' });
  expect(asked({ across: 'steps', of: 'update' }).asks).toEqual({ across: 'steps', gradients: 'none' });
  expect(signalView.with({ across: 'time' }, null)).toBeNull();
});

describe('moments that are asked for', () => {
  const many = net(
    'many',
    8,
    4,
    Array.from({ length: 100 }, (_, i) => i),
  );

  test('are spread over all of them at first, and then the new ones only', () => {
    const all = asked({ across: 'steps' });
    const first = all.further(many);
    expect([first.length, first[0], first.at(-1)]).toEqual([24, 0, 99]);
    const before = { nets: [[moment(many, 90), moment(many, 97, { isShown: true })]] };
    expect(all.further(many, before, 0)).toEqual([91, 92, 93, 94, 95, 96, 97, 98, 99]);
    expect(all.further(many, { nets: [[moment(many, 99)]] }, 0)).toEqual([]);
    expect(all.further(net('none', 8, 4, []))).toEqual([]);
    // A net of many millions of numbers is not read a dozen times at once.
    expect(all.further({ ...many, model: { ...many.model, depth: 1202, width: 16 } })).toHaveLength(2);
  });

  test('of one moment the last kept one says what the last update was', () => {
    expect(asked({}).further(many)).toEqual([99]);
    expect(asked({}).further(many, { nets: [[moment(many, 99)]] }, 0)).toEqual([]);
  });

  test('cost is said where each needs a gradient', () => {
    expect(asked({ across: 'steps' }).cost([net('wide', 56, 16)])).toBeNull();
    expect(asked({}).cost([net('wide', 56, 16)])).toBeNull();
    expect(asked({ across: 'steps', of: 'gradient' }).cost([net('wide', 56, 16)])).toBe('The gradient of a batch at up to 5 moments: as much work as about 5 training steps of 128 images of each net.'); // prettier-ignore
  });
});

describe('looks come together', () => {
  const [one] = nets as [LookedAt, LookedAt];

  test('by their steps, and of one step what either knows', () => {
    const before = { nets: [[moment(one, 0), moment(one, 5, { gradient: null, update: 3 }), moment(one, 8, { isShown: true })]] }; // prettier-ignore
    const now = { nets: [[moment(one, 5, { isShown: true, gradient: 4, update: null }), moment(one, 12, { isShown: true })]] }; // prettier-ignore
    const [moments] = joined(before, now).nets;
    expect(moments!.map(({ step }) => step)).toEqual([0, 5, 8, 12]);
    expect(moments![1]).toMatchObject({ isShown: true, isKept: true });
    expect(moments![1]!.layers[0]).toMatchObject({ gradient: 4, update: 3 });
    expect(lastKept(moments!)).toBe(5);
  });

  test('of very many every other one goes, never the first or the last', () => {
    let answer: SignalAnswer = { nets: [[]] };
    for (let step = 0; step < 500; step++) answer = joined(answer, { nets: [[moment(one, step, { isShown: true })]] }); // prettier-ignore
    const steps = answer.nets[0]!.map(({ step }) => step);
    expect(steps.length).toBeLessThanOrEqual(120);
    expect([steps[0], steps.at(-1)]).toEqual([0, 499]);
  });

  test('the update that is drawn is that of the shown moment, or of the last kept before it, never of a later one', () => {
    const moments = [
      moment(one, 5, { update: 1 }),
      moment(one, 10, { update: 2 }),
      moment(one, 20, { update: null, isShown: true }),
      moment(one, 50, { update: 9 }),
    ];
    expect(linesOf(moments, 'update')).toMatchObject({ step: 10, isShown: false });
    expect(linesOf(moments, 'deviation')).toMatchObject({ step: 20, isShown: true });
    expect(linesOf(moments.slice(2), 'update')).toBeNull();
    expect(columnsOf(moments, 'update').map(({ step, values }) => [step, values[0]])).toEqual([[5, 0.5], [10, 1], [50, 4.5]]); // prettier-ignore
  });
});

test('columns reach half way to their neighbours, ticks keep apart, and one scale has its ends at its ends', () => {
  const edges = edgesOf([{ step: 0 }, { step: 9 }, { step: 99 }]);
  expect(edges).toEqual([-0.5, 0.5, 1.5, 2.5]);
  expect(edgesOf([])).toEqual([]);
  expect(edgesOf([{ step: 0 }])).toEqual([-0.15, 0.15]);
  const x = stepScale([0, 3], [100, 400]);
  expect([x(0), x(9), x(999)]).toEqual([100, 200, 400]);
  const pixels = x.ticks(0).map(x);
  expect(x.ticks(0)).toContain(0);
  pixels.slice(1).forEach((at, i) => expect(at - pixels[i]!).toBeGreaterThanOrEqual(40));
  const log = fieldScale([0.001, 0.1, 0, NaN], true);
  expect([log.share(0.001), log.share(0.01), log.share(0.1), log.share(0)]).toEqual([0, expect.closeTo(0.5, 12), 1, 0]); // prettier-ignore
  expect(log.share(NaN)).toBeNaN();
  expect(log.ticks.map(({ label }) => label)).toEqual(['0.001', '0.01', '0.1']);
  expect(fieldScale([1, 2], false).share(1)).toBe(0.5);
});
