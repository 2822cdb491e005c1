/** A net's weights between this project's flat arrays and PyTorch's names and layout. */
import type { Graph } from '../model/graph.ts';
import type { Layout, NamedTensor } from '../model/parameters.ts';
import { namedTensors } from '../model/parameters.ts';
import { readNetWeights, tensorsOf } from '../model/netWeights.ts';
import { encodeSafetensors, type HostTensor } from '../model/safetensors.ts';

/** Everything a net has learnt, flat: see parameters.ts. */
export interface FlatWeights {
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
}

/** PyTorch's `state_dict` of the net. */
export function weightsToSafetensors(graph: Graph, layout: Layout, weights: FlatWeights): ArrayBuffer {
  const tensors = new Map<string, HostTensor>();
  for (const { named, flat } of placesOf(graph, layout, weights)) {
    tensors.set(named.name, toTensor(named, flat));
  }
  return encodeSafetensors(tensors);
}

/** The flat weights that a file holds for this net. Throws WeightsError as {@link readNetWeights} does. */
export function weightsFromSafetensors(graph: Graph, layout: Layout, file: ArrayBuffer): FlatWeights {
  const { tensors } = readNetWeights(graph, layout, file);
  const weights: FlatWeights = {
    parameters: new Float32Array(layout.trainableLength),
    statistics: new Float32Array(layout.statisticsLength),
  };
  for (const { named, flat } of placesOf(graph, layout, weights)) {
    fromTensor(named, flat, tensors.get(named.name)!);
  }
  return weights;
}

/** A tensor out of the flat array that it is part of. */
export function toTensor(named: NamedTensor, flat: Float32Array): HostTensor {
  const values = new Float32Array(product(named.shape));
  const order = pytorchOrder(named);
  for (let i = 0; i < values.length; i++) values[i] = flat[order(i)]!;
  return { shape: named.shape, values };
}

/** The inverse of {@link toTensor}. */
export function fromTensor(named: NamedTensor, flat: Float32Array, { values }: HostTensor): void {
  const order = pytorchOrder(named);
  for (let i = 0; i < values.length; i++) flat[order(i)] = values[i]!;
}

/** L2 norm of each filter's and matrix's part of a flat array, by PyTorch name in layer order. */
export function normsByName(graph: Graph, layout: Layout, flat: Float32Array): Map<string, number> {
  const norms = new Map<string, number>();
  for (const slot of layout.trainable) {
    if (slot.role !== 'filter' && slot.role !== 'matrix') continue;
    const values = flat.subarray(slot.offset, slot.offset + slot.size);
    const squares = values.reduce((sum, value) => sum + value * value, 0);
    norms.set(namedTensors(graph, slot)[0]!.name, Math.sqrt(squares));
  }
  return norms;
}

interface Place {
  readonly named: NamedTensor;
  readonly flat: Float32Array;
}

function placesOf(graph: Graph, layout: Layout, weights: FlatWeights): Place[] {
  return tensorsOf(graph, layout).map((named) => ({
    named,
    flat: named.slot.role === 'statistics' ? weights.statistics : weights.parameters,
  }));
}

/** Index in PyTorch's tensor -> index in the flat array. */
function pytorchOrder({ slot, row, shape }: NamedTensor): (index: number) => number {
  if (slot.role === 'matrix') {
    const [outs, ins] = shape as [number, number];
    return (i) => slot.offset + (i % ins) * outs + Math.floor(i / ins);
  }
  if (slot.role === 'filter') {
    const [outs, ins, kernel] = shape as [number, number, number];
    const taps = kernel * kernel;
    return (i) => {
      const tap = i % taps;
      const channel = Math.floor(i / taps) % ins;
      const out = Math.floor(i / (taps * ins));
      return slot.offset + (tap * ins + channel) * outs + out;
    };
  }
  return (i) => slot.offset + row * (slot.size / 2) + i;
}

const product = (shape: readonly number[]) => shape.reduce((total, n) => total * n, 1);
