/** Grows plain nets by identity layers and compares what they answer: He et al. 2015, section 1; see insights/grow.ts. */
import { diracParameters, grow, grownModel, stageEnd, type Arriving } from '../../insights/grow.ts';
import { answersOf, errorOf } from '../../insights/predictions.ts';
import { LookedNet } from '../../inside/lookedNet.ts';
import type { Look } from '../../inside/look.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import { isResidual } from '../../model/depths.ts';
import type { LayerIndex } from '../../model/graph.ts';
import { initialStatistics } from '../../model/parameters.ts';
import { weightsToSafetensors } from '../../training/weights.ts';
import {
  ARRIVING,
  COMPARED,
  depthOf,
  type DeepNet,
  type GrowAnswer,
  type GrownNet,
  type GrowQuestion,
} from './grow.ts';

const BATCH = 100;
/** Of the other layers of a net that begins as identities. */
const SEED = 1;

/** Throws RangeError where a net is a residual one, or every net has at least as many layers already. */
export async function computeGrow<T extends TensorLike>(
  look: Look<T>,
  question: GrowQuestion,
): Promise<GrowAnswer> {
  const depths = look.nets.map(({ model }) => model.depth);
  const depth = depthOf(question, depths);
  const isShallow = (net: LookedNet<T>) => net.model.depth < depth;
  // Said before anything is computed.
  for (const { model } of look.nets)
    if (isResidual(model.block) || !look.nets.some(isShallow)) grownModel(model, depth);
  const passes = look.nets.map((net) => (isShallow(net) ? ARRIVING + COMPARED : COMPARED) / BATCH);
  const total = passes.reduce((sum, of) => sum + of, 0);
  let done = 0;
  const counted = { ...look, turn: async () => (look.tell(++done, total), look.turn()) };
  const nets: GrowAnswer['nets'] = [];
  for (const net of look.nets) {
    nets.push(isShallow(net) ? await grownOf(counted, net, depth) : await deepOf(counted, net));
  }
  return { nets };
}

/** A net that has at least as many layers already, with its own weights. */
async function deepOf<T extends TensorLike>(look: Look<T>, net: LookedNet<T>): Promise<DeepNet> {
  const { images, errors } = await compared(look, [net]);
  return { kind: 'deep', fromDepth: net.model.depth, images, before: errors[0]! };
}

async function grownOf<T extends TensorLike>(
  look: Look<T>,
  net: LookedNet<T>,
  depth: number,
): Promise<GrownNet> {
  const model = grownModel(net.model, depth);
  const weights = grow(net.model, net.weights, depth, await whatArrives(look, net));
  const grown = new LookedNet(look.ops, model, net.normalisation, weights);
  try {
    const { graph, layout } = grown;
    const dirac = { parameters: diracParameters(model, SEED), statistics: initialStatistics(layout) };
    const { images, errors, difference, largest } = await compared(look, [net, grown]);
    const [before = NaN, after = NaN] = errors;
    return {
      kind: 'grown',
      fromDepth: net.model.depth,
      depth,
      ...{ images, before, after, difference, largest },
      grown: weightsToSafetensors(graph, layout, weights),
      dirac: weightsToSafetensors(graph, layout, dirac),
    };
  } finally {
    grown.dispose();
  }
}

/** Of each stage's output, each channel's mean and variance over training images, with the running statistics. */
export async function whatArrives<T extends TensorLike>(
  { ops, images, turn }: Pick<Look<T>, 'ops' | 'images' | 'turn'>,
  net: LookedNet<T>,
): Promise<readonly Arriving[]> {
  const ends = [1, 2, 3].map((stage) => stageEnd(net.graph, stage));
  const moments = new Map<LayerIndex, Float64Array[]>(ends.map((end) => [end, []]));
  const count = Math.min(ARRIVING, await images.count('train'));
  for (let from = 0; from < count; from += BATCH) {
    const { images: batch } = await images.batch(
      'train',
      from,
      Math.min(BATCH, count - from),
      net.normalisation,
    );
    const input = net.upload(batch);
    const asked: Promise<void>[] = [];
    const logits = net.logits(input, (layer, output) => {
      const known = moments.get(layer);
      if (known) asked.push(momentsOf(ops, output).then((values) => void known.push(values)));
    });
    await Promise.all(asked);
    ops.dispose(logits);
    ops.dispose(input);
    await turn();
  }
  return ends.map((end) => pooled(moments.get(end) ?? []));
}

/** `[2, channels]`: mean and variance of each channel of an output. */
async function momentsOf<T extends TensorLike>(ops: Look<T>['ops'], output: T): Promise<Float64Array> {
  const channels = output.shape.at(-1) ?? 0;
  const affine = ops.upload(new Float32Array(2 * channels).fill(1), [2, channels]);
  const { y, moments } = ops.batchNorm(output, affine, null, false);
  try {
    return Float64Array.from(await ops.download(moments));
  } finally {
    for (const tensor of [affine, y, moments]) ops.dispose(tensor);
  }
}

/** The moments of all batches together, which are of one size. */
function pooled(batches: readonly Float64Array[]): Arriving {
  const channels = (batches[0]?.length ?? 0) / 2;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    const means = batches.map((batch) => batch[c]!);
    const middle = means.reduce((sum, value) => sum + value, 0) / means.length;
    mean[c] = middle;
    variance[c] =
      batches.reduce((sum, batch, i) => sum + batch[channels + c]! + (means[i]! - middle) ** 2, 0) /
      means.length;
  }
  return { mean, variance };
}

interface Compared {
  readonly images: number;
  /** Each net's test error, 0 to 1. */
  readonly errors: readonly number[];
  /** Of the logits of the first and of any other net the largest difference, and of the first the largest, either sign. */
  readonly difference: number;
  readonly largest: number;
}

/** What nets answer to the same test images. */
async function compared<T extends TensorLike>(
  { ops, images, turn }: Look<T>,
  nets: readonly LookedNet<T>[],
): Promise<Compared> {
  const count = Math.min(COMPARED, await images.count('test'));
  const errors = nets.map(() => 0);
  let [difference, largest] = [0, 0];
  for (let from = 0; from < count; from += BATCH) {
    const batch = await images.batch('test', from, Math.min(BATCH, count - from), nets[0]!.normalisation);
    const input = nets[0]!.upload(batch.images);
    const outputs = nets.map((net) => net.logits(input));
    const logits = await Promise.all(outputs.map((output) => ops.download(output)));
    for (const tensor of [input, ...outputs]) ops.dispose(tensor);
    const [own, ...others] = logits;
    own!.forEach((value, i) => {
      for (const other of others) difference = Math.max(difference, Math.abs(value - other[i]!));
      largest = Math.max(largest, Math.abs(value));
    });
    const { labels, size } = batch;
    for (const [i, net] of nets.entries()) {
      errors[i]! += (size / count) * errorOf(labels, answersOf(logits[i]!, net.graph.classes));
    }
    await turn();
  }
  return { images: count, errors, difference, largest };
}
