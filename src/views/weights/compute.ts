/**
 * Histograms of filters, of what batch norm gives, and of what ReLU lets through, by layer and moment. Evaluation mode, on test images:
 * what the net is when it answers.
 */
import { Counting, Magnitudes, roundAbove, type Histogram } from '../../insights/histogram.ts';
import { median } from '../../model/median.ts';
import type { Look } from '../../inside/look.ts';
import { LookedNet } from '../../inside/lookedNet.ts';
import { BATCH_NORM_EPSILON, type TensorLike } from '../../kernels/ops.ts';
import type { BatchNormLayer, LayerIndex } from '../../model/graph.ts';
import { measureGraph } from '../../model/shapes.ts';
import type { FlatWeights } from '../../training/weights.ts';
import { BINS, IMAGES, quantities, type CountedLayer, type CountedMoment, type Quantity, type WeightsAnswer } from './weights.ts'; // prettier-ignore

/** So many images say how far the values reach. */
const MEASURED = 8;
/** Numbers of one pass that are held at once, at most: a net of a thousand layers is shown fewer images. */
const MOST_NUMBERS = 16e6;
/** The bins hold this share of all values; the others are in the outermost. */
const HELD = 0.999;

type Ranges = WeightsAnswer['ranges'];
type Numbers = ArrayLike<number>;

export async function computeWeights<T extends TensorLike>(look: Look<T>): Promise<WeightsAnswer> {
  const moments = look.nets.map(momentsOf);
  const images = Math.min(imagesFor(look.nets), await look.images.count('test'));
  const total = 2 * moments.reduce((sum, own) => sum + own.length, 0);
  let done = 0;
  const ranges = await rangesOf(look, moments, Math.min(MEASURED, images), () => look.tell(++done, total));
  const nets: CountedMoment[][] = [];
  for (const [i, net] of look.nets.entries()) {
    const counted: CountedMoment[] = [];
    for (const { step, isShown, weights } of moments[i] ?? []) {
      counted.push({ step, isShown, layers: await countedLayers(look, net, weights, images, ranges) });
      look.tell(++done, total);
      await look.turn();
    }
    nets.push(counted);
  }
  return { images, ranges, nets };
}

interface MomentOfNet {
  readonly step: number | null;
  readonly isShown: boolean;
  readonly weights: FlatWeights;
}

/** What is looked at is one of the kept moments where its numbers are the same. */
function momentsOf({ further, weights }: LookedNet<TensorLike>): readonly MomentOfNet[] {
  const same = further.findLastIndex(
    (one) =>
      isSame(one.weights.parameters, weights.parameters) &&
      isSame(one.weights.statistics, weights.statistics),
  );
  const kept = further.map((one, i) => ({ ...one, isShown: i === same }));
  return same >= 0 ? kept : [...kept, { step: null, isShown: true, weights }];
}

const isSame = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

/** As many images for each net, so that they compare. */
const imagesFor = (nets: readonly LookedNet<TensorLike>[]): number =>
  Math.min(
    IMAGES,
    ...nets.map(({ graph }) => Math.max(1, Math.floor(MOST_NUMBERS / measureGraph(graph).activations))),
  );

/**
 * How far the values of the nets reach, so that all stand on one scale: of each net at its middle moment, since a single moment at which
 * everything is far out would leave nothing to be seen of the others.
 */
async function rangesOf<T extends TensorLike>(
  look: Look<T>,
  moments: readonly (readonly MomentOfNet[])[],
  images: number,
  told: () => void,
): Promise<Ranges> {
  const most = { filters: 0, normed: 0, active: 0 };
  for (const [i, net] of look.nets.entries()) {
    const reached: Record<Quantity, number[]> = { filters: [], normed: [], active: [] };
    for (const { weights } of moments[i] ?? []) {
      const sizes = { filters: new Magnitudes(), normed: new Magnitudes(), active: new Magnitudes() };
      await eachLayer(look, net, weights, images, (of, _layer, values) => sizes[of].add(values));
      for (const of of quantities) reached[of].push(sizes[of].below(HELD));
      told();
      await look.turn();
    }
    for (const of of quantities) most[of] = Math.max(most[of], median(reached[of]));
  }
  // Numbers that are all zero, or none, need some range.
  const reach = (of: Quantity) => roundAbove(Math.max(1e-6, most[of]));
  return { filters: reach('filters'), normed: reach('normed'), active: reach('active') };
}

async function countedLayers<T extends TensorLike>(
  look: Look<T>,
  net: LookedNet<T>,
  weights: FlatWeights,
  images: number,
  ranges: Ranges,
): Promise<CountedLayer[]> {
  const counted = new Map<LayerIndex, Partial<Record<Quantity, Histogram>>>();
  await eachLayer(look, net, weights, images, (of, layer, values) => {
    const counting = new Counting(of === 'active' ? 0 : -ranges[of], ranges[of], BINS);
    counting.add(values);
    counted.set(layer, { ...counted.get(layer), [of]: counting.result() });
  });
  return Array.from(counted, ([layer, { filters, normed, active }]) => {
    if (!filters || !normed) throw new Error(`layer ${layer} was not counted`);
    return { name: net.graph.layers[layer]!.name, filters, normed, active: active ?? null };
  });
}

type Take = (of: Quantity, layer: LayerIndex, values: Numbers) => void;

/** Shows `take` the numbers of every convolution that a batch norm follows, in the order of computation. `layer` is the convolution. */
async function eachLayer<T extends TensorLike>(
  { ops, images }: Look<T>,
  net: LookedNet<T>,
  weights: FlatWeights,
  count: number,
  take: Take,
): Promise<void> {
  const { graph, layout } = net;
  const batch = await images.batch('test', 0, count, net.normalisation);
  // What is made here is let go here, whatever happens between.
  const own = weights === net.weights ? net : new LookedNet(ops, net.model, net.normalisation, weights);
  const input = own.upload(batch.images);
  const reading: Promise<readonly [LayerIndex, Numbers]>[] = [];
  try {
    const logits = own.logits(input, (layer, output) => {
      const { kind } = graph.layers[layer]!;
      if (kind === 'conv' || kind === 'batchNorm') reading.push(ops.download(output).then((values) => [layer, values] as const)); // prettier-ignore
    });
    ops.dispose(logits);
    const outputs = new Map(await Promise.all(reading));
    for (const [layer, norm] of graph.layers.entries()) {
      if (norm.kind !== 'batchNorm') continue;
      const filter = layout.trainable.find((slot) => slot.layer === norm.input && slot.role === 'filter')!;
      take('filters', norm.input, weights.parameters.subarray(filter.offset, filter.offset + filter.size));
      take('normed', norm.input, normalised(net, weights, layer, norm, outputs.get(norm.input)!));
      if (norm.relu) take('active', norm.input, outputs.get(layer)!);
    }
  } finally {
    await Promise.allSettled(reading);
    ops.dispose(input);
    if (own !== net) own.dispose();
  }
}

/** What batch norm makes of a convolution's output with the running statistics, before it is added to anything. */
function normalised(
  { layout }: LookedNet<TensorLike>,
  { parameters, statistics }: FlatWeights,
  layer: LayerIndex,
  { channels }: BatchNormLayer,
  values: Numbers,
): Float32Array {
  const affine = layout.trainable.find((slot) => slot.layer === layer && slot.role === 'affine')!.offset;
  const moments = layout.statistics.find((slot) => slot.layer === layer)!.offset;
  const scale = new Float64Array(channels);
  const shift = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    const deviation = Math.sqrt(statistics[moments + channels + c]! + BATCH_NORM_EPSILON);
    scale[c] = parameters[affine + c]! / deviation;
    shift[c] = parameters[affine + channels + c]! - statistics[moments + c]! * scale[c]!;
  }
  return Float32Array.from(values, (value, i) => value * scale[i % channels]! + shift[i % channels]!);
}
