/** A net that is looked into: its numbers on the host and on the device, and passes through it. */
import { decodeCheckpoint } from '../model/checkpoint.ts';
import type { ModelConfig, NormalisationConfig } from '../model/config.ts';
import { buildGraph, type Graph, type LayerIndex } from '../model/graph.ts';
import { initialParameters, initialStatistics, layoutOf, type Layout } from '../model/parameters.ts';
import { createRandom } from '../model/random.ts';
import type { GivenNet, GivenWeights } from '../protocol/inside.ts';
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import { lastUpdate } from '../training/lastUpdate.ts';
import { Network } from '../training/network.ts';
import { stateOfCheckpoint } from '../training/trainerState.ts';
import { weightsFromSafetensors, type FlatWeights } from '../training/weights.ts';

/** What is known of the moment at which a net is looked at. */
export interface LookedMoment {
  /** Steps taken; null where nobody said. */
  readonly step: number | null;
  /** What the step before added to the flat parameters; null where nobody can say: see training/lastUpdate.ts. */
  readonly lastUpdate: () => Float32Array | null;
}

/** A net's numbers at another moment of its run; on the host. */
export interface FurtherMoment extends LookedMoment {
  readonly step: number;
  readonly weights: FlatWeights;
}

const nothingKnown: LookedMoment = { step: null, lastUpdate: () => null };

export class LookedNet<T extends TensorLike> {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly network: Network<T>;
  #parameters: T | undefined;
  #statistics: T | undefined;

  constructor(
    private readonly ops: TrainingOps<T>,
    readonly model: ModelConfig,
    readonly normalisation: NormalisationConfig,
    /** Not to be written to. */
    readonly weights: FlatWeights,
    /** By ascending step; those that the view asked for. */
    readonly further: readonly FurtherMoment[] = [],
    readonly moment: LookedMoment = nothingKnown,
  ) {
    this.graph = buildGraph(model);
    this.layout = layoutOf(this.graph);
    this.network = new Network(ops, this.graph, this.layout);
  }

  /** Rejects with a CheckpointError or WeightsError if its file is of another net, or damaged. */
  static async open<T extends TensorLike>(ops: TrainingOps<T>, given: GivenNet): Promise<LookedNet<T>> {
    const { model, normalisation } = given;
    const further: FurtherMoment[] = [];
    for (const { step, weights } of given.further ?? []) {
      further.push({ ...(await numbersOf(model, weights)), step });
    }
    const { weights, ...moment } = await numbersOf(model, given.weights);
    const step = moment.step ?? given.step ?? null;
    return new LookedNet(ops, model, normalisation, weights, further, { ...moment, step });
  }

  /** The trainable numbers on the device, flat: see parameters.ts. The net's own. */
  get parameters(): T {
    return (this.#parameters ??= this.ops.upload(this.weights.parameters, [this.layout.trainableLength]));
  }

  /** The running statistics on the device, flat. The net's own. */
  get statistics(): T {
    return (this.#statistics ??= this.ops.upload(this.weights.statistics, [this.layout.statisticsLength]));
  }

  /** Images normalised for this net `[n, 32, 32, 3]` on the device; the tensor belongs to the caller. */
  upload(images: Float32Array): T {
    const { height, width, channels } = this.graph.input;
    return this.ops.upload(images, [images.length / (height * width * channels), height, width, channels]);
  }

  /** Logits `[n, classes]` with the running statistics; `tap` sees every layer's output, which is not its own. */
  logits(images: T, tap?: (layer: LayerIndex, output: T) => void): T {
    return this.network.logits(this.parameters, this.statistics, images, tap);
  }

  dispose(): void {
    for (const tensor of [this.#parameters, this.#statistics]) if (tensor) this.ops.dispose(tensor);
    this.#parameters = this.#statistics = undefined;
  }
}

async function numbersOf(
  model: ModelConfig,
  given: GivenWeights,
): Promise<LookedMoment & { readonly weights: FlatWeights }> {
  const graph = buildGraph(model);
  const layout = layoutOf(graph);
  switch (given.kind) {
    case 'safetensors':
      return { ...nothingKnown, weights: weightsFromSafetensors(graph, layout, given.file) };
    case 'checkpoint': {
      const checkpoint = await decodeCheckpoint(given.file);
      const { state } = checkpoint;
      const weights = stateOfCheckpoint(graph, layout, state.run.optimizer.type, checkpoint);
      return { step: state.step, weights, lastUpdate: () => lastUpdate(state, weights.slots) };
    }
    case 'seed': {
      const parameters = initialParameters(graph, layout, createRandom(given.seed).fork('weights'));
      return { ...nothingKnown, step: 0, weights: { parameters, statistics: initialStatistics(layout) } };
    }
  }
}
