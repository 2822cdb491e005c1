/** Which layer's maps are meant by a name. Reads the layer graph alone. */
import type { Graph, LayerIndex } from '../../model/graph.ts';

/** No such layer; one whose output is no map. */
export type LayerFault = 'noLayer' | 'noMaps';

const STAGE = /^stage (\d+)$/;
/** The name of the end of a stage, which nets of every depth have. */
export const stageEnd = (stage: number): string => `stage ${stage}`;

/**
 * The layer whose output is shown: of a convolution the batch norm behind it, with what is added there and ReLU, which is what it hands on;
 * of `stage N` that stage's last; null: the last that has maps.
 */
export function shownLayer({ layers }: Graph, name: string | null): LayerIndex | LayerFault {
  if (name === null) return layers.findLastIndex(({ kind }) => hasMaps(kind));
  const stage = STAGE.exec(name)?.[1];
  const at =
    stage === undefined
      ? layers.findIndex((layer) => layer.name === name)
      : layers.findLastIndex((layer) => layer.block >= 0 && layer.stage === Number(stage));
  const layer = layers[at];
  if (!layer) return 'noLayer';
  if (!hasMaps(layer.kind)) return 'noMaps';
  if (layer.kind !== 'conv') return at;
  const norm = layers.findIndex(({ kind, input }) => kind === 'batchNorm' && input === at);
  return norm < 0 ? at : norm;
}

const hasMaps = (kind: Graph['layers'][number]['kind']): boolean =>
  kind === 'conv' || kind === 'batchNorm' || kind === 'padShortcut';

/** What can be chosen in some nets, beside the last layer: the ends of the stages before it, and every convolution, in the order of the deepest. */
export function layersToChoose(graphs: readonly Graph[]): {
  readonly stages: readonly string[];
  readonly names: readonly string[];
} {
  const deepest = graphs.toSorted((a, b) => b.layers.length - a.layers.length);
  const all = deepest.flatMap(({ layers }) => layers);
  const stages = [...new Set(all.map(({ stage }) => stage))].filter((stage) => stage > 0);
  const last = Math.max(...stages);
  return {
    stages: stages.filter((stage) => stage < last).map(stageEnd),
    names: [...new Set(all.flatMap(({ kind, name }) => (kind === 'conv' ? [name] : [])))],
  };
}
