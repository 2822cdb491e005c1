/** Who is alive: counts the reference's tensors and refuses those that are gone, so that a misuse cannot pass. */
import type { Float64Tensor } from './tensor.ts';

export interface Ledger {
  /** Tensors tracked and not yet released. */
  readonly count: number;
  /** `tensor`, counted from now on. A view names the tensor whose memory it shares, and is gone with it. */
  readonly track: (tensor: Float64Tensor, owner?: Float64Tensor) => Float64Tensor;
  /** `tensor` itself. Throws if it is gone. */
  readonly read: (tensor: Float64Tensor) => Float64Tensor;
  /** Forgets `tensor`. Throws if it was released before. */
  readonly release: (tensor: Float64Tensor) => void;
}

export function createLedger(): Ledger {
  const owners = new Map<Float64Tensor, Float64Tensor | undefined>();

  const isAlive = (tensor: Float64Tensor): boolean => {
    const owner = owners.get(tensor);
    return owners.has(tensor) && (owner === undefined || isAlive(owner));
  };
  return {
    get count() {
      return owners.size;
    },
    track(tensor, owner) {
      owners.set(tensor, owner);
      return tensor;
    },
    read(tensor) {
      if (isAlive(tensor)) return tensor;
      throw new Error(`A tensor of shape [${tensor.shape.join(', ')}] was used after it was gone.`);
    },
    release(tensor) {
      if (owners.delete(tensor)) return;
      throw new Error(`A tensor of shape [${tensor.shape.join(', ')}] was disposed twice.`);
    },
  };
}
