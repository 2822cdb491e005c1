/**
 * Which way a residual block pushes what it is given: cos(F(x), -dL/dx), where a step down the loss's gradient would be 1, and how far:
 * |F(x)| / |x|. Source: Jastrzebski, Arpit, Ballas, Verma, Che and Bengio 2018.
 */
import type { Look } from '../../inside/look.ts';
import type { LookedNet } from '../../inside/lookedNet.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import { blocksOf } from '../../model/graphEdits.ts';
import { measureGraph } from '../../model/shapes.ts';
import { FrozenNetwork, type FrozenPass } from '../../training/frozenNetwork.ts';
import type { Batch } from '../../protocol/source.ts';
import type { Push } from './blocks.ts';
import { addsToItself } from './stops.ts';

/** Numbers of one pass that are held at once, at most. */
const MOST_NUMBERS = 16e6;

/** By block of the net, its push over the first `count` test images, in evaluation; null where its shortcut is not x itself. */
export async function pushesOf<T extends TensorLike>(
  { ops, images, turn }: Pick<Look<T>, 'ops' | 'images' | 'turn'>,
  net: LookedNet<T>,
  count: number,
): Promise<(Push | null)[]> {
  const { graph, layout, parameters, statistics } = net;
  const sums = blocksOf(graph).map((block) =>
    addsToItself(graph, block) ? { block, cosine: 0, size: 0 } : null,
  );
  const adding = sums.filter((sum) => sum !== null);
  if (adding.length === 0) return sums.map(() => null);
  const frozen = new FrozenNetwork(ops, graph, layout);
  const most = Math.max(1, Math.floor(MOST_NUMBERS / measureGraph(graph).activations));
  const wanted = new Set(adding.map(({ block }) => block.input));
  for (let from = 0; from < count; from += most) {
    const batch = await images.batch('test', from, Math.min(most, count - from), net.normalisation);
    const input = net.upload(batch.images);
    const held: T[] = [input];
    try {
      const pass = frozen.forward(parameters, statistics, input);
      try {
        const dLogits = ops.upload(
          lossDirections(await ops.download(pass.logits), batch, graph.classes),
          pass.logits.shape,
        );
        held.push(dLogits);
        const gradients = pass.backward(dLogits, { wanted });
        held.push(...gradients.values());
        for (const sum of adding) {
          const [pushed, given, gradient] = await Promise.all([
            branchOf(ops, net, pass, sum.block.last),
            ops.download(pass.output(sum.block.input)),
            ops.download(gradients.get(sum.block.input)!),
          ]);
          const of = pushOf(pushed, given, gradient, batch.size);
          sum.cosine += of.cosine;
          sum.size += of.size;
          await turn();
        }
      } finally {
        pass.dispose();
      }
    } finally {
      for (const tensor of held) ops.dispose(tensor);
    }
  }
  return sums.map((sum) => sum && { cosine: sum.cosine / count, size: sum.size / count });
}

/**
 * The gradient of each image's cross-entropy by its logits, of length one: a cosine does not ask how long, and what is far smaller than
 * another image's would be lost in float16.
 */
export function lossDirections(
  logits: ArrayLike<number>,
  { labels, size }: Batch,
  classes: number,
): Float64Array {
  const directions = new Float64Array(size * classes);
  for (let n = 0; n < size; n++) {
    const at = n * classes;
    const own = Float64Array.from({ length: classes }, (_, k) => logits[at + k]!);
    const label = labels[n]!;
    // In proportion: the softmax's denominator, and the largest of the other classes, fall out.
    const others = own.filter((_, k) => k !== label);
    const largest = Math.max(...others);
    const parts = own.map((logit, k) => (k === label ? 0 : Math.exp(logit - largest)));
    parts[label] = -parts.reduce((sum, part) => sum + part, 0);
    const norm = Math.hypot(...parts);
    for (let k = 0; k < classes; k++) directions[at + k] = parts[k]! / norm;
  }
  return directions;
}

/** F(x): what the block's last batch norm gives before the shortcut is added, and without ReLU. */
async function branchOf<T extends TensorLike>(
  ops: Look<T>['ops'],
  { graph, layout, parameters, statistics }: LookedNet<T>,
  pass: FrozenPass<T>,
  last: number,
): Promise<ArrayLike<number>> {
  const affine = ops.view(
    parameters,
    layout.trainable.find(({ layer }) => layer === last)!,
  );
  const moments = ops.view(
    statistics,
    layout.statistics.find(({ layer }) => layer === last)!,
  );
  let branch: T | undefined;
  try {
    branch = ops.batchNormInference(pass.output(graph.layers[last]!.input), affine, moments, null, false);
    return await ops.download(branch);
  } finally {
    for (const tensor of [affine, moments, branch]) if (tensor) ops.dispose(tensor);
  }
}

/** Sums over images. What has no direction, because it is nothing, is taken as across. */
function pushOf(
  pushed: ArrayLike<number>,
  given: ArrayLike<number>,
  gradient: ArrayLike<number>,
  images: number,
): Push {
  const numbers = pushed.length / images;
  const sum = { cosine: 0, size: 0 };
  for (let n = 0; n < images; n++) {
    let [dot, ofPushed, ofGiven, ofGradient] = [0, 0, 0, 0];
    for (let i = n * numbers; i < (n + 1) * numbers; i++) {
      dot -= pushed[i]! * gradient[i]!;
      ofPushed += pushed[i]! ** 2;
      ofGiven += given[i]! ** 2;
      ofGradient += gradient[i]! ** 2;
    }
    const lengths = Math.sqrt(ofPushed * ofGradient);
    sum.cosine += lengths === 0 ? 0 : dot / lengths;
    sum.size += ofGiven === 0 ? 0 : Math.sqrt(ofPushed / ofGiven);
  }
  return sum;
}
