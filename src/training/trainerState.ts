/** A trainer's numbers between flat arrays and the tensors of a checkpoint. */
import { checkpointTensors, type Checkpoint } from '../model/checkpoint.ts';
import type { OptimizerConfig } from '../model/config.ts';
import type { Graph } from '../model/graph.ts';
import type { Layout } from '../model/parameters.ts';
import type { HostTensor } from '../model/safetensors.ts';
import { fromTensor, toTensor, type FlatWeights } from './weights.ts';

/** What the device holds of it. */
export interface TrainerNumbers extends FlatWeights {
  /** What the optimiser remembers, each laid out as the parameters: see OptimizerState.slots. */
  readonly slots: readonly Float32Array[];
}

/** All that a trainer's next step depends on. */
export interface TrainerState extends TrainerNumbers {
  /** Updates that it has made. */
  readonly optimizerSteps: number;
}

export function tensorsOfState(
  graph: Graph,
  layout: Layout,
  optimizer: OptimizerConfig['type'],
  state: TrainerNumbers,
): Map<string, HostTensor> {
  const tensors = new Map<string, HostTensor>();
  for (const { name, array, named } of checkpointTensors(graph, layout, optimizer)) {
    tensors.set(name, toTensor(named, typeof array === 'number' ? state.slots[array]! : state[array]));
  }
  return tensors;
}

/** Throws RangeError if a tensor is missing: the checkpoint is of another net or optimiser. */
export function stateOfCheckpoint(
  graph: Graph,
  layout: Layout,
  optimizer: OptimizerConfig['type'],
  { state, tensors }: Checkpoint,
): TrainerState {
  const wanted = checkpointTensors(graph, layout, optimizer);
  const parameters = new Float32Array(layout.trainableLength);
  const statistics = new Float32Array(layout.statisticsLength);
  const slots: Float32Array[] = [];
  for (const { name, array, named } of wanted) {
    const tensor = tensors.get(name);
    if (tensor?.shape.join() !== named.shape.join()) {
      throw new RangeError(`The checkpoint's ${name} is missing, or of another shape.`);
    }
    if (typeof array === 'number') slots[array] ??= new Float32Array(layout.trainableLength);
    const flat = typeof array === 'number' ? slots[array]! : array === 'parameters' ? parameters : statistics;
    fromTensor(named, flat, tensor);
  }
  return { parameters, statistics, slots, optimizerSteps: state.optimizerSteps };
}
