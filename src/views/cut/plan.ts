/** Which edits a study makes of a net: pure, and the same for the page, which says what they cost, and for what computes them. */
import { kendallTau } from '../../insights/kendallTau.ts';
import type { Graph } from '../../model/graph.ts';
import { blocksOf, commonLayer, without, type Edit, type GraphBlock } from '../../model/graphEdits.ts';
import { createRandom, type Random } from '../../model/random.ts';
import { measureGraph } from '../../model/shapes.ts';
import { DRAWS, type EditsAsked } from './cut.ts';
import { drawn } from './drawn.ts';

export interface PlannedEdit {
  /** See CutEdit. */
  readonly at: number;
  readonly edit: Edit;
}

/** Factors of the shortcuts, from the net as it is downwards. */
const FACTORS = [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0];
/** Pairs exchanged one after the other, and how often such an order is drawn. */
const SWAPS = [1, 2, 4, 8, 16];
const ORDERS = 6;

/** The edits of one net, the `index`th of those that are asked about. */
export function planOf(graph: Graph, asked: EditsAsked, index: number): readonly PlannedEdit[] {
  const blocks = blocksOf(graph);
  const cut = (at: number, removed: readonly number[]): PlannedEdit => ({
    at,
    edit: { arrangement: without(blocks.length, removed), shortcuts: 1 },
  });
  switch (asked.study) {
    case 'each':
      return removable(blocks).map((i) => cut(i, [i]));
    case 'pressed': {
      const pressed = new Set(asked.pressed[index]);
      const removed = removable(blocks).filter((i) => pressed.has(i));
      return removed.length > 0 ? [cut(removed.length, removed)] : [];
    }
    case 'random': {
      // Such blocks can be removed from plain nets as from residual ones.
      const choices = removable(blocks).filter((i) => blocks[i]!.isSameShape);
      const counts = Array.from({ length: Math.min(asked.most, choices.length) }, (_, i) => i + 1);
      return counts.flatMap((count) =>
        drawn(choices, count, DRAWS, createRandom('removed').fork(count)).map((removed) =>
          cut(count, removed),
        ),
      );
    }
    case 'swap':
      return orders(blocks, createRandom('swapped'));
    case 'dial':
      return hasShortcuts(graph)
        ? FACTORS.map((at) => ({ at, edit: { arrangement: without(blocks.length, []), shortcuts: at } }))
        : [];
  }
}

/** The net as it is, as an edit. */
export const unedited = (graph: Graph): Edit => ({
  arrangement: without(blocksOf(graph).length, []),
  shortcuts: 1,
});

/** Multiply-adds for one image that the edits and the net itself take, what they have in common once. */
export function multiplyAddsOf(graph: Graph, plan: readonly PlannedEdit[]): number {
  const { layers, multiplyAdds } = measureGraph(graph);
  const blocks = blocksOf(graph);
  let behind = 0;
  const from = layers.map((layer) => layer.multiplyAdds).reverse().map((own) => (behind += own)).reverse(); // prettier-ignore
  return plan.reduce(
    (sum, { edit }) => sum + (from[commonLayer(graph, blocks, edit) + 1] ?? 0),
    multiplyAdds,
  );
}

/** Numbers of the blocks that can be removed. */
export const removable = (blocks: readonly GraphBlock[]): readonly number[] =>
  blocks.flatMap(({ bypass }, i) => (bypass === null ? [] : [i]));

const hasShortcuts = ({ layers }: Graph) =>
  layers.some((layer) => layer.kind === 'batchNorm' && layer.residual !== null);

/** Orders of the blocks after so many random swaps of two of one shape. */
function orders(blocks: readonly GraphBlock[], random: Random): readonly PlannedEdit[] {
  const pairs = blocks.flatMap(({ shape }, i) =>
    blocks.flatMap((other, j) => (j > i && other.shape === shape ? [[i, j] as const] : [])),
  );
  if (pairs.length === 0) return [];
  return SWAPS.flatMap((swaps) =>
    Array.from({ length: ORDERS }, (_, draw) => {
      const stream = random.fork(swaps, draw);
      const order = blocks.map((__, i) => i);
      for (let swap = 0; swap < swaps; swap++) {
        const [i, j] = pairs[stream.integer(pairs.length)]!;
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return { at: kendallTau(order), edit: { arrangement: order, shortcuts: 1 } };
    }),
  );
}
