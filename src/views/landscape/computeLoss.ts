/** The training loss of a net with other numbers than its own, on the same images again and again. */
import type { Look } from '../../inside/look.ts';
import type { LookedNet } from '../../inside/lookedNet.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import { measureGraph } from '../../model/shapes.ts';
import { JoinedNetwork } from '../../training/joinedNetwork.ts';
import type { FlatWeights } from '../../training/weights.ts';
import type { Spot } from './landscape.ts';

/** Images of a pass where the net does not say: fewer are slower (docs/decisions/2026-11-26-landscape.md); and always of those whose statistics are taken. */
const BATCH = 128;
/** Multiply-adds after which others have the device, and a cancellation is heard: a tenth of a second of a thread. */
const TURN_WORK = 2e9;

interface OnDevice<T> {
  readonly images: T;
  readonly labels: Uint8Array;
}

export class LossMeter<T extends TensorLike> {
  readonly #work: number;
  #sinceTurn = 0;

  private constructor(
    private readonly look: Look<T>,
    private readonly net: LookedNet<T>,
    private readonly network: JoinedNetwork<T>,
    private readonly batches: readonly OnDevice<T>[],
  ) {
    this.#work = measureGraph(net.graph).multiplyAdds;
  }

  /** Of the first `count` training images, without augmentation; to be disposed. `statistics`: whether statisticsAt is to be asked. */
  static async open<T extends TensorLike>(
    look: Look<T>,
    net: LookedNet<T>,
    count: number,
    { statistics = false } = {},
  ): Promise<LossMeter<T>> {
    const network = new JoinedNetwork(look.ops, net.graph, net.layout);
    const most = statistics ? BATCH : (network.batch ?? BATCH);
    const batches: OnDevice<T>[] = [];
    for (let from = 0; from < count; from += most) {
      const size = Math.min(most, count - from);
      const { images, labels } = await look.images.batch('train', from, size, net.normalisation);
      batches.push({ images: net.upload(images), labels });
    }
    return new LossMeter(look, net, network, batches);
  }

  /** Mean loss and share of errors in evaluation mode, with these running statistics. Infinity where the loss is not finite. */
  async at(parameters: T, statistics: T): Promise<Spot> {
    const { ops } = this.look;
    const net = this.network.withNumbers(parameters, statistics);
    const measured: { readonly metrics: T; readonly size: number }[] = [];
    try {
      for (const { images, labels } of this.batches) {
        const logits = net.logits(images);
        const { metrics, dLogits } = ops.softmaxCrossEntropy(logits, labels);
        measured.push({ metrics, size: labels.length });
        for (const tensor of [logits, dLogits]) ops.dispose(tensor);
        await this.#pass(labels.length);
      }
      let [loss, error, count] = [0, 0, 0];
      for (const { metrics, size } of measured) {
        const [batchLoss = NaN, batchError = NaN] = await ops.download(metrics);
        loss += size * batchLoss;
        error += size * batchError;
        count += size;
      }
      return { loss: Number.isFinite(loss) ? loss / count : Infinity, error: error / count };
    } finally {
      for (const { metrics } of measured) ops.dispose(metrics);
      net.dispose();
    }
  }

  /** The same with a net's own numbers, from the host. */
  async ofWeights({ parameters, statistics }: FlatWeights): Promise<Spot> {
    const { ops } = this.look;
    const tensors = [parameters, statistics].map((values) => ops.upload(values, [values.length])) as [T, T];
    try {
      return await this.at(...tensors);
    } finally {
      for (const tensor of tensors) ops.dispose(tensor);
    }
  }

  /** Batch norm's statistics as these parameters make them: the mean over the batches of each one's moments. The tensor is the caller's. */
  async statisticsAt(parameters: T): Promise<T> {
    const { ops } = this.look;
    let mean: T | undefined;
    try {
      for (const [i, { images, labels }] of this.batches.entries()) {
        const moments = this.net.network.moments(parameters, images);
        if (mean) {
          mean = ops.average(mean, moments, i / (i + 1), 1 / (i + 1));
          ops.dispose(moments);
        } else mean = moments;
        await this.#pass(labels.length);
      }
    } catch (error) {
      if (mean) ops.dispose(mean);
      throw error;
    }
    return mean!;
  }

  /** A copy of `from` that goes so far along each of some directions of its length; the caller's. */
  moved(from: T, ...along: readonly (readonly [direction: T, by: number])[]): T {
    const { ops } = this.look;
    const size = from.shape[0]!;
    let moved = ops.pack([from], [{ offset: 0, size, shape: [size] }], size);
    for (const [direction, by] of along) if (by !== 0) moved = ops.average(moved, direction, 1, by);
    return moved;
  }

  /** (1 - share) * a + share * b; the caller's. */
  mixed(a: T, b: T, share: number): T {
    return this.look.ops.average(this.moved(a), b, 1 - share, share);
  }

  dispose(): void {
    for (const { images } of this.batches) this.look.ops.dispose(images);
  }

  async #pass(images: number): Promise<void> {
    this.#sinceTurn += images * this.#work;
    if (this.#sinceTurn < TURN_WORK) return;
    this.#sinceTurn = 0;
    await this.look.turn();
  }
}
