/** A net as it is drawn: its layers in blocks, its blocks in stages. Read from the layer graph alone. */
import type { ModelConfig } from '../../model/config.ts';
import { buildGraph, INPUT, type Graph, type Layer, type LayerIndex } from '../../model/graph.ts';
import { inputsOf } from '../../model/passes.ts';
import { measureGraph, type GraphSize, type MapShape } from '../../model/shapes.ts';

/** How a shortcut comes to its sum: as it is, with zeros for new channels, or through a convolution. */
export type Shortcut = 'none' | 'identity' | 'padded' | 'projected';

/** A layer, with the batch norm that reads it. */
export interface Unit {
  /** The layer's, PyTorch's. */
  readonly name: string;
  readonly kind: Layer['kind'];
  readonly kernel: number | null;
  readonly stride: number;
  readonly input: MapShape;
  readonly output: MapShape;
  readonly parameters: number;
  /** Of them, batch norm's. */
  readonly ofNorm: number;
  /** Of one image, forward. */
  readonly multiplyAdds: number;
  readonly hasNorm: boolean;
  /** What is added behind it. */
  readonly adds: Shortcut;
  readonly hasRelu: boolean;
  /** Where it stands: 0 before the first stage, then the stages, then one more. */
  readonly section: number;
  /** Inside the stage, from 0; -1 outside of blocks. */
  readonly block: number;
  /** Whether it is on the way around the block. */
  readonly isAround: boolean;
}

export interface PlanBlock {
  readonly section: number;
  readonly block: number;
  /** On the way through it, in order. */
  readonly way: readonly Unit[];
  /** On the way around it; empty where the shortcut is as it is, or there is none. */
  readonly around: readonly Unit[];
  readonly shortcut: Shortcut;
  readonly changesShape: boolean;
  /** The same of blocks that have the same layers. */
  readonly signature: string;
}

export interface NetPlan {
  /** Before the first block and behind the last, each as one. */
  readonly stem: PlanBlock;
  readonly head: PlanBlock;
  readonly stages: readonly (readonly PlanBlock[])[];
  /** In the order of computation. */
  readonly units: readonly Unit[];
  readonly parameters: number;
  readonly multiplyAdds: number;
}

const known = new Map<string, NetPlan>();

/** Remembered: each drawing asks for the same nets. */
export function netPlan(model: ModelConfig): NetPlan {
  const key = JSON.stringify(model);
  const found = known.get(key) ?? planOf(buildGraph(model));
  if (known.size > 20) known.clear();
  known.set(key, found);
  return found;
}

export function planOf(graph: Graph): NetPlan {
  const { layers } = graph;
  const size = measureGraph(graph);
  const stages = Math.max(...layers.map(({ stage }) => stage));
  const firstBlock = layers.findIndex(({ block }) => block >= 0);
  const sectionOf = (at: LayerIndex) =>
    layers[at]!.block >= 0 ? layers[at]!.stage : at < firstBlock ? 0 : stages + 1;
  const groups: LayerIndex[][] = [];
  for (const at of layers.keys()) {
    const before = groups.at(-1)?.[0];
    const isNew =
      before === undefined ||
      sectionOf(before) !== sectionOf(at) ||
      layers[before]!.block !== layers[at]!.block;
    if (isNew) groups.push([at]);
    else groups.at(-1)!.push(at);
  }
  const blocks = groups.map((own) => blockOf(graph, size, own, sectionOf(own[0]!)));
  const empty = (section: number): PlanBlock => ({ section, block: -1, way: [], around: [], shortcut: 'none', changesShape: false, signature: '' }); // prettier-ignore
  return {
    stem: blocks.find(({ section }) => section === 0) ?? empty(0),
    head: blocks.find(({ section }) => section === stages + 1) ?? empty(stages + 1),
    stages: Array.from({ length: stages }, (_, i) => blocks.filter(({ section }) => section === i + 1)),
    units: blocks.flatMap(({ way, around }) => [...way.slice(0, -1), ...around, ...way.slice(-1)]),
    parameters: size.parameters,
    multiplyAdds: size.multiplyAdds,
  };
}

function blockOf(
  { layers, input }: Graph,
  size: GraphSize,
  own: readonly LayerIndex[],
  section: number,
): PlanBlock {
  const [first, last] = [own[0]!, own.at(-1)!];
  const { block } = layers[first]!;
  const end = layers[last]!;
  const residual = end.kind === 'batchNorm' ? end.residual : null;
  const isAround = aroundOf(layers, residual, first);
  const shapeOf = (at: LayerIndex): MapShape => (at === INPUT ? input : size.layers[at]!.output);
  const shortcutOf = (at: LayerIndex | null): Shortcut => {
    if (at === null) return 'none';
    if (at < first) return 'identity';
    return layers[at]!.kind === 'padShortcut' ? 'padded' : 'projected';
  };
  const units = own.flatMap((at): Unit[] => {
    const layer = layers[at]!;
    const before = layers[layer.input];
    // A batch norm stands with the convolution that it reads.
    if (layer.kind === 'batchNorm' && before?.kind === 'conv') return [];
    const isNormOf = (i: LayerIndex) => layers[i]!.kind === 'batchNorm' && layers[i]!.input === at;
    const after = layer.kind === 'conv' ? own.find(isNormOf) : undefined;
    const norm = layer.kind === 'batchNorm' ? layer : after === undefined ? undefined : layers[after];
    const ofNorm = after === undefined ? 0 : size.layers[after]!.parameters;
    const { parameters, multiplyAdds, output } = size.layers[at]!;
    return [
      {
        name: layer.name,
        kind: layer.kind,
        kernel: layer.kind === 'conv' ? layer.kernel : null,
        stride: 'stride' in layer ? layer.stride : 1,
        input: shapeOf(layer.input),
        output,
        parameters: parameters + ofNorm,
        ofNorm,
        multiplyAdds,
        hasNorm: norm?.kind === 'batchNorm',
        adds: norm?.kind === 'batchNorm' ? shortcutOf(norm.residual) : 'none',
        hasRelu: norm?.kind === 'batchNorm' && norm.relu,
        section,
        block,
        isAround: isAround(at),
      },
    ];
  });
  const [from, to] = [shapeOf(layers[first]!.input), shapeOf(last)];
  return {
    section,
    block,
    way: units.filter((unit) => !unit.isAround),
    around: units.filter((unit) => unit.isAround),
    shortcut: shortcutOf(residual),
    changesShape: JSON.stringify(from) !== JSON.stringify(to),
    signature: JSON.stringify(
      units.map(({ kind, kernel, stride, input: read, output, adds, hasRelu }) => [kind, kernel, stride, read, output, adds, hasRelu]), // prettier-ignore
    ),
  };
}

/** Which layers from `first` on only the shortcut needs. */
function aroundOf(layers: readonly Layer[], residual: LayerIndex | null, first: LayerIndex) {
  const around = new Set<LayerIndex>();
  const add = (at: LayerIndex): void => {
    if (at < first || around.has(at)) return;
    around.add(at);
    inputsOf(layers[at]!).forEach(add);
  };
  if (residual !== null) add(residual);
  return (at: LayerIndex) => around.has(at);
}

/** All layers that can be chosen in these nets, in order: each name once. */
export function unitNames(plans: readonly NetPlan[]): readonly string[] {
  const blocks = new Map<string, { readonly at: Unit; readonly orders: string[][] }>();
  for (const { units } of plans) {
    const own = new Map<string, string[]>();
    for (const unit of units) {
      const key = `${unit.section} ${unit.block}`;
      const order = own.get(key) ?? [];
      own.set(key, order);
      if (order.push(unit.name) > 1) continue;
      const block = blocks.get(key) ?? { at: unit, orders: [] };
      blocks.set(key, block);
      block.orders.push(order);
    }
  }
  return [...blocks.values()]
    .sort((a, b) => a.at.section - b.at.section || a.at.block - b.at.block)
    .flatMap(({ orders }) => [...new Set(orders.toSorted((a, b) => b.length - a.length).flat())]);
}

export const unitOf = ({ units }: NetPlan, name: string | null): Unit | undefined =>
  units.find((unit) => unit.name === name);

/** The block, stem or head that a layer stands in; undefined where the net has none such. */
export function blockAt(plan: NetPlan, at: Pick<Unit, 'section' | 'block'>): PlanBlock | undefined {
  return [plan.stem, ...plan.stages.flat(), plan.head].find(
    ({ section, block }) => section === at.section && block === at.block,
  );
}
