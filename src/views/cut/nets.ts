/** What the page knows of a net's blocks, and of what was measured of them. */
import type { ModelConfig } from '../../model/config.ts';
import { buildGraph, type Graph } from '../../model/graph.ts';
import { blocksOf, type GraphBlock } from '../../model/graphEdits.ts';
import type { CutEdit } from './cut.ts';

interface NetBlocks {
  readonly graph: Graph;
  readonly blocks: readonly GraphBlock[];
}

const known = new Map<string, NetBlocks>();

/** A net's graph and blocks, remembered: each drawing asks for the same. */
export function netBlocks(model: ModelConfig): NetBlocks {
  const key = JSON.stringify(model);
  const found = known.get(key);
  if (found) return found;
  const graph = buildGraph(model);
  const made = { graph, blocks: blocksOf(graph) };
  if (known.size > 20) known.clear();
  known.set(key, made);
  return made;
}

/** The number of the block that a layer stands in; -1 where the net has no such layer, or it stands in no block. */
export function blockOfLayer(model: ModelConfig, layer: string | null): number {
  const { graph, blocks } = netBlocks(model);
  const at = graph.layers.findIndex(({ name }) => name === layer);
  return blocks.findIndex(({ first, last }) => first <= at && at <= last);
}

export interface Group {
  readonly at: number;
  readonly mean: number;
  /** Sample standard deviation; 0 of one alone. */
  readonly deviation: number;
}

/** Errors by what was done, in ascending order of that. */
export function groupsOf(edits: readonly CutEdit[]): readonly Group[] {
  return [...new Set(edits.map(({ at }) => at))]
    .sort((a, b) => a - b)
    .map((at) => {
      const own = edits.filter((edit) => edit.at === at);
      const mean = own.reduce((sum, { error }) => sum + error, 0) / own.length;
      const squares = own.reduce((sum, { error }) => sum + (error - mean) ** 2, 0);
      return { at, mean, deviation: Math.sqrt(squares / Math.max(1, own.length - 1)) };
    });
}
