/** Grows plain nets by identity layers and compares what they answer: He et al. 2015, section 1; see insights/grow.ts. */
import { diracParameters, grow, grownModel, stageEnd, type Arriving } from '../../insights/grow.ts';
import { answersOf, errorOf } from '../../insights/predictions.ts';
import { LookedNet } from '../../inside/lookedNet.ts';
import type { Look } from '../../inside/look.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import type { LayerIndex } from '../../model/graph.ts';
import { initialStatistics } from '../../model/parameters.ts';
import { weightsToSafetensors } from '../../training/weights.ts';
import { ARRIVING, COMPARED, type GrowAnswer, type GrownNet, type GrowQuestion } from './grow.ts';

const BATCH = 100;
/** Of the other layers of a net that begins as identities. */
const SEED = 1;

export async function computeGrow<T extends TensorLike>(
  look: Look<T>,
  { depth }: GrowQuestion,
): Promise<GrowAnswer> {
  const total = look.nets.length * ((ARRIVING + COMPARED) / BATCH);
  let done = 0;
  const counted = { ...look, turn: async () => (look.tell(++done, total), look.turn()) };
  const nets: GrownNet[] = [];
  for (const net of look.nets) nets.push(await grownOf(counted, net, depth));
  return { nets };
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
    return {
      fromDepth: net.model.depth,
      depth,
      ...(await compared(look, net, grown)),
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

/** What two nets answer to the same test images. */
async function compared<T extends TensorLike>(
  { ops, images, turn }: Look<T>,
  net: LookedNet<T>,
  grown: LookedNet<T>,
): Promise<Pick<GrownNet, 'difference' | 'largest' | 'images' | 'before' | 'after'>> {
  const count = Math.min(COMPARED, await images.count('test'));
  let [difference, largest, before, after] = [0, 0, 0, 0];
  for (let from = 0; from < count; from += BATCH) {
    const batch = await images.batch('test', from, Math.min(BATCH, count - from), net.normalisation);
    const input = net.upload(batch.images);
    const outputs = [net.logits(input), grown.logits(input)];
    const [a, b] = await Promise.all(outputs.map((logits) => ops.download(logits)));
    for (const tensor of [input, ...outputs]) ops.dispose(tensor);
    a!.forEach((value, i) => {
      difference = Math.max(difference, Math.abs(value - b![i]!));
      largest = Math.max(largest, Math.abs(value));
    });
    const { labels, size } = batch;
    before += (size / count) * errorOf(labels, answersOf(a!, net.graph.classes));
    after += (size / count) * errorOf(labels, answersOf(b!, net.graph.classes));
    await turn();
  }
  return { difference, largest, images: count, before, after };
}
