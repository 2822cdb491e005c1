/**
 * Nets made of another one's blocks: some left out, some exchanged. What comes out is a list of layers again, and a layout whose slots
 * keep their places in the same flat arrays: it is computed with the parameters and statistics of the net it was made of, and nothing is
 * copied. Pure functions; what is read is the layer graph alone.
 */
import { INPUT, type Graph, type Layer, type LayerIndex } from './graph.ts';
import type { Layout, Slot } from './parameters.ts';
import { inputsOf } from './passes.ts';
import { measureGraph } from './shapes.ts';

/** A net as it is computed: Network takes both. */
export interface Net {
  readonly graph: Graph;
  readonly layout: Layout;
}

/** A part of a net that all of its signal goes through. */
export interface GraphBlock {
  readonly stage: number;
  /** Inside the stage, from 0. */
  readonly block: number;
  /** Its first and its last layer; the last one's output is the block's. */
  readonly first: LayerIndex;
  readonly last: LayerIndex;
  /** The layer outside whose output it reads. */
  readonly input: LayerIndex;
  /**
   * The layer whose output stands in for the block's where it is removed: of `x + F(x)` the x; of a block without a shortcut its input,
   * where that has the shape of its output. Null if it cannot be removed.
   */
  readonly bypass: LayerIndex | null;
  /** Whether its output has the shape of its input. */
  readonly isSameShape: boolean;
  /** Blocks with one shape can stand in each other's place. */
  readonly shape: string;
}

/** The blocks of a graph, in order. Of those that read, or are read, elsewhere than at one place (dense blocks) there are none. */
export function blocksOf(graph: Graph): readonly GraphBlock[] {
  const { layers } = graph;
  const size = measureGraph(graph);
  const shapeOf = (layer: LayerIndex) => {
    const { height, width, channels } = layer === INPUT ? graph.input : size.layers[layer]!.output;
    return `${height}x${width}x${channels}`;
  };
  const found: GraphBlock[] = [];
  for (let first = 0; first < layers.length; first++) {
    const { stage, block } = layers[first]!;
    if (block < 0) continue;
    let last = first;
    while (layers[last + 1]?.stage === stage && layers[last + 1]?.block === block) last++;
    const input = onlyInput(layers, first, last);
    if (input !== null && isPassedBy(layers, last)) {
      const [from, to] = [shapeOf(input), shapeOf(last)];
      const isSameShape = from === to;
      const bypass = bypassOf(layers, first, last, input, isSameShape);
      found.push({ stage, block, first, last, input, bypass, isSameShape, shape: `${from} to ${to}` });
    }
    first = last;
  }
  return found;
}

/**
 * The net with, at each block's place, the block of that number in `arrangement`, or none where that is null: `[0, 1, 2]` is the net of
 * three blocks itself, `[0, null, 1]` lacks its third and has its second last. Blocks keep their names. Throws RangeError where a block
 * cannot be removed, where its place is of another shape, or where it is asked for twice.
 */
export function arranged(net: Net, arrangement: readonly (number | null)[]): Net {
  const { graph, layout } = net;
  const blocks = blocksOf(graph);
  checkArrangement(blocks, arrangement);
  const layers: Layer[] = [];
  /** By layer of the edited net, the layer that it was. */
  const origins: LayerIndex[] = [];
  /** By layer of the net whose output is read from outside of blocks, where it is now. */
  const now = new Map<LayerIndex, LayerIndex>([[INPUT, INPUT]]);

  const add = (origin: LayerIndex, places: ReadonlyMap<LayerIndex, LayerIndex>, isRelu = false) => {
    const layer = layers.push(moved(graph.layers[origin]!, places, isRelu)) - 1;
    origins.push(origin);
    return layer;
  };
  const addBlock = (at: GraphBlock, put: GraphBlock, isRemoved: boolean): LayerIndex => {
    const places = new Map([[put.input, now.get(at.input)!]]);
    const kept = isRemoved ? neededFor(graph.layers, put.bypass!, put.first) : range(put.first, put.last + 1);
    for (const origin of kept) {
      places.set(origin, add(origin, places, isRemoved && origin === put.bypass && hasRelu(graph, put)));
    }
    return places.get(isRemoved ? put.bypass! : put.last)!;
  };

  for (let i = 0; i < graph.layers.length; i++) {
    const place = blocks.findIndex(({ first }) => first === i);
    const at = blocks[place];
    if (!at) {
      now.set(i, add(i, now));
      continue;
    }
    const put = arrangement[place] ?? null;
    now.set(at.last, addBlock(at, blocks[put ?? place]!, put === null));
    i = at.last;
  }
  const slots = (all: readonly Slot[]) =>
    origins
      .flatMap((origin, layer) =>
        all.filter((slot) => slot.layer === origin).map((slot) => ({ ...slot, layer })),
      ) // prettier-ignore
      // Flat tensors are packed in the order of their offsets.
      .sort((a, b) => a.offset - b.offset);
  return {
    graph: { ...graph, layers },
    layout: { ...layout, trainable: slots(layout.trainable), statistics: slots(layout.statistics) },
  };
}

/** What is done to a net. */
export interface Edit {
  /** See {@link arranged}. */
  readonly arrangement: readonly (number | null)[];
  /** What the shortcuts bring is multiplied by this before it is added; 1 leaves them alone. */
  readonly shortcuts: number;
}

/** The layer whose output an edited net still has in common with the net: what follows is computed for itself. */
export function commonLayer({ layers }: Graph, blocks: readonly GraphBlock[], edit: Edit): LayerIndex {
  const adds = ({ first, last }: GraphBlock) =>
    layers.slice(first, last + 1).some((layer) => layer.kind === 'batchNorm' && layer.residual !== null);
  const changed = blocks.find(
    (block, i) => edit.arrangement[i] !== i || (edit.shortcuts !== 1 && adds(block)),
  );
  return changed?.input ?? blocks.at(-1)?.last ?? INPUT;
}

/** The arrangement that leaves out the blocks of these numbers. */
export const without = (blocks: number, removed: readonly number[]): readonly (number | null)[] =>
  range(0, blocks).map((i) => (removed.includes(i) ? null : i));

function checkArrangement(blocks: readonly GraphBlock[], arrangement: readonly (number | null)[]): void {
  if (arrangement.length !== blocks.length) {
    throw new RangeError(`${arrangement.length} places were arranged, of ${blocks.length} blocks.`);
  }
  const used = new Set<number>();
  arrangement.forEach((put, place) => {
    const at = blocks[place]!;
    if (put === null) {
      if (at.bypass === null) throw new RangeError(`Block ${place} cannot be removed: it changes the shape.`);
      return;
    }
    const block = blocks[put];
    if (!block || used.has(put)) throw new RangeError(`There is no block ${put} for place ${place}.`);
    if (block.shape !== at.shape) throw new RangeError(`Block ${put} does not fit into place ${place}.`);
    used.add(put);
  });
}

/** The one layer before `first` whose output layers `first` to `last` read; null if there are several. */
function onlyInput(layers: readonly Layer[], first: LayerIndex, last: LayerIndex): LayerIndex | null {
  const outside = new Set(
    range(first, last + 1).flatMap((i) => inputsOf(layers[i]!).filter((input) => input < first)),
  );
  const [input] = outside;
  return outside.size === 1 && input !== undefined ? input : null;
}

/** Whether what follows reads nothing of what is before but this layer's output. */
const isPassedBy = (layers: readonly Layer[], at: LayerIndex): boolean =>
  layers.slice(at + 1).every((layer) => inputsOf(layer).every((input) => input >= at));

function bypassOf(
  layers: readonly Layer[],
  first: LayerIndex,
  last: LayerIndex,
  input: LayerIndex,
  isSameShape: boolean,
): LayerIndex | null {
  const end = layers[last]!;
  if (end.kind !== 'batchNorm' || end.residual === null) return isSameShape ? input : null;
  const { residual, relu } = end;
  // ReLU(x) is x where x comes out of one; a projection's batch norm can have the block's; nothing else is ours to change.
  if (!relu || isNonNegative(layers, residual)) return residual;
  return residual >= first && layers[residual]!.kind === 'batchNorm' ? residual : null;
}

function isNonNegative(layers: readonly Layer[], at: LayerIndex): boolean {
  const layer = layers[at];
  if (layer?.kind === 'batchNorm') return layer.relu;
  return layer?.kind === 'padShortcut' && isNonNegative(layers, layer.input);
}

/** Whether what is left of a removed block ends in the ReLU that the block ended in. */
function hasRelu({ layers }: Graph, { last }: GraphBlock): boolean {
  const end = layers[last]!;
  return end.kind === 'batchNorm' && end.relu;
}

/** The layers from `first` on that layer `at` is computed from, itself with them, ascending. */
function neededFor(layers: readonly Layer[], at: LayerIndex, first: LayerIndex): readonly LayerIndex[] {
  if (at < first) return [];
  const needed = new Set([at]);
  for (let i = at; i >= first; i--) {
    if (needed.has(i)) for (const input of inputsOf(layers[i]!)) if (input >= first) needed.add(input);
  }
  return [...needed].sort((a, b) => a - b);
}

/** A layer with its inputs at their new places. */
function moved(layer: Layer, places: ReadonlyMap<LayerIndex, LayerIndex>, isRelu: boolean): Layer {
  const input = places.get(layer.input)!;
  if (layer.kind !== 'batchNorm') return { ...layer, input };
  const residual = layer.residual === null ? null : places.get(layer.residual)!;
  return { ...layer, input, residual, relu: layer.relu || isRelu };
}

const range = (from: number, until: number): number[] =>
  Array.from({ length: Math.max(0, until - from) }, (_, i) => from + i);
