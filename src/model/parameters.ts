/**
 * Where each weight lives. All trainable numbers of a net stand in one flat array, all running statistics of its
 * batch norms in another; a slot is one layer's part of them. One array makes the optimiser one operation, a
 * checkpoint one buffer, and "the same initial weights" a comparison of bytes.
 */
import type { Graph, LayerIndex } from './graph.ts';
import type { Random } from './random.ts';

export type SlotRole = 'filter' | 'affine' | 'matrix' | 'bias' | 'statistics';

/** A layer's part of a flat array. Slots begin at multiples of {@link SLOT_ALIGNMENT}; the gaps stay zero. */
export interface Slot {
  readonly layer: LayerIndex;
  readonly role: SlotRole;
  /**
   * filter `[k, k, in, out]`, matrix `[in, out]`, bias `[out]`; affine `[2, channels]`: batch norm's scale, then
   * its shift; statistics `[2, channels]`: running mean, then running variance.
   */
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

export interface Layout {
  readonly trainable: readonly Slot[];
  readonly statistics: readonly Slot[];
  /** Lengths of the two flat arrays, gaps included. */
  readonly trainableLength: number;
  readonly statisticsLength: number;
}

/** 64 floats are 256 bytes: the offset alignment that WebGPU asks of storage bindings. */
export const SLOT_ALIGNMENT = 64;

/** A tensor as PyTorch's `state_dict` names it, and where it lies in a slot. */
export interface NamedTensor {
  readonly name: string;
  /** PyTorch's shape: filters `[out, in, k, k]`, matrices `[out, in]`. */
  readonly shape: readonly number[];
  readonly slot: Slot;
  /** Row of a `[2, channels]` slot; 0 for whole slots. */
  readonly row: 0 | 1;
}

export function layoutOf(graph: Graph): Layout {
  const trainable = new SlotList();
  const statistics = new SlotList();
  graph.layers.forEach((layer, index) => {
    switch (layer.kind) {
      case 'conv':
        trainable.add(index, 'filter', [layer.kernel, layer.kernel, layer.inChannels, layer.outChannels]);
        break;
      case 'batchNorm':
        trainable.add(index, 'affine', [2, layer.channels]);
        statistics.add(index, 'statistics', [2, layer.channels]);
        break;
      case 'dense':
        trainable.add(index, 'matrix', [layer.inChannels, layer.outChannels]);
        trainable.add(index, 'bias', [layer.outChannels]);
        break;
      case 'padShortcut':
      case 'globalAveragePool':
        break;
    }
  });
  return {
    trainable: trainable.slots,
    statistics: statistics.slots,
    trainableLength: trainable.length,
    statisticsLength: statistics.length,
  };
}

class SlotList {
  readonly slots: Slot[] = [];
  length = 0;

  add(layer: LayerIndex, role: SlotRole, shape: readonly number[]): void {
    const size = shape.reduce((product, n) => product * n, 1);
    this.slots.push({ layer, role, shape, offset: this.length, size });
    this.length += Math.ceil(size / SLOT_ALIGNMENT) * SLOT_ALIGNMENT;
  }
}

/** The tensors of a slot by their PyTorch names. */
export function namedTensors(graph: Graph, slot: Slot): readonly NamedTensor[] {
  const name = graph.layers[slot.layer]!.name;
  const [a, b, c, d] = slot.shape as [number, number, number, number];
  switch (slot.role) {
    case 'filter':
      return [{ name: `${name}.weight`, shape: [d, c, a, b], slot, row: 0 }];
    case 'matrix':
      return [{ name: `${name}.weight`, shape: [b, a], slot, row: 0 }];
    case 'bias':
      return [{ name: `${name}.bias`, shape: [a], slot, row: 0 }];
    case 'affine':
      return [
        { name: `${name}.weight`, shape: [b], slot, row: 0 },
        { name: `${name}.bias`, shape: [b], slot, row: 1 },
      ];
    case 'statistics':
      return [
        { name: `${name}.running_mean`, shape: [b], slot, row: 0 },
        { name: `${name}.running_var`, shape: [b], slot, row: 1 },
      ];
  }
}

/**
 * Initial weights of a net: He et al. 2015b (normal, fan-in, gain sqrt 2) for filters and the dense matrix, batch
 * norm's scale 1 and shift 0, bias 0. Every tensor is drawn from a fork of `random` under its own name, so
 * nets that share a name and a shape share those weights, whatever else differs.
 */
export function initialParameters(graph: Graph, layout: Layout, random: Random): Float32Array {
  const flat = new Float32Array(layout.trainableLength);
  for (const slot of layout.trainable) flat.set(initialSlot(graph, slot, random), slot.offset);
  return flat;
}

/** The part of {@link initialParameters} that is one trainable slot's. */
export function initialSlot(graph: Graph, slot: Slot, random: Random): Float32Array<ArrayBuffer> {
  const values = new Float32Array(slot.size);
  if (slot.role === 'affine') values.fill(1, 0, slot.size / 2);
  if (slot.role !== 'filter' && slot.role !== 'matrix') return values;
  const fanIn = slot.size / slot.shape.at(-1)!;
  const deviation = Math.sqrt(2 / fanIn);
  const stream = random.fork(namedTensors(graph, slot)[0]!.name);
  for (let i = 0; i < values.length; i++) values[i] = deviation * stream.normal();
  return values;
}

/** Running mean 0 and running variance 1 for every batch norm. */
export function initialStatistics(layout: Layout): Float32Array {
  const flat = new Float32Array(layout.statisticsLength);
  for (const slot of layout.statistics) flat.fill(1, slot.offset + slot.size / 2, slot.offset + slot.size);
  return flat;
}
