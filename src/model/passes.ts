/**
 * What a pass through a net does, operation by operation, and when each layer's output has been read for the last time, so that it can be
 * freed. A training pass may free outputs already on its way forward and compute them again before its way back needs them (Chen et al.
 * 2016, "Training Deep Nets with Sublinear Memory Cost"): it is then cut into segments, and what one leaves to the next stays.
 */
import type { BatchNormLayer, ConvLayer, Graph, Layer, LayerIndex } from './graph.ts';
import { INPUT } from './graph.ts';

export interface PassStep {
  /** `loss` turns the last layer's output into its gradient; `again` computes once more what `forward` computed. */
  readonly kind: 'forward' | 'loss' | 'again' | 'backward';
  readonly layer: LayerIndex;
  /** Outputs that nothing reads any more once this is done, or only after they have been computed again. */
  readonly frees: readonly LayerIndex[];
}

/** The first layers of a pass's segments, in ascending order; the first is 0. */
export type Segments = readonly LayerIndex[];

/** All layers in one segment: nothing is computed twice. */
export const ONE_SEGMENT: Segments = [0];

/** Every layer once; nobody frees the last one's output. */
export const inferencePass = ({ layers }: Graph): readonly PassStep[] =>
  withFrees(
    layers,
    layers.map((_, layer) => ({ kind: 'forward', layer })),
  );

/** A layer; or a batch norm with the convolution before it, where the two are computed together: that one's output then never is there. */
export interface JoinedStep {
  readonly layer: LayerIndex;
  readonly joined: {
    readonly conv: ConvLayer;
    readonly index: LayerIndex;
    readonly norm: BatchNormLayer;
  } | null;
  /** As of a PassStep. */
  readonly frees: readonly LayerIndex[];
}

/** inferencePass with every convolution joined to the batch norm behind it, where nothing else reads it. */
export function joinedInferencePass({ layers }: Graph): readonly JoinedStep[] {
  const readers = new Map<LayerIndex, number>();
  for (const layer of layers)
    for (const input of inputsOf(layer)) readers.set(input, (readers.get(input) ?? 0) + 1);
  const joinedAt = (layer: Layer): JoinedStep['joined'] => {
    const conv = layers[layer.input];
    if (layer.kind !== 'batchNorm' || conv?.kind !== 'conv' || readers.get(layer.input) !== 1) return null;
    return { conv, index: layer.input, norm: layer };
  };
  const all = layers.map(joinedAt);
  const gone = new Set(all.map((joined) => joined?.index));
  const read = new Set<LayerIndex>([INPUT]);
  const steps: JoinedStep[] = [];
  for (let i = layers.length - 1; i >= 0; i--) {
    if (gone.has(i)) continue;
    const joined = all[i] ?? null;
    const reads = inputsOf(layers[i]!).map((input) => (input === joined?.index ? joined.conv.input : input));
    const frees = [...new Set(reads)].filter((output) => !read.has(output));
    for (const output of frees) read.add(output);
    steps.push({ layer: i, joined, frees });
  }
  return steps.reverse();
}

/**
 * Forward, the loss, and the layers in reverse. Before the way back through a segment that is not the last, those of its outputs that the
 * way back reads are computed again from what the segment before it left. No backward operation comes at another place for that, so
 * sums of gradients come out the same to the last bit.
 */
export function trainingPass({ layers }: Graph, segments: Segments = ONE_SEGMENT): readonly PassStep[] {
  const kept = outputsBetween(layers, segments);
  const steps: Undated[] = layers.map((_, layer) => ({ kind: 'forward', layer }));
  steps.push({ kind: 'loss', layer: layers.length - 1 });
  for (let s = segments.length - 1; s >= 0; s--) {
    const [first, end] = [segments[s]!, segments[s + 1] ?? layers.length];
    if (end < layers.length) {
      steps.push(...readBack(layers, first, end, kept).map((layer) => ({ kind: 'again', layer }) as const));
    }
    for (let layer = end - 1; layer >= first; layer--) steps.push({ kind: 'backward', layer });
  }
  return withFrees(layers, steps);
}

type Undated = Omit<PassStep, 'frees'>;

/** Outputs that a layer of another segment reads: they are never computed twice. */
function outputsBetween(layers: readonly Layer[], segments: Segments): ReadonlySet<LayerIndex> {
  const kept = new Set<LayerIndex>();
  segments.forEach((first, s) => {
    const end = segments[s + 1] ?? layers.length;
    for (let layer = first; layer < end; layer++) {
      for (const input of inputsOf(layers[layer]!)) if (input !== INPUT && input < first) kept.add(input);
    }
  });
  return kept;
}

/** The layers of a segment whose outputs the way back through it reads, and those that they are computed from; without those kept. */
function readBack(
  layers: readonly Layer[],
  first: LayerIndex,
  end: LayerIndex,
  kept: ReadonlySet<LayerIndex>,
): readonly LayerIndex[] {
  const wanted = new Set<LayerIndex>();
  const want = (outputs: readonly LayerIndex[]) => {
    for (const output of outputs) if (output >= first && !kept.has(output)) wanted.add(output);
  };
  const again: LayerIndex[] = [];
  for (let layer = end - 1; layer >= first; layer--) {
    want(readsAgain(layers[layer]!, layer));
    if (!wanted.has(layer)) continue;
    again.push(layer);
    want(inputsOf(layers[layer]!));
  }
  return again.reverse();
}

/** Goes through the steps from the last: an output is read for the last time where it is met first. */
function withFrees(layers: readonly Layer[], steps: readonly Undated[]): readonly PassStep[] {
  const read = new Set<LayerIndex>();
  return steps
    .toReversed()
    .map(({ kind, layer }) => {
      // What was met so far reads this computation of it; what is met from here on, the one before.
      if (kind === 'forward' || kind === 'again') read.delete(layer);
      const frees = readsOf(layers, kind, layer).filter((output) => output !== INPUT && !read.has(output));
      for (const output of frees) read.add(output);
      return { kind, layer, frees };
    })
    .reverse();
}

function readsOf(layers: readonly Layer[], kind: PassStep['kind'], layer: LayerIndex): readonly LayerIndex[] {
  switch (kind) {
    case 'forward':
    case 'again':
      return inputsOf(layers[layer]!);
    case 'loss':
      return [layer];
    case 'backward':
      return readsAgain(layers[layer]!, layer);
  }
}

/** The outputs that a layer is computed from; gradients arrive at them. */
export const inputsOf = (layer: Layer): readonly LayerIndex[] =>
  layer.kind === 'batchNorm' && layer.residual !== null ? [layer.input, layer.residual] : [layer.input];

/**
 * The outputs that the way back through a layer reads. A convolution and the dense layer read their input again (filter gradient), batch
 * norm its input and, for its ReLU's sake, its output; the others need no values.
 */
export function readsAgain(layer: Layer, index: LayerIndex): readonly LayerIndex[] {
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return [layer.input];
    case 'batchNorm':
      return layer.relu ? [layer.input, index] : [layer.input];
    case 'padShortcut':
    case 'globalAveragePool':
      return [];
  }
}

/**
 * What leads from one layer's output to another's, and no more: each layer behind `from` that `to` is computed from, once. Nobody frees
 * these two. Throws RangeError if a layer on the way reads what was computed before `from`, or if nothing is on the way.
 */
export function stretchPass({ layers }: Graph, from: LayerIndex, to: LayerIndex): readonly PassStep[] {
  if (!(to > from && to < layers.length)) throw new RangeError(`No layer leads from ${from} to ${to}.`);
  const needed = new Set([to]);
  for (let i = to; i > from; i--) {
    if (!needed.has(i)) continue;
    for (const input of inputsOf(layers[i]!)) {
      if (input < from) throw new RangeError(`Layer ${i} reads layer ${input}, which comes before ${from}.`);
      if (input > from) needed.add(input);
    }
  }
  const steps = [...needed].sort((a, b) => a - b).map((layer): Undated => ({ kind: 'forward', layer }));
  return withFrees(layers, steps).map((step) => ({ ...step, frees: step.frees.filter((i) => i !== from) }));
}
