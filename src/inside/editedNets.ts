/**
 * One net in many edits: blocks removed or exchanged, shortcuts turned down. All run on the net's own parameters, and what an edit leaves as
 * it was at the net's beginning is computed once a batch for all of them.
 */
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import { INPUT, type LayerIndex } from '../model/graph.ts';
import { arranged, blocksOf, commonLayer, type Edit } from '../model/graphEdits.ts';
import { measureGraph } from '../model/shapes.ts';
import type { Batch } from '../protocol/source.ts';
import { PartialNetwork, type Stretch } from '../training/partialNetwork.ts';
import { unbiasedFactors } from '../training/unbiased.ts';
import type { Look } from './look.ts';
import type { LookedNet } from './lookedNet.ts';
import { Scaled } from './scaled.ts';

interface EditedNet<T extends TensorLike> {
  readonly network: PartialNetwork<T>;
  readonly from: LayerIndex;
  readonly stretch: Stretch<T>;
}

/** Flat running statistics, of the net itself and of each edit. */
export interface EstimatedStatistics {
  readonly own: Float32Array;
  readonly edits: readonly Float32Array[];
}

export class EditedNets<T extends TensorLike> {
  readonly #ops: TrainingOps<T>;
  readonly #own: PartialNetwork<T>;
  readonly #edited: readonly EditedNet<T>[];
  readonly #scaled: Scaled<T>;

  /** Throws RangeError for an arrangement that the net does not have. */
  constructor(
    private readonly look: Pick<Look<T>, 'ops' | 'turn'>,
    private readonly net: LookedNet<T>,
    edits: readonly Edit[],
  ) {
    const { ops } = look;
    const { graph, layout } = net;
    const blocks = blocksOf(graph);
    const scaled = new Scaled(ops);
    this.#ops = ops;
    this.#scaled = scaled;
    this.#own = new PartialNetwork(ops, graph, layout);
    this.#edited = edits.map((edit) => {
      const from = commonLayer(graph, blocks, edit);
      const { graph: made, layout: laidOut } = arranged(net, edit.arrangement);
      const factor = edit.shortcuts;
      const shortcut = factor === 1 ? undefined : (x: T) => scaled.times(x, factor);
      return { network: new PartialNetwork(ops, made, laidOut), from, stretch: { from, shortcut } };
    });
  }

  /**
   * For each edit, how many of a batch's images it classifies wrongly; with the net's running statistics, or with others. `passed` is told
   * each edit. Rejects with LookCancelled.
   */
  async wrong(batch: Batch, passed: () => void, statistics?: EstimatedStatistics): Promise<number[]> {
    const { net } = this;
    const own = statistics ? this.#upload(statistics.own) : net.statistics;
    const found: number[] = [];
    try {
      await this.#along(
        batch,
        (given, stretch) => Promise.resolve(this.#own.evaluate(net.parameters, own, given, stretch)),
        async ({ network, stretch }, i, given) => {
          const used = statistics ? this.#upload(statistics.edits[i]!) : net.statistics;
          try {
            const logits = network.evaluate(net.parameters, used, given, stretch);
            found[i] = await this.#wrongOf(logits, batch);
          } finally {
            if (statistics) this.#ops.dispose(used);
          }
          passed();
        },
      );
    } finally {
      if (statistics) this.#ops.dispose(own);
    }
    return found;
  }

  /**
   * Running statistics estimated again on these batches: the mean over them of each one's means and unbiased variances, with the weights as
   * they are, passed through in training mode. Rejects with LookCancelled.
   */
  async estimate(batches: AsyncIterable<Batch>, passed: () => void): Promise<EstimatedStatistics> {
    const { net } = this;
    const { layout } = net;
    const own = new Float64Array(layout.statisticsLength);
    const edits = this.#edited.map(() => new Float64Array(layout.statisticsLength));
    const size = measureGraph(net.graph);
    let count = 0;
    for await (const batch of batches) {
      const factors = unbiasedFactors(layout, size, batch.size);
      const add = async (moments: T | null, to: Float64Array) => {
        const values = moments && (await this.#taken(moments));
        if (values) for (let i = 0; i < to.length; i++) to[i]! += values[i]! * factors[i]!;
      };
      await this.#along(
        batch,
        async (given, stretch) => {
          const { output, moments } = this.#own.train(net.parameters, given, stretch);
          try {
            await add(moments, own);
          } catch (error) {
            this.#ops.dispose(output);
            throw error;
          }
          return output;
        },
        async ({ network, stretch }, i, given) => {
          const { output, moments } = network.train(net.parameters, given, stretch);
          this.#ops.dispose(output);
          await add(moments, edits[i]!);
          passed();
        },
      );
      count++;
    }
    const mean = (sum: Float64Array) => Float32Array.from(sum, (value) => value / count);
    const ownMean = mean(own);
    return {
      own: ownMean,
      edits: edits.map((sum, i) => this.#completed(ownMean, mean(sum), this.#edited[i]!)),
    };
  }

  dispose(): void {
    this.#scaled.dispose();
  }

  /** An edit's own statistics behind the common layer; before it, and for blocks that it lacks, the net's. */
  #completed(own: Float32Array, edit: Float32Array, { network, from }: EditedNet<T>): Float32Array {
    const all = own.slice();
    for (const { layer, offset, size } of network.layout.statistics) {
      if (layer > from) all.set(edit.subarray(offset, offset + size), offset);
    }
    return all;
  }

  /** Goes through the net once and shows each edit what it has in common with it: that is not the edit's. */
  async #along(
    batch: Batch,
    advance: (given: T, stretch: Stretch<T>) => Promise<T>,
    visit: (edit: EditedNet<T>, i: number, given: T) => Promise<void>,
  ): Promise<void> {
    const ops = this.#ops;
    const stops = [...new Set(this.#edited.map(({ from }) => from))].sort((a, b) => a - b);
    let held = this.net.upload(batch.images);
    try {
      let at = INPUT;
      for (const to of stops) {
        if (to !== at) {
          const next = await advance(held, { from: at, to });
          ops.dispose(held);
          [held, at] = [next, to];
        }
        for (const [i, edit] of this.#edited.entries()) {
          if (edit.from !== to) continue;
          await visit(edit, i, held);
          await this.look.turn();
        }
      }
    } finally {
      ops.dispose(held);
    }
  }

  /** Of logits, which are gone afterwards. */
  async #wrongOf(logits: T, { labels, size }: Batch): Promise<number> {
    const { metrics, dLogits } = this.#ops.softmaxCrossEntropy(logits, labels);
    this.#ops.dispose(logits);
    this.#ops.dispose(dLogits);
    const [, error = NaN] = await this.#taken(metrics);
    return Math.round(error * size);
  }

  async #taken(tensor: T): Promise<Float32Array | Float64Array> {
    try {
      return await this.#ops.download(tensor);
    } finally {
      this.#ops.dispose(tensor);
    }
  }

  #upload(statistics: Float32Array): T {
    return this.#ops.upload(statistics, [statistics.length]);
  }
}
