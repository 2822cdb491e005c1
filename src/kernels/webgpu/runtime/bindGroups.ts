/** A pipeline's bind groups are made anew when there are so many: of buffers that are gone there may be some among them. ResNet-110 needs 36 of a convolution's. */
const MAX_GROUPS = 256;

/** What is kept of a pipeline. A group is valid for its own pipeline alone, whose layout comes from its shader. */
interface Kept {
  readonly layout: GPUBindGroupLayout;
  /** By what is bound. */
  readonly groups: Map<string, GPUBindGroup>;
}

/**
 * A cache of a device's bind groups. A training step binds the buffers that the step before bound (BufferPool gives them out in one order), and
 * making a group takes longer than recording its dispatch.
 */
export class BindGroups {
  private readonly kept = new WeakMap<GPUComputePipeline, Kept>();
  /** A buffer's number: none is given twice, so a buffer that is gone is never taken for another. */
  private readonly numbers = new WeakMap<GPUBuffer, number>();
  private count = 0;

  constructor(private readonly device: Pick<GPUDevice, 'createBindGroup'>) {}

  /** The group 0 of `pipeline` with `resources` at its bindings, in their order. */
  of(label: string, pipeline: GPUComputePipeline, resources: readonly GPUBufferBinding[]): GPUBindGroup {
    const { layout, groups } = this.keptOf(pipeline);
    let key = '';
    for (const { buffer, offset = 0, size = 0 } of resources) {
      key += `${this.numberOf(buffer)},${offset},${size};`;
    }
    const known = groups.get(key);
    if (known) return known;
    if (groups.size >= MAX_GROUPS) groups.clear();
    const entries = resources.map((resource, binding) => ({ binding, resource }));
    const group = this.device.createBindGroup({ label, layout, entries });
    groups.set(key, group);
    return group;
  }

  private keptOf(pipeline: GPUComputePipeline): Kept {
    const known = this.kept.get(pipeline);
    if (known) return known;
    const kept = { layout: pipeline.getBindGroupLayout(0), groups: new Map<string, GPUBindGroup>() };
    this.kept.set(pipeline, kept);
    return kept;
  }

  private numberOf(buffer: GPUBuffer): number {
    const known = this.numbers.get(buffer);
    if (known !== undefined) return known;
    this.numbers.set(buffer, ++this.count);
    return this.count;
  }
}
