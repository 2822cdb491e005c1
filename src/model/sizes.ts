/** How large nets are, and what a lane holds while it trains: of the graph alone. */
import { runOfLane, type ExperimentConfig, type ModelConfig, type RunConfig } from './config.ts';
import { buildGraph } from './graph.ts';
import { recomputationBy, segmentsOf, type Recomputation } from './recomputation.ts';
import { measureGraph, optimizerStates, trainingBytes } from './shapes.ts';

export interface LaneSize {
  readonly id: string;
  readonly parameters: number;
  /** For one image, forward. */
  readonly multiplyAdds: number;
  readonly bytes: number;
}

/** Parameters and bytes, which need no measurement. */
export function sizesOf(experiment: ExperimentConfig): readonly LaneSize[] {
  return experiment.lanes.map((lane, i) => {
    const size = sizeOf(lane.model);
    return {
      id: lane.id,
      parameters: size.parameters,
      multiplyAdds: size.multiplyAdds,
      bytes: laneBytes(experiment, i),
    };
  });
}

export interface LaneMemory {
  /** As the graph predicts them. */
  readonly bytes: number;
  /** Of the largest tensor: a layer's activations of a batch, or the flat parameters. */
  readonly tensorBytes: number;
}

/** What a lane of this net holds while it trains. */
export function laneMemory({
  model,
  batchSize,
  optimizer,
  recompute,
}: Pick<RunConfig, 'model' | 'batchSize' | 'optimizer' | 'recompute'>): LaneMemory {
  const size = sizeOf(model);
  const held = recompute ? recomputationOf(model).held : size.activations;
  return {
    bytes: trainingBytes(size, batchSize, optimizerStates[optimizer.type], held),
    tensorBytes: 4 * Math.max(size.largestMap * batchSize, size.parameters),
  };
}

const laneBytes = (experiment: ExperimentConfig, index: number): number =>
  laneMemory(runOfLane(experiment, experiment.lanes[index]!)).bytes;

/** A net's size, remembered: sizing an experiment asks for the same nets again and again. */
export const sizeOf = remembered((model) => measureGraph(buildGraph(model)));

/** What recomputation makes of a net, remembered. */
export const recomputationOf = remembered((model): Recomputation => {
  const graph = buildGraph(model);
  const size = sizeOf(model);
  return recomputationBy(segmentsOf(graph, size), graph, size);
});

function remembered<T>(measure: (model: ModelConfig) => T) {
  const known = new Map<string, T>();
  return (model: Pick<ModelConfig, 'depth' | 'width'> & Partial<ModelConfig>): T => {
    const whole: ModelConfig = { family: 'cifar', block: 'basic', shortcut: 'A', ...model };
    const key = [whole.block, whole.depth, whole.shortcut, whole.width].join(' ');
    const found = known.get(key) ?? measure(whole);
    if (known.size > 200) known.clear();
    known.set(key, found);
    return found;
  };
}
