/** How many times as large as what is asked for a buffer may be. ResNet-20 then holds 6 to 11% less than with 1. */
const SLACK = 2;

/** Requests for less take a buffer of exactly their size: there is nothing to save. */
const SMALL_BYTES = 65_536;

/** A buffer that was not wanted for so many acquisitions, some ten training steps, is destroyed. */
const FORGOTTEN = 8192;

interface Free {
  readonly buffer: GPUBuffer;
  /** The acquisition after which it was released. */
  readonly since: number;
}

/**
 * The device's buffers, used again when they are released. tf.js's own BufferManager, whose members' names these are,
 * gives a buffer to requests of exactly its size alone and keeps all of them for ever; a backward pass then holds the
 * buffers of every resolution it has left. Whoever uses a buffer must bind and read no more than the bytes asked for.
 */
export class BufferPool {
  numBytesUsed = 0;
  numBytesAllocated = 0;
  /** By usage, in the order of their sizes. */
  private readonly free = new Map<GPUBufferUsageFlags, Free[]>();
  private readonly used = new Set<GPUBuffer>();
  private acquisitions = 0;

  constructor(private readonly device: Pick<GPUDevice, 'createBuffer'>) {}

  acquireBuffer(size: number, usage: GPUBufferUsageFlags, mappedAtCreation = false, reuse = true): GPUBuffer {
    this.acquisitions += 1;
    if (this.acquisitions % FORGOTTEN === 0) this.destroyForgotten();
    const buffer =
      (reuse ? this.takeFree(size, usage) : undefined) ?? this.create(size, usage, mappedAtCreation);
    this.used.add(buffer);
    this.numBytesUsed += buffer.size;
    return buffer;
  }

  /** Throws a RangeError for a buffer that is not in use. */
  releaseBuffer(buffer: GPUBuffer, reuse = true): void {
    if (!this.used.delete(buffer)) throw new RangeError('The buffer is not in use.');
    this.numBytesUsed -= buffer.size;
    if (reuse) {
      const free = this.freeOf(buffer.usage);
      free.splice(firstOf(free, buffer.size), 0, { buffer, since: this.acquisitions });
    } else {
      this.destroy(buffer);
    }
  }

  dispose(): void {
    for (const free of this.free.values()) free.splice(0).forEach(({ buffer }) => this.destroy(buffer));
    this.used.forEach((buffer) => this.destroy(buffer));
    this.used.clear();
    this.numBytesUsed = 0;
  }

  /** The smallest free buffer that is large enough, and not too large. */
  private takeFree(size: number, usage: GPUBufferUsageFlags): GPUBuffer | undefined {
    const free = this.freeOf(usage);
    const at = firstOf(free, size);
    const found = free[at]?.buffer;
    if (!found || found.size > (size < SMALL_BYTES ? size : SLACK * size)) return undefined;
    free.splice(at, 1);
    return found;
  }

  private create(size: number, usage: GPUBufferUsageFlags, mappedAtCreation: boolean): GPUBuffer {
    this.numBytesAllocated += size;
    return this.device.createBuffer({ size, usage, mappedAtCreation });
  }

  private destroy(buffer: GPUBuffer): void {
    this.numBytesAllocated -= buffer.size;
    buffer.destroy();
  }

  private destroyForgotten(): void {
    for (const [usage, free] of this.free) {
      const isKept = ({ since }: Free) => this.acquisitions - since < FORGOTTEN;
      free.filter((one) => !isKept(one)).forEach(({ buffer }) => this.destroy(buffer));
      this.free.set(usage, free.filter(isKept));
    }
  }

  private freeOf(usage: GPUBufferUsageFlags): Free[] {
    let free = this.free.get(usage);
    if (!free) this.free.set(usage, (free = []));
    return free;
  }
}

/** The index of the first of at least `size` bytes. */
function firstOf(free: readonly Free[], size: number): number {
  let [from, to] = [0, free.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (free[middle]!.buffer.size < size) from = middle + 1;
    else to = middle;
  }
  return from;
}
