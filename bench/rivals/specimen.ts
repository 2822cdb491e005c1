/** The net, its first weights and the batch that every rival trains on: the same numbers for all. */
import type { BackendName } from '../../src/model/backends.ts';
import type { Batch } from '../../src/protocol/source.ts';
import { type RunConfig, parseRun } from '../../src/model/config.ts';
import { type Graph, buildGraph } from '../../src/model/graph.ts';
import { type Layout, initialParameters, layoutOf } from '../../src/model/parameters.ts';
import { createRandom } from '../../src/model/random.ts';

/** What is trained, in words that cross to another process. */
export interface Net {
  readonly depth: number;
  readonly width: number;
  readonly batchSize: number;
  readonly recompute?: boolean;
}

export const rivalNames = ['ours', 'composed', 'stock', 'jax-js'] as const;
export type RivalName = (typeof rivalNames)[number];

/** Who trains what, and on what. */
export interface Entry {
  readonly rival: RivalName;
  readonly backend: BackendName;
  readonly threads: number;
  readonly net: Net;
}

export interface Memory {
  /** Bytes that the device holds for training: WASM's heap, or the GPU's buffers. */
  readonly bytes: number;
  /** Tensors alive. */
  readonly tensors: number;
  /** Kernels that our WebGPU backend has run so far; absent elsewhere. */
  readonly dispatches?: number;
}

export interface Rival {
  /** One update on the batch; gives its loss, which ends it: the device has nothing left to do. */
  step(): Promise<number>;
  memory(): Memory;
}

export const LEARNING_RATE = 0.01;
export const MOMENTUM = 0.9;

export interface Specimen {
  readonly run: RunConfig;
  readonly graph: Graph;
  readonly layout: Layout;
  readonly parameters: Float32Array;
  readonly batch: Batch;
  /** The labels as rows of zeros and one 1. */
  readonly oneHot: Float32Array;
}

export function createSpecimen({ depth, width, batchSize, recompute = false }: Net): Specimen {
  const run = parseRun({
    model: { depth, width, shortcut: 'A' },
    optimizer: { learningRate: LEARNING_RATE, momentum: MOMENTUM },
    batchSize,
    recompute,
    steps: 1,
  });
  const graph = buildGraph(run.model);
  const layout = layoutOf(graph);
  const parameters = initialParameters(graph, layout, createRandom(run.seed).fork('weights'));
  const random = createRandom('bench');
  const images = Float32Array.from({ length: batchSize * 32 * 32 * 3 }, () => random.normal());
  const labels = Uint8Array.from({ length: batchSize }, () => random.integer(graph.classes));
  const oneHot = new Float32Array(batchSize * graph.classes);
  labels.forEach((label, i) => (oneHot[i * graph.classes + label] = 1));
  return { run, graph, layout, parameters, batch: { images, labels, size: batchSize }, oneHot };
}

/** The initial numbers of layer `index`, slot by slot. */
export function weightsOfLayer({ layout, parameters }: Specimen, index: number) {
  return layout.trainable
    .filter(({ layer }) => layer === index)
    .map(({ offset, size, shape }) => ({ shape, values: parameters.slice(offset, offset + size) }));
}
