/** When each activation has been used for the last time, so that it can be freed. */
import type { Graph, LayerIndex } from '../model/graph.ts';

export interface Liveness {
  /** Outputs that nothing reads any more once layer i has been computed, when no backward pass follows. */
  readonly afterInference: readonly (readonly LayerIndex[])[];
  /** The same when one does: outputs that the backward pass will not read. */
  readonly afterForward: readonly (readonly LayerIndex[])[];
  /** Outputs that the backward pass has read for the last time once it is through layer i. */
  readonly afterBackward: readonly (readonly LayerIndex[])[];
}

/**
 * The backward pass goes through the layers in reverse. A convolution and the dense layer read their input again
 * (filter gradient), batch norm its input and, for its ReLU's sake, its output; the others need no values.
 */
export function livenessOf({ layers }: Graph): Liveness {
  const lists = () => layers.map((): LayerIndex[] => []);
  const afterInference = lists();
  const afterForward = lists();
  const afterBackward = lists();
  layers.forEach((_, output) => {
    const consumers = layers.flatMap((layer, i) => (inputsOf(layer).includes(output) ? [i] : []));
    const lastConsumer = consumers.at(-1);
    if (lastConsumer === undefined) return; // the logits belong to the caller
    const backwardReaders = layers.flatMap((layer, i) => (readsAgain(layer, i, output) ? [i] : []));
    afterInference[lastConsumer]!.push(output);
    if (backwardReaders[0] === undefined) afterForward[lastConsumer]!.push(output);
    else afterBackward[backwardReaders[0]]!.push(output);
  });
  return { afterInference, afterForward, afterBackward };
}

function inputsOf(layer: Graph['layers'][number]): readonly LayerIndex[] {
  return layer.kind === 'batchNorm' && layer.residual !== null
    ? [layer.input, layer.residual]
    : [layer.input];
}

function readsAgain(layer: Graph['layers'][number], index: LayerIndex, output: LayerIndex): boolean {
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return layer.input === output;
    case 'batchNorm':
      return layer.input === output || (layer.relu && index === output);
    case 'padShortcut':
    case 'globalAveragePool':
      return false;
  }
}
