/**
 * A net's weights out of a safetensors file. The page, the training worker and the command line all read them here, so that
 * none refuses what another has accepted.
 */
import { modelName } from './families.ts';
import { buildGraph, type Graph } from './graph.ts';
import { layoutOf, namedTensors, type Layout, type NamedTensor } from './parameters.ts';
import {
  readStoredTensors,
  shapeText,
  shortened,
  valuesOf,
  WeightsError,
  type HostTensor,
  type StoredTensor,
} from './safetensors.ts';
import { renameTensors } from './tensorNames.ts';
import { layersPerBlock, maximalDepth } from './depths.ts';

export interface NetWeights {
  /** Exactly the tensors of the net, by their names here, every number finite. */
  readonly tensors: ReadonlyMap<string, HostTensor>;
  /** What had to be done to the file's names and numbers, in words; empty for a file of this project. */
  readonly notes: readonly string[];
}

/** Of each kind of fault so many are named. */
const NAMED = 3;

/** All that a net has learnt, in the order of its layers: parameters, then running statistics. */
export const tensorsOf = (graph: Graph, layout: Layout): readonly NamedTensor[] =>
  [...layout.trainable, ...layout.statistics].flatMap((slot) => namedTensors(graph, slot));

/**
 * The weights of this net in a file. Throws {@link WeightsError}: the file is no safetensors, is too large, is of another net (what
 * is missing, what is too much and what has another shape is named), or holds numbers that are not finite.
 */
export function readNetWeights(graph: Graph, layout: Layout, file: ArrayBuffer): NetWeights {
  const wanted = tensorsOf(graph, layout);
  const { tensors: stored, begin } = readStoredTensors(file);
  const { found, notes } = renameTensors([...stored.keys()], new Set(wanted.map(({ name }) => name)));
  const inFile = new Map([...found].map(([own, theirs]) => [own, stored.get(theirs)!]));
  refuseMisfits(inFile, wanted);

  const tensors = new Map<string, HostTensor>();
  const kinds = new Set<string>();
  const faults: string[] = [];
  for (const { name, shape } of wanted) {
    const tensor = inFile.get(name)!;
    const values = valuesOf(file, begin, found.get(name)!, tensor);
    const fault = numbersFault(name, values);
    if (fault !== null) faults.push(fault);
    if (tensor.dtype !== 'F32') kinds.add(tensor.dtype);
    tensors.set(name, { shape, values });
  }
  if (faults.length > 0) {
    throw new WeightsError(
      `${listed(faults)}. With such numbers the net answers nothing: training had diverged, or the file is damaged.`,
      'notFinite',
    );
  }
  const converted = [...kinds].map((kind) => `its ${kind} numbers are read as F32`);
  return { tensors, notes: [...notes, ...converted] };
}

/** What of the numbers of a tensor makes a net useless; null if nothing does. */
export function numbersFault(name: string, values: Float32Array): string | null {
  const isVariance = name.endsWith('.running_var');
  let [broken, negative] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) broken++;
    else if (isVariance && value < 0) negative++;
  }
  if (broken > 0) {
    return `${name} is not finite: ${broken} of its ${values.length} numbers ${broken === 1 ? 'is' : 'are'} NaN or infinite in float32`;
  }
  return negative > 0 ? `${name} has a variance below 0, which none is` : null;
}

function refuseMisfits(inFile: ReadonlyMap<string, StoredTensor>, wanted: readonly NamedTensor[]): void {
  const names = new Set(wanted.map(({ name }) => name));
  const missing = wanted.flatMap(({ name }) => (inFile.has(name) ? [] : [name]));
  const unknown = [...inFile.keys()].filter((name) => !names.has(name)).map(shortened);
  const misshapen = wanted.flatMap(({ name, shape }) => {
    const found = inFile.get(name)?.shape;
    if (!found || found.join() === shape.join()) return [];
    return [`${name} is ${shapeText(found)}, expected ${shapeText(shape)}`];
  });
  const faults = [
    ...(missing.length > 0 ? [`missing: ${listed(missing)}`] : []),
    ...(unknown.length > 0 ? [`not of this net: ${listed(unknown)}`] : []),
    ...(misshapen.length > 0 ? [`of another shape: ${listed(misshapen)}`] : []),
  ];
  if (faults.length === 0) return;
  const net = netOf(inFile);
  const instead = net === null ? '' : ` The file is of ${net}.`;
  throw new WeightsError(`These weights do not fit the net; ${faults.join('; ')}.${instead}`, 'misfit');
}

const listed = (items: readonly string[]) =>
  items.slice(0, NAMED).join(', ') + (items.length > NAMED ? ` and ${items.length - NAMED} more` : '');

/** Which net of this family has exactly these tensors, in words; null if none has. */
function netOf(tensors: ReadonlyMap<string, StoredTensor>): string | null {
  const width = tensors.get('conv1.weight')?.shape[0] ?? 0;
  const block = tensors.has('layer1.0.conv3.weight') ? 'bottleneck' : 'basic';
  let blocks = 0;
  while (tensors.has(`layer1.${blocks}.conv1.weight`)) blocks++;
  const depth = 2 + 3 * blocks * layersPerBlock[block];
  if (width < 1 || width > 256 || blocks === 0 || depth > maximalDepth) return null;
  for (const shortcut of ['A', 'B', 'C'] as const) {
    const graph = buildGraph({ family: 'cifar', depth, block, shortcut, width });
    const wanted = tensorsOf(graph, layoutOf(graph));
    const fits = ({ name, shape }: NamedTensor) => tensors.get(name)?.shape.join() === shape.join();
    if (wanted.length !== tensors.size || !wanted.every(fits)) continue;
    const plain = block === 'basic' && shortcut === 'A' ? `plain-${depth} or ` : '';
    const filters = width === 1 ? 'one filter' : `${width} filters`;
    return `${plain}${modelName({ block, depth })} with ${filters}, block ${block}, option ${shortcut}`;
  }
  return null;
}
