/** tf.js's WebGPU backend, taught to run our kernels, to bind parts of buffers, and to compile ahead. */
import * as tf from '@tensorflow/tfjs-core';
import { DeviceError } from '../../deviceError.ts';
import type { CompileProgress, Part } from '../../ops.ts';
import { systemClock } from '../../../model/clock.ts';
import { BindGroups } from './bindGroups.ts';
import { BufferPool } from './bufferPool.ts';
import { MIN_DISPATCHES, SubmitPace } from './submitPace.ts';
import { reasonFor } from './deviceLoss.ts';
import { checkArity } from '../wgsl/bindings.ts';
import { type Kernel, moduleOf } from '../wgsl/kernel.ts';
import { type Storage, readHalves } from '../wgsl/storage.ts';
import { OpenWebGpuBackend } from './tfjsInternals.ts';

/** What a kernel is run on: as many as its bindings, and in their order. */
export interface Operands {
  /** Made by {@link GpuBackend.empty}, or changed in place. */
  readonly outputs: readonly tf.Tensor[];
  readonly inputs: readonly tf.Tensor[];
  /** Numbers that change from step to step, in fours. */
  readonly uniforms?: Float32Array<ArrayBuffer>;
}

const FLOAT_BYTES = 4;

export class GpuBackend extends OpenWebGpuBackend {
  private readonly pipelines = new Map<string, GPUComputePipeline>();
  private readonly groups = new BindGroups(this.device);
  private pace: SubmitPace | null = null;
  private readonly compiling = new Map<string, Promise<void>>();
  /** Kernels' sizes, a few numbers for each layer's shape: kept as long as the device. */
  private readonly sizes = new Map<string, GPUBuffer>();
  /** While compiling ahead: the kernels that were asked for, and are not run. */
  private wanted: Map<string, Kernel> | null = null;
  /** Parts of other tensors' buffers that stand for tensors of their own. */
  private readonly viewed = new WeakMap<tf.DataId, Required<GPUBufferBinding>>();
  /** The data of tensors that are stored in f16: their buffers are half as long. */
  private readonly halves = new WeakSet<tf.DataId>();
  /** Our kernels' dispatches since the start. */
  dispatches = 0;
  // Of tf.js's constructor's, which this replaces, nothing was acquired yet.
  override readonly bufferManager = new BufferPool(this.device);

  /** A tensor with room on the device and no numbers yet. Only our kernels can take one that is stored in f16, of an even size. */
  empty(shape: readonly number[], storage: Storage = 'f32'): tf.Tensor {
    const words = storage === 'f16' ? [tf.util.sizeFromShape([...shape]) / 2] : [...shape];
    const { dataId } = this.makeTensorInfo(words, 'float32');
    if (storage === 'f16') this.halves.add(dataId);
    return tf.engine().makeTensorFromTensorInfo({ dataId, shape: [...shape], dtype: 'float32' });
  }

  /** How a tensor is stored. */
  storageOf({ dataId }: tf.TensorInfo): Storage {
    return this.halves.has(dataId) ? 'f16' : 'f32';
  }

  /**
   * Records one run of `kernel`. A tensor may be disposed right after it, and its buffer used by what is recorded next:
   * commands are done in order. (tf.js would keep it back until the submission.)
   */
  run(kernel: Kernel, operands: Operands): void {
    if (this.wanted) {
      checkArity(kernel.label, kernel.bindings, operands);
      if (!this.pipelines.has(kernel.label)) this.wanted.set(kernel.label, kernel);
      return;
    }
    const { pipeline, bindGroup } = this.bind(kernel, operands);
    this.ensureCommandEncoderReady();
    this.computePassEncoder ??= this.commandEncoder!.beginComputePass({ label: 'training kernels' });
    this.computePassEncoder.setPipeline(pipeline);
    this.computePassEncoder.setBindGroup(0, bindGroup);
    this.computePassEncoder.dispatchWorkgroups(...kernel.workgroups);
    this.dispatches += 1;
    this.dispatchCountInPass += 1;
    if (this.dispatchCountInPass >= (this.pace?.dispatches ?? MIN_DISPATCHES)) this.flush();
  }

  /** What a pass needs to run `kernel` on `operands`. Throws a RangeError for too few or too many of them. */
  bind(kernel: Kernel, operands: Operands): { pipeline: GPUComputePipeline; bindGroup: GPUBindGroup } {
    checkArity(kernel.label, kernel.bindings, operands);
    const { outputs, inputs, uniforms } = operands;
    const tensors = [...outputs, ...inputs];
    for (const tensor of tensors) this.uploadToGPU(tensor.dataId);
    const resources: GPUBufferBinding[] = tensors.map((tensor) => this.bufferOf(tensor));
    if (uniforms) resources.push(this.uniformBinding(uniforms));
    const sizes = kernel.bindings.sizes?.bound;
    if (sizes) resources.push(this.sizesBinding(sizes));
    const pipeline = this.pipelineOf(kernel);
    return { pipeline, bindGroup: this.groups.of(kernel.label, pipeline, resources) };
  }

  /** A tensor that is a part of `flat`, in the same memory; null where the device cannot bind that part. */
  view(flat: tf.Tensor, { offset, size, shape }: Part): tf.Tensor | null {
    const start = offset * FLOAT_BYTES;
    if (start % this.device.limits.minStorageBufferOffsetAlignment !== 0) return null;
    this.uploadToGPU(flat.dataId);
    const whole = this.bufferOf(flat);
    const tensor = this.createTensorFromGPUData(
      { buffer: whole.buffer, zeroCopy: true },
      [...shape],
      'float32',
    );
    this.viewed.set(tensor.dataId, { ...whole, offset: whole.offset + start, size: size * FLOAT_BYTES });
    return tensor;
  }

  /** Copies `tensors` to their places in a new flat tensor of zeros. */
  pack(tensors: readonly tf.Tensor[], parts: readonly Part[], length: number): tf.Tensor {
    const flat = this.empty([length]);
    if (this.wanted) return flat;
    for (const tensor of [flat, ...tensors]) this.uploadToGPU(tensor.dataId);
    const target = this.bufferOf(flat);
    this.endComputePassEncoder();
    this.ensureCommandEncoderReady();
    const encoder = this.commandEncoder!;
    encoder.clearBuffer(target.buffer);
    parts.forEach((part, i) => {
      const source = this.bufferOf(tensors[i]!);
      const at = part.offset * FLOAT_BYTES;
      encoder.copyBufferToBuffer(source.buffer, source.offset, target.buffer, at, part.size * FLOAT_BYTES);
    });
    return flat;
  }

  /** Has as many dispatches submitted at once as take the device some milliseconds. Without it they are few. */
  paceSubmissions(): void {
    this.pace = new SubmitPace(
      () => this.device.queue.onSubmittedWorkDone(),
      () => systemClock.seconds(),
    );
  }

  /** Hands what is recorded to the device. */
  flush(): void {
    this.endComputePassEncoder();
    if (!this.commandEncoder) return;
    const { dispatchCountInPass } = this;
    this.submitQueue();
    this.pace?.submitted(dispatchCountInPass);
  }

  /** Waits until the device has done everything that was asked for. */
  async idle(): Promise<void> {
    this.flush();
    await this.device.queue.onSubmittedWorkDone();
  }

  /** The kernels that `work` would run and that are not compiled. It computes nothing: it must not read numbers back. */
  dryRun(work: () => void): readonly Kernel[] {
    const wanted = new Map<string, Kernel>();
    this.wanted = wanted;
    tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
    try {
      work();
    } finally {
      this.wanted = null;
      tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
    }
    return [...wanted.values()];
  }

  /** Compiles a kernel without blocking, each once. Rejects with a DeviceError. */
  compile(kernel: Kernel): Promise<void> {
    if (this.pipelines.has(kernel.label)) return Promise.resolve();
    const begun = this.compiling.get(kernel.label);
    if (begun) return begun;
    const compiling = this.compileNow(kernel).finally(() => this.compiling.delete(kernel.label));
    this.compiling.set(kernel.label, compiling);
    return compiling;
  }

  private async compileNow(kernel: Kernel): Promise<void> {
    try {
      const pipeline = await this.device.createComputePipelineAsync(this.descriptorOf(kernel));
      // Somebody may have run it meanwhile, and so compiled it.
      if (!this.pipelines.has(kernel.label)) this.pipelines.set(kernel.label, pipeline);
    } catch (cause) {
      throw new DeviceError(`WebGPU could not compile the kernel "${kernel.label}".`, { cause });
    }
  }

  /** Compiles the kernels that `work` would run, see {@link dryRun}, all at once, so that it then starts at once. */
  async compileFor(work: () => void, onProgress: CompileProgress): Promise<void> {
    const wanted = this.dryRun(work);
    let done = 0;
    onProgress(done, wanted.length);
    const compile = async (kernel: Kernel) => {
      await this.compile(kernel);
      onProgress(++done, wanted.length);
    };
    await Promise.all(wanted.map(compile));
    await this.checkCompileCompletionAsync();
  }

  override tensorToBinding(tensor: tf.TensorInfo): GPUBindingResource {
    const { resource } = this.tensorMap.get(tensor.dataId);
    return resource instanceof GPUBuffer ? this.bufferOf(tensor) : super.tensorToBinding(tensor);
  }

  override ensureCommandEncoderReady(): void {
    this.commandEncoder ??= this.device.createCommandEncoder({ label: 'training' });
  }

  /**
   * The numbers as they are now: later commands may change them while they are on their way. tf.js would keep what it has
   * read and give it again after a change in place, and would read the whole buffer that a view is a part of. Rejects with DeviceLostError.
   */
  override async read(dataId: tf.DataId): Promise<tf.BackendValues> {
    const { resource, dtype, shape } = this.tensorMap.get(dataId);
    if (!resource || dtype !== 'float32') return super.read(dataId);
    const { buffer, offset, size } = this.bufferOf({ dataId, shape, dtype });
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const staging = this.device.createBuffer({ label: 'numbers read back', size, usage });
    this.endComputePassEncoder();
    this.ensureCommandEncoderReady();
    this.commandEncoder!.copyBufferToBuffer(buffer, offset, staging, 0, size);
    this.flush();
    try {
      await staging.mapAsync(GPUMapMode.READ);
    } catch (error) {
      throw await reasonFor(error, this.device);
    }
    const bytes = staging.getMappedRange().slice(0);
    staging.destroy();
    return this.halves.has(dataId) ? readHalves(new Uint16Array(bytes)) : new Float32Array(bytes);
  }

  override dispose(): void {
    super.dispose();
    this.device.destroy();
  }

  private bufferOf(tensor: tf.TensorInfo): Required<GPUBufferBinding> {
    const view = this.viewed.get(tensor.dataId);
    if (view) return view;
    // The buffer may be larger (BufferPool), and kernels take their sizes from what is bound. (The shape here counts words, of which two
    // halves make one.)
    const { resource, shape } = this.tensorMap.get(tensor.dataId);
    return { buffer: resource as GPUBuffer, offset: 0, size: FLOAT_BYTES * tf.util.sizeFromShape(shape) };
  }

  private uniformBinding(values: Float32Array<ArrayBuffer>): GPUBufferBinding {
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM;
    const buffer = this.bufferManager.acquireBuffer(values.byteLength, usage);
    buffer.label ||= 'uniforms';
    this.queue.writeBuffer(buffer, 0, values);
    this.uniformPendingDisposal.push(buffer);
    return { buffer };
  }

  private sizesBinding(sizes: readonly number[]): GPUBufferBinding {
    const key = sizes.join();
    const known = this.sizes.get(key);
    if (known) return { buffer: known };
    const numbers = Int32Array.from(sizes);
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM;
    const buffer = this.device.createBuffer({ label: `sizes ${key}`, size: numbers.byteLength, usage });
    this.queue.writeBuffer(buffer, 0, numbers);
    this.sizes.set(key, buffer);
    return { buffer };
  }

  private pipelineOf(kernel: Kernel): GPUComputePipeline {
    const known = this.pipelines.get(kernel.label);
    if (known) return known;
    const pipeline = this.device.createComputePipeline(this.descriptorOf(kernel));
    this.pipelines.set(kernel.label, pipeline);
    return pipeline;
  }

  private descriptorOf(kernel: Kernel): GPUComputePipelineDescriptor {
    const { label } = kernel;
    const module = this.device.createShaderModule({ label, code: moduleOf(kernel) });
    return { label, layout: 'auto', compute: { module, entryPoint: 'main' } };
  }
}
