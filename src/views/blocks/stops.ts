/** Where a net can be stopped, read from its graph alone. */
import type { Graph, LayerIndex } from '../../model/graph.ts';
import { blocksOf, type GraphBlock } from '../../model/graphEdits.ts';
import { measureGraph } from '../../model/shapes.ts';

export interface NetStop {
  /** The layer whose output is there. */
  readonly layer: LayerIndex;
  /** The block behind which it stands; null before the first one. */
  readonly block: GraphBlock | null;
  readonly channels: number;
  /** Whether the net's last layer fits on its pooled output, in the last stage. */
  readonly canExit: boolean;
  /** Whether every block from here on adds to what is here, so that the last layer reads it in its own terms. */
  readonly hasBasis: boolean;
  /** Where it is drawn: 0 at the first block's input, 1 at the end of the first stage, 2 at that of the second. */
  readonly place: number;
}

/** The stops of a net, in order: one more than it has blocks. */
export function stopsOf(graph: Graph): readonly NetStop[] {
  const blocks = blocksOf(graph);
  const [first] = blocks;
  if (!first) return [];
  const size = measureGraph(graph);
  const stages = [...new Set(blocks.map(({ stage }) => stage))];
  const last = graph.layers.at(-1);
  const channelsOf = (layer: LayerIndex) => size.layers[layer]?.output.channels ?? graph.input.channels;
  const at = (layer: LayerIndex, block: GraphBlock | null, next: number): NetStop => {
    const own = blocks.filter(({ stage }) => stage === block?.stage);
    const channels = channelsOf(layer);
    return {
      layer,
      block,
      channels,
      canExit: block?.stage === stages.at(-1) && last?.kind === 'dense' && last.inChannels === channels,
      hasBasis: blocks.slice(next).every((later) => addsToItself(graph, later)),
      place: block === null ? 0 : stages.indexOf(block.stage) + (own.indexOf(block) + 1) / own.length,
    };
  };
  return [at(first.input, null, 0), ...blocks.map((block, i) => at(block.last, block, i + 1))];
}

/** Whether a block gives x + F(x), with x as it came. */
export function addsToItself({ layers }: Graph, { last, input }: GraphBlock): boolean {
  const end = layers[last];
  return end?.kind === 'batchNorm' && end.residual === input;
}
