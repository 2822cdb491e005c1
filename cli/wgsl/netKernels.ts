/** Which kernels the layers of a net run on WebGPU: what its training step asks of a device that only writes it down. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { TrainingOps } from '../../src/kernels/ops.ts';
import { type ConvPlan, softwarePlan } from '../../src/kernels/webgpu/tuning/convPlan.ts';
import { gpuVariants, variantsFor } from '../../src/kernels/webgpu/tuning/convVariant.ts';
import { createWebGpuOps } from '../../src/kernels/webgpu/webgpuOps.ts';
import type { Kernel } from '../../src/kernels/webgpu/wgsl/kernel.ts';
import type { RunConfig } from '../../src/model/config.ts';
import { type Graph, buildGraph } from '../../src/model/graph.ts';
import { layoutOf } from '../../src/model/parameters.ts';
import type { Precision } from '../../src/model/precision.ts';
import { Network } from '../../src/training/network.ts';
import { Optimizer } from '../../src/training/optimizer.ts';
import { KernelRecorder } from './kernelRecorder.ts';

/** Adapters by the kernels that suit them; `quads`: a software adapter whose subgroups are of four. */
export const adapterKinds = ['gpu', 'software', 'quads'] as const;
export type AdapterKind = (typeof adapterKinds)[number];

/** A kernel as a layer runs it: layers whose kernels have one label may differ in workgroups and sizes. */
export interface KernelUse {
  readonly kernel: Kernel;
  /** The layer's name; null for what is run for the whole net. */
  readonly layer: string | null;
}

/**
 * What a training step runs, in order. Of a convolution on a GPU: all variants from which the autotune chooses, the favourite first.
 * Needs startShapes.
 */
export function netKernels(
  run: Pick<RunConfig, 'model' | 'optimizer' | 'batchSize' | 'labelSmoothing'>,
  adapter: AdapterKind,
  precision: Precision,
): readonly KernelUse[] {
  const recorder = new KernelRecorder();
  const plan = adapter === 'gpu' ? everyVariant(recorder) : softwarePlan(adapter === 'quads');
  const device = { backend: recorder, adapter, software: adapter !== 'gpu' };
  const graph = buildGraph(run.model);
  const uses: KernelUse[] = [];
  let present: string | null = null;
  const enter = (layer: string | null) => {
    for (const kernel of recorder.kernels.splice(0)) uses.push({ kernel, layer: present });
    present = layer;
  };
  takeStep(byLayer(createWebGpuOps(device, plan, precision), graph, enter), recorder, graph, run);
  enter(null);
  return uses;
}

/** As Trainer does, but for the weights, which nobody draws. */
function takeStep(
  ops: TrainingOps<Tensor>,
  recorder: KernelRecorder,
  graph: Graph,
  { optimizer, batchSize, labelSmoothing }: Pick<RunConfig, 'optimizer' | 'batchSize' | 'labelSmoothing'>,
): void {
  const layout = layoutOf(graph);
  const { height, width, channels } = graph.input;
  const parameters = recorder.empty([layout.trainableLength]);
  const images = recorder.empty([batchSize, height, width, channels]);
  const network = new Network(ops, graph, layout);
  const { gradient, moments } = network.gradients(
    parameters,
    images,
    new Uint8Array(batchSize),
    labelSmoothing,
  );
  ops.average(moments, ops.multiply(moments, moments), 1, 0);
  new Optimizer(ops, optimizer, layout, parameters).step(gradient, 0);
}

/** What a layer asks for first on the way forth and back, and what is asked for outside of layers. */
const places: Partial<Record<string, 'forth' | 'back' | 'outside'>> = {
  conv2d: 'forth',
  batchNorm: 'forth',
  padShortcut: 'forth',
  globalAveragePool: 'forth',
  dense: 'forth',
  softmaxCrossEntropy: 'outside',
  conv2dFilterGradient: 'back',
  batchNormGradient: 'back',
  padShortcutGradient: 'back',
  globalAveragePoolGradient: 'back',
  denseGradient: 'back',
  multiply: 'outside',
} satisfies Partial<Record<keyof TrainingOps<Tensor>, 'forth' | 'back' | 'outside'>>;

/** `ops`, which tell `enter` the name of each layer before they are used for it: Network goes through them forth and back. */
function byLayer(
  ops: TrainingOps<Tensor>,
  { layers }: Graph,
  enter: (layer: string | null) => void,
): TrainingOps<Tensor> {
  let [forth, back] = [0, layers.length];
  return new Proxy(ops, {
    get(target, name) {
      const place = places[String(name)];
      if (place === 'outside') enter(null);
      if (place === 'forth') enter(layers[forth++]!.name);
      if (place === 'back') enter(layers[--back]!.name);
      return Reflect.get(target, name) as unknown;
    },
  });
}

/** Runs every variant that fits a GPU, and then the favourite. */
function everyVariant(recorder: KernelRecorder): ConvPlan {
  return {
    cooperative: true,
    work(role, shape, batch) {
      const works = variantsFor(gpuVariants, role, shape).map((variant) => variant.work(shape, batch));
      recorder.kernels.push(...works.map(({ kernel }) => kernel));
      return works[0]!;
    },
  };
}
