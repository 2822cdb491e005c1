/** A net with its optimiser on one device: takes steps, evaluates, gives its weights. Knows no time and no events. */
import { IMAGE_SIZE } from '../model/dataset.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { RunConfig } from '../model/config.ts';
import type { Graph } from '../model/graph.ts';
import { buildGraph } from '../model/graph.ts';
import type { Layout } from '../model/parameters.ts';
import { initialParameters, initialStatistics, layoutOf } from '../model/parameters.ts';
import { createRandom } from '../model/random.ts';
import type { HostTensor } from '../model/safetensors.ts';
import { ONE_SEGMENT } from '../model/passes.ts';
import { segmentsOf } from '../model/recomputation.ts';
import { measureGraph, type GraphSize } from '../model/shapes.ts';
import type { Batch } from '../protocol/source.ts';
import type { CompileProgress, TensorLike, TrainingOps } from '../kernels/ops.ts';
import { Network } from './network.ts';
import { Optimizer } from './optimizer.ts';
import { stateOfCheckpoint, tensorsOfState, type TrainerNumbers, type TrainerState } from './trainerState.ts';
import { unbiasedFactors } from './unbiased.ts';
import type { FlatWeights } from './weights.ts';
import { weightsFromSafetensors, weightsToSafetensors } from './weights.ts';

/** `r = 0.9 * r + 0.1 * batch` (PyTorch's momentum of 0.1). */
const STATISTICS_KEEP = 0.9;

/** Totals over evaluated images. */
export interface Score {
  readonly images: number;
  /** Mean cross-entropy (nats). */
  readonly loss: number;
  /** Share classified wrongly, 0 to 1. */
  readonly error: number;
}

export class Trainer<T extends TensorLike> {
  readonly graph: Graph;
  readonly layout: Layout;
  private readonly size: GraphSize;
  private readonly network: Network<T>;
  private readonly optimizer: Optimizer<T>;
  private readonly labelSmoothing: number;
  private statistics: T;
  /** Per batch size: what turns batch moments into running ones (the variance becomes unbiased). */
  private readonly corrections = new Map<number, T>();
  private evaluationPrepared: Promise<void> | undefined;

  /**
   * Starts from the seed's weights, or from `from`: a safetensors file of weights, or a checkpoint of a run with this net and optimiser.
   * Throws WeightsError if the weights do not fit, RangeError if the checkpoint does not.
   */
  constructor(
    private readonly ops: TrainingOps<T>,
    private readonly run: Pick<RunConfig, 'model' | 'optimizer' | 'seed' | 'labelSmoothing' | 'recompute'>,
    from?: ArrayBuffer | Checkpoint,
  ) {
    this.labelSmoothing = run.labelSmoothing;
    this.graph = buildGraph(run.model);
    this.layout = layoutOf(this.graph);
    this.size = measureGraph(this.graph);
    const initial = this.initial(from);
    const segments = run.recompute ? segmentsOf(this.graph, this.size) : ONE_SEGMENT;
    this.network = new Network(ops, this.graph, this.layout, segments);
    this.statistics = ops.upload(initial.statistics, [this.layout.statisticsLength]);
    const parameters = ops.upload(initial.parameters, [this.layout.trainableLength]);
    const memory = 'slots' in initial ? initial : undefined;
    this.optimizer = new Optimizer(ops, run.optimizer, this.layout, parameters, memory);
  }

  private initial(from: ArrayBuffer | Checkpoint | undefined): FlatWeights | TrainerState {
    const { graph, layout, run } = this;
    if (from instanceof ArrayBuffer) return weightsFromSafetensors(graph, layout, from);
    if (from) return stateOfCheckpoint(graph, layout, run.optimizer.type, from);
    return {
      parameters: initialParameters(graph, layout, createRandom(run.seed).fork('weights')),
      statistics: initialStatistics(layout),
    };
  }

  /**
   * One update. Gives the batch's metrics `[2]` (see TrainingOps.softmaxCrossEntropy) and, if `keepGradient`, the flat
   * gradient; both belong to the caller.
   */
  step(batch: Batch, learningRate: number, keepGradient = false): { metrics: T; gradient: T | null } {
    const { ops } = this;
    const images = ops.upload(batch.images, this.imageShape(batch));
    const { metrics, gradient, moments } = this.network.gradients(
      this.optimizer.parameters,
      images,
      batch.labels,
      this.labelSmoothing,
    );
    ops.dispose(images);
    const corrected = ops.multiply(moments, this.correction(batch.size));
    this.statistics = ops.average(this.statistics, corrected, STATISTICS_KEEP, 1 - STATISTICS_KEEP);
    ops.dispose(moments);
    ops.dispose(corrected);
    this.optimizer.step(gradient, learningRate);
    if (!keepGradient) ops.dispose(gradient);
    return { metrics, gradient: keepGradient ? gradient : null };
  }

  /** Compiles what steps of `batchSize` images run. Takes none: weights, statistics and optimiser stay as they are. */
  async prepareSteps(batchSize: number, onProgress?: CompileProgress): Promise<void> {
    const { ops, optimizer } = this;
    await ops.prepare?.(() => {
      const { metrics } = optimizer.dryRun(() => this.step(blankBatch(batchSize), 0));
      ops.dispose(metrics);
    }, onProgress);
  }

  /** Begins, once, to compile what evaluations in batches of `batchSize` images run; {@link evaluate} waits for it. */
  prepareEvaluation(batchSize: number): void {
    const { ops } = this;
    if (this.evaluationPrepared || !ops.prepare) return;
    const work = () => {
      const batch = blankBatch(batchSize);
      const logits = this.logits(batch);
      const { metrics, dLogits } = ops.softmaxCrossEntropy(logits, batch.labels);
      for (const tensor of [logits, metrics, dLogits]) ops.dispose(tensor);
    };
    this.evaluationPrepared = ops.prepare(work);
    // A refusal is the evaluation's to tell.
    this.evaluationPrepared.catch(() => undefined);
  }

  /** Logits `[N, classes]` of a batch with the running statistics; the tensor belongs to the caller. */
  logits(batch: Batch): T {
    const images = this.ops.upload(batch.images, this.imageShape(batch));
    const logits = this.network.logits(this.optimizer.parameters, this.statistics, images);
    this.ops.dispose(images);
    return logits;
  }

  /** The score over all `batches`; null if `cancelled` turned true on the way. */
  async evaluate(
    batches: AsyncIterable<Batch>,
    cancelled: () => boolean = () => false,
  ): Promise<Score | null> {
    await this.evaluationPrepared;
    let [images, loss, error] = [0, 0, 0];
    for await (const batch of batches) {
      if (cancelled()) return null;
      const logits = this.logits(batch);
      const { metrics, dLogits } = this.ops.softmaxCrossEntropy(logits, batch.labels);
      const [batchLoss = NaN, batchError = NaN] = await this.ops.download(metrics);
      [logits, metrics, dLogits].forEach((tensor) => {
        this.ops.dispose(tensor);
      });
      images += batch.size;
      loss += batch.size * batchLoss;
      error += batch.size * batchError;
    }
    return { images, loss: loss / images, error: error / images };
  }

  /**
   * Whether the running statistics are finite. They are the surest sign of a net that has diverged: not on every device
   * does a NaN inside the net reach the loss (docs/decisions/2026-11-26-nan.md).
   */
  async isFinite(): Promise<boolean> {
    return (await this.ops.download(this.statistics)).every((value) => Number.isFinite(value));
  }

  /** The present weights on the host. Both parts are asked for at once: steps may go on while they are read. */
  async weights(): Promise<FlatWeights> {
    const { ops } = this;
    const flat = [this.optimizer.parameters, this.statistics].map((tensor) => ops.download(tensor));
    const [parameters, statistics] = await Promise.all(flat);
    return { parameters: Float32Array.from(parameters!), statistics: Float32Array.from(statistics!) };
  }

  /** The present weights as a safetensors file in PyTorch's names and layout. */
  async safetensors(): Promise<ArrayBuffer> {
    return weightsToSafetensors(this.graph, this.layout, await this.weights());
  }

  /** Updates that the optimiser has made. */
  get updates(): number {
    return this.optimizer.updates;
  }

  /**
   * All that the next step depends on, as it is now. Everything is asked for at once, as {@link weights}. Rejects on a device that computes
   * in other numbers than float32, which a checkpoint could not give back.
   */
  async numbers(): Promise<TrainerNumbers> {
    const { ops, optimizer, statistics } = this;
    const flat = [optimizer.parameters, statistics, ...optimizer.slots].map((tensor) => ops.download(tensor));
    const [parameters, running, ...slots] = (await Promise.all(flat)).map((values) => {
      if (values instanceof Float32Array) return values;
      throw new RangeError(`There are no checkpoints on ${ops.name}: it computes in float64.`);
    });
    return { parameters: parameters!, statistics: running!, slots };
  }

  /** {@link numbers} as the tensors of a checkpoint. */
  checkpointTensors(numbers: TrainerNumbers): ReadonlyMap<string, HostTensor> {
    return tensorsOfState(this.graph, this.layout, this.run.optimizer.type, numbers);
  }

  private imageShape({ size }: Batch): readonly [number, number, number, number] {
    const { height, width, channels } = this.graph.input;
    return [size, height, width, channels];
  }

  dispose(): void {
    this.optimizer.dispose();
    this.ops.dispose(this.statistics);
    this.corrections.forEach((tensor) => {
      this.ops.dispose(tensor);
    });
    this.corrections.clear();
  }

  private correction(batchSize: number): T {
    const known = this.corrections.get(batchSize);
    if (known) return known;
    const factors = unbiasedFactors(this.layout, this.size, batchSize);
    const tensor = this.ops.upload(factors, [factors.length]);
    this.corrections.set(batchSize, tensor);
    return tensor;
  }
}

function blankBatch(size: number): Batch {
  return { size, images: new Float32Array(size * IMAGE_SIZE), labels: new Uint8Array(size) };
}
