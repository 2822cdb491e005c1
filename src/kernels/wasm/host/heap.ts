/** The heap of tf.js's WASM backend, shared with our own module. All that is known about the backend's insides is here. */
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { OutOfMemoryError } from '../../outOfMemory.ts';
import type { Pointer } from './kernels.ts';
import { type ConvolutionShape, SHAPE_WORDS, writeShape } from './shape.ts';

/** The parts of Emscripten's module that tf.js's types leave out. */
interface EmscriptenHeap {
  readonly wasmMemory?: WebAssembly.Memory;
  readonly asm?: { readonly memory: WebAssembly.Memory };
  _malloc(bytes: number): number;
  _free(pointer: number): void;
}

type Backend = Pick<BackendWasm, 'wasm' | 'makeOutput' | 'getMemoryOffset'>;

export class Heap {
  readonly memory: WebAssembly.Memory;
  private readonly backend: Backend;
  private readonly module: EmscriptenHeap;
  private scratchStart: Pointer = 0;
  private scratchBytes = 0;
  private shapeStart: Pointer = 0;

  /** The heap of tf.js's present backend, which must be WASM. */
  constructor() {
    this.backend = tf.backend() as unknown as Backend;
    this.module = this.backend.wasm as unknown as EmscriptenHeap;
    const memory = this.module.wasmMemory ?? this.module.asm?.memory;
    if (!memory) throw new Error('The WASM backend of tf.js hides its memory.');
    this.memory = memory;
  }

  /** Whether threads can share it. */
  get shared(): boolean {
    return !(this.memory.buffer instanceof ArrayBuffer);
  }

  /** A new tensor, not yet filled. Throws OutOfMemoryError, like {@link scratch} and {@link allocate}. */
  tensor(shape: readonly number[]): tf.Tensor {
    const tensor = tf.engine().makeTensorFromTensorInfo(this.backend.makeOutput([...shape], 'float32'));
    // tf.js does not look whether it was given room: it would write over what lies at address 0.
    if (this.pointer(tensor) === 0) throw this.full(4 * tensor.size);
    return tensor;
  }

  pointer(tensor: tf.Tensor): Pointer {
    return this.backend.getMemoryOffset(tensor.dataId);
  }

  /** A tensor's numbers where they are. To be used at once: the heap moves when it grows. */
  numbers(tensor: tf.Tensor): Float32Array {
    return new Float32Array(this.memory.buffer, this.pointer(tensor), tensor.size);
  }

  /** Room for one operation: valid until the next call. */
  scratch(bytes: number): Pointer {
    if (bytes > this.scratchBytes) {
      this.module._free(this.scratchStart);
      this.scratchStart = this.allocate(bytes);
      this.scratchBytes = bytes;
    }
    return this.scratchStart;
  }

  /** A shape as kernels read it: valid until the next call. */
  shape(shape: ConvolutionShape): Pointer {
    this.shapeStart ||= this.allocate(SHAPE_WORDS * Int32Array.BYTES_PER_ELEMENT);
    writeShape(new Int32Array(this.memory.buffer, this.shapeStart, SHAPE_WORDS), shape);
    return this.shapeStart;
  }

  /** Room for good. */
  allocate(bytes: number): Pointer {
    // Unsigned: tf.js's malloc gives addresses above 2 GB as negative numbers.
    const pointer = this.module._malloc(bytes) >>> 0;
    if (pointer === 0) throw this.full(bytes);
    return pointer;
  }

  private full(wanted: number): OutOfMemoryError {
    const [held, more] = [this.memory.buffer.byteLength, wanted].map(
      (bytes) => `${(bytes / 1e9).toFixed(1)} GB`,
    );
    return new OutOfMemoryError(
      `There was no memory left for this net and batch in WebAssembly, which held ${held}: ${more} more did not fit.`,
    );
  }
}
