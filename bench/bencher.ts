/** What runs beside the device, in a worker or a process of its own: trains a rival, measures kernels. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { BackendName } from '../src/model/backends.ts';
import type { TrainingOps } from '../src/kernels/ops.ts';
import { createComposedOps } from '../src/kernels/composed/composedOps.ts';
import { type KernelSpeed, measureKernels } from './kernels/measureKernels.ts';
import { wasmCeiling } from './kernels/wasmCeiling.ts';
import { webGpuCeilings } from './kernels/webGpuCeiling.ts';
import { openJax } from './rivals/jax.ts';
import { openOurs } from './rivals/ours.ts';
import { type Entry, type Memory, type Rival, createSpecimen } from './rivals/specimen.ts';
import { openStock } from './rivals/stock.ts';

/** How an environment gets its devices. */
export interface Devices {
  /** Starts tf.js's own backend. */
  start(backend: BackendName, threads: number): Promise<void>;
  /** Starts ours. */
  openOps(backend: BackendName, threads: number): Promise<TrainingOps<Tensor>>;
}

export interface TimedStep {
  readonly milliseconds: number;
  readonly loss: number;
}

export class Bencher {
  private rival: Rival | null = null;

  constructor(private readonly devices: Devices) {}

  /** Gets a rival ready for its first step; gives what it runs on, where that is news. */
  async open(entry: Entry): Promise<string> {
    this.rival = await this.openRival(entry);
    return entry.backend === 'webgpu' ? adapterName() : '';
  }

  private async openRival({ rival, backend, threads, net }: Entry): Promise<Rival> {
    const { devices } = this;
    const specimen = createSpecimen(net);
    switch (rival) {
      case 'ours':
        return openOurs(await devices.openOps(backend, threads), specimen);
      case 'composed':
        await devices.start(backend, threads);
        return openOurs(createComposedOps(backend), specimen);
      case 'stock':
        await devices.start(backend, threads);
        return openStock(specimen);
      case 'jax-js':
        return openJax(backend, specimen);
    }
  }

  async step(): Promise<TimedStep> {
    const begun = performance.now();
    const loss = await this.rival!.step();
    return { milliseconds: performance.now() - begun, loss };
  }

  /** Many steps, of which only the end counts. */
  async steps(count: number): Promise<void> {
    for (let i = 0; i < count; i++) await this.rival!.step();
  }

  memory(): Memory {
    return this.rival!.memory();
  }

  /** What WebGPU computes on. */
  adapter(): Promise<string> {
    return adapterName();
  }

  /** Our kernels' speed at the sizes of a ResNet-20. */
  async kernels(backend: BackendName, batchSize: number, seconds: number): Promise<KernelSpeed[]> {
    return measureKernels(await this.devices.openOps(backend, 1), batchSize, seconds);
  }

  /** GFLOP/s of nothing but multiply-adds: in the WASM modules given (base64), or in WGSL. */
  async ceilings(modules: readonly WasmCeiling[] | 'webgpu', seconds: number): Promise<KernelSpeed[]> {
    if (modules === 'webgpu') return webGpuCeilings(seconds);
    return modules.map(({ name, base64 }) => wasmCeiling(name, base64, seconds));
  }
}

export interface WasmCeiling {
  readonly name: string;
  readonly base64: string;
}

async function adapterName(): Promise<string> {
  const info = (await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }))?.info;
  return info
    ? [info.vendor, info.architecture, info.device, info.description].filter(Boolean).join(' ')
    : '';
}
