/** Which paths through a net are measured: pure, and the same for the page, which says what they cost, and for what computes them. */
import { spread } from '../../insights/histogram.ts';
import type { Graph, LayerIndex } from '../../model/graph.ts';
import { createRandom } from '../../model/random.ts';
import { measureGraph } from '../../model/shapes.ts';
import { drawn } from './drawn.ts';

/** Training images whose gradients are measured, at most; and numbers of one pass that are held for them. */
const IMAGES = 16;
const MOST_NUMBERS = 16e6;
/** Paths of each length, and lengths, of a deep net. */
const PATHS = 20;
const LENGTHS = 28;

/** The layers that add a shortcut, in order: a path chooses at each. */
export const additions = ({ layers }: Graph): readonly LayerIndex[] =>
  layers.flatMap((layer, i) => (layer.kind === 'batchNorm' && layer.residual !== null ? [i] : []));

export interface PlannedPaths {
  readonly length: number;
  /** Each path as the numbers of the additions whose branch it takes. */
  readonly paths: readonly (readonly number[])[];
}

/** The paths that are measured in a net with so many additions: all of a length, where there are no more than {@link PATHS}. */
export function plannedPaths(blocks: number): readonly PlannedPaths[] {
  const all = Array.from({ length: blocks }, (_, i) => i);
  return spread([...all, blocks], LENGTHS).map((length) => ({
    length,
    paths: drawn(all, length, PATHS, createRandom('paths').fork(length)),
  }));
}

/** As many images for each net, so that they compare. */
export const imagesFor = (graphs: readonly Graph[]): number =>
  Math.min(
    IMAGES,
    ...graphs.map((graph) => Math.max(1, Math.floor(MOST_NUMBERS / measureGraph(graph).activations))),
  );

/** Passes forward through the whole net that measuring its paths costs as much as, for one image. */
export function passesOf(graph: Graph): number {
  const blocks = additions(graph).length;
  if (blocks === 0) return 0;
  // A shortcut costs next to nothing.
  return plannedPaths(blocks).reduce((sum, { length, paths }) => sum + (paths.length * length) / blocks, 1);
}
