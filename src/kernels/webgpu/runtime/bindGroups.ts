/** Bindings that are made anew when there are so many: of buffers that are gone there may be some among them. */
const MOST = 8192;

/**
 * A device's bind groups. A training step binds the buffers that the step before bound (BufferPool gives them out in one order), and making
 * a group takes longer than recording its dispatch.
 */
export class BindGroups {
  /** By the pipeline's label and what is bound. */
  private readonly known = new Map<string, GPUBindGroup>();
  private readonly layouts = new WeakMap<GPUComputePipeline, GPUBindGroupLayout>();
  /** A buffer's number: none is given twice, so a buffer that is gone is never taken for another. */
  private readonly numbers = new WeakMap<GPUBuffer, number>();
  private count = 0;

  constructor(private readonly device: Pick<GPUDevice, 'createBindGroup'>) {}

  /** The group 0 of `pipeline` with `resources` at its bindings, in their order. */
  of(label: string, pipeline: GPUComputePipeline, resources: readonly GPUBufferBinding[]): GPUBindGroup {
    let key = label;
    for (const { buffer, offset = 0, size = 0 } of resources) {
      key += `;${this.numberOf(buffer)},${offset},${size}`;
    }
    const known = this.known.get(key);
    if (known) return known;
    if (this.known.size >= MOST) this.known.clear();
    const group = this.device.createBindGroup({
      label,
      layout: this.layoutOf(pipeline),
      entries: resources.map((resource, binding) => ({ binding, resource })),
    });
    this.known.set(key, group);
    return group;
  }

  private numberOf(buffer: GPUBuffer): number {
    const known = this.numbers.get(buffer);
    if (known !== undefined) return known;
    this.numbers.set(buffer, ++this.count);
    return this.count;
  }

  private layoutOf(pipeline: GPUComputePipeline): GPUBindGroupLayout {
    const known = this.layouts.get(pipeline);
    if (known) return known;
    const layout = pipeline.getBindGroupLayout(0);
    this.layouts.set(pipeline, layout);
    return layout;
  }
}
