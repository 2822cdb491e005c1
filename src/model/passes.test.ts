import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRun } from './config.ts';
import { buildGraph, INPUT, type Graph, type LayerIndex } from './graph.ts';
import { blocksOf } from './graphEdits.ts';
import {
  inferencePass,
  inputsOf,
  joinedInferencePass,
  readsAgain,
  stretchPass,
  trainingPass,
  type PassStep,
} from './passes.ts';

const graphOf = (model: object) => buildGraph(parseRun({ model, steps: 1 }).model);
const graphs = [
  { depth: 8 },
  { depth: 14, block: 'plain' },
  { depth: 14, shortcut: 'B' },
  { depth: 20, shortcut: 'C' },
  { depth: 20, block: 'bottleneck', shortcut: 'B' },
].map(graphOf);

/** Goes through a pass as Network does: whether each step finds what it reads, and what is left over at the end. */
function leftAfter(graph: Graph, pass: readonly PassStep[]): ReadonlySet<LayerIndex> {
  const present = new Set<LayerIndex>([INPUT]);
  const need = (outputs: readonly LayerIndex[], by: PassStep) => {
    for (const output of outputs)
      if (!present.has(output)) throw new Error(`${by.kind} ${by.layer}: no ${output}`);
  };
  for (const step of pass) {
    const layer = graph.layers[step.layer]!;
    if (step.kind === 'loss') need([step.layer], step);
    else if (step.kind === 'backward') need(readsAgain(layer, step.layer), step);
    else {
      need(inputsOf(layer), step);
      if (present.has(step.layer)) throw new Error(`${step.kind} ${step.layer}: it is there`);
      present.add(step.layer);
    }
    for (const output of step.frees)
      if (!present.delete(output)) throw new Error(`${step.kind} ${step.layer} frees no ${output}`);
  }
  return present;
}

const anySegments = fc
  .constantFrom(...graphs)
  .chain((graph) =>
    fc
      .uniqueArray(fc.integer({ min: 1, max: graph.layers.length - 1 }), { maxLength: 12 })
      .map((cuts) => ({ graph, segments: [0, ...cuts.sort((a, b) => a - b)] })),
  );

test('inference leaves the logits and nothing else', () => {
  for (const graph of graphs) {
    expect([...leftAfter(graph, inferencePass(graph))]).toEqual([INPUT, graph.layers.length - 1]);
  }
});

test('inference with batch norms joined to their convolutions does every layer once, and leaves the logits alone', () => {
  for (const graph of graphs) {
    const present = new Set<LayerIndex>([INPUT]);
    const done: LayerIndex[] = [];
    for (const { layer: i, joined, frees } of joinedInferencePass(graph)) {
      const layer = graph.layers[i]!;
      if (joined) {
        expect([layer, graph.layers[joined.index]]).toEqual([joined.norm, joined.conv]);
        done.push(joined.index);
      }
      done.push(i);
      const reads = inputsOf(layer).map((input) => (input === joined?.index ? joined.conv.input : input));
      for (const input of reads) expect(present).toContain(input);
      present.add(i);
      for (const output of frees) expect(present.delete(output)).toBe(true);
    }
    expect(done.sort((a, b) => a - b)).toEqual(graph.layers.map((_, i) => i));
    expect([...present]).toEqual([INPUT, graph.layers.length - 1]);
  }
});

describe('training, cut anywhere, inside of blocks too', () => {
  test('finds all that it reads, and leaves nothing', () => {
    fc.assert(
      fc.property(anySegments, ({ graph, segments }) => {
        expect([...leftAfter(graph, trainingPass(graph, segments))]).toEqual([INPUT]);
      }),
    );
  });

  test('goes forward and back as it does uncut; what comes on top is each output once at most, and no kept one', () => {
    fc.assert(
      fc.property(anySegments, ({ graph, segments }) => {
        const order = (pass: readonly PassStep[]) => pass.map(({ kind, layer }) => `${kind} ${layer}`);
        const pass = trainingPass(graph, segments);
        const again = pass.filter(({ kind }) => kind === 'again').map(({ layer }) => layer);
        expect(order(pass.filter(({ kind }) => kind !== 'again'))).toEqual(order(trainingPass(graph)));
        expect(new Set(again).size).toBe(again.length);
        expect(again.filter((layer) => layer >= segments.at(-1)!)).toEqual([]);
      }),
    );
  });
});

test('in one segment nothing is computed again, and outputs go as soon as the way back has read them', () => {
  const graph = graphOf({ depth: 8 });
  const pass = trainingPass(graph);
  expect(pass.some(({ kind }) => kind === 'again')).toBe(false);
  // Option A's shortcut is read by the batch norm behind it alone.
  const pad = graph.layers.findIndex(({ kind }) => kind === 'padShortcut');
  const reader = graph.layers.findIndex((layer) => layer.kind === 'batchNorm' && layer.residual === pad);
  expect(pass.find(({ frees }) => frees.includes(pad))).toMatchObject({ kind: 'forward', layer: reader });
  expect(pass.at(-1)).toMatchObject({ kind: 'backward', layer: 0, frees: [] });
  expect(pass.at(-2)).toMatchObject({ kind: 'backward', layer: 1, frees: [0, 1] });
});

describe('a stretch', () => {
  test('from any block to any later one computes what is between, once, and leaves its ends', () => {
    for (const graph of graphs) {
      const ends = blocksOf(graph).map(({ last }) => last);
      const stops = [INPUT, ...ends, graph.layers.length - 1];
      for (const [i, from] of stops.entries()) {
        for (const to of stops.slice(i + 1)) {
          const present = new Set([from]);
          for (const { layer, frees } of stretchPass(graph, from, to)) {
            for (const input of inputsOf(graph.layers[layer]!)) expect(present.has(input)).toBe(true);
            expect(present.has(layer)).toBe(false);
            present.add(layer);
            for (const freed of frees) expect(present.delete(freed)).toBe(true);
          }
          expect([...present]).toEqual([from, to]);
        }
      }
      const whole = stretchPass(graph, INPUT, graph.layers.length - 1);
      expect(whole).toEqual(inferencePass(graph));
    }
  });

  test('leaves out what its end does not need, and is refused where that needs more than its beginning', () => {
    const [graph] = graphs as [Graph];
    const [first] = blocksOf(graph);
    // The first convolution inside a block does not give its residual.
    expect(() => stretchPass(graph, first!.first, first!.last)).toThrow(RangeError);
    expect(stretchPass(graph, first!.first, first!.first + 1).map(({ layer }) => layer)).toEqual([first!.first + 1]); // prettier-ignore
    for (const [from, to] of [
      [3, 3],
      [3, 2],
      [0, 99],
    ] as const) {
      // prettier-ignore
      expect(() => stretchPass(graph, from, to)).toThrow(RangeError);
    }
  });
});
