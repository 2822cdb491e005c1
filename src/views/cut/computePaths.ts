/**
 * How much gradient comes by paths of which length. Source: Veit, Wilber and Belongie 2016, "The importance of short paths": some paths of each length are drawn,
 * and the gradient goes back by the branch of the blocks that a path passes through, and by the shortcut of the others.
 */
import type { Look } from '../../inside/look.ts';
import type { LookedNet } from '../../inside/lookedNet.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import { INPUT, type LayerIndex } from '../../model/graph.ts';
import { FrozenNetwork, type FrozenPass, type Route } from '../../training/frozenNetwork.ts';
import type { PathsAnswer, PathsOfNet } from './cut.ts';
import { additions, imagesFor, plannedPaths, type PlannedPaths } from './pathsPlan.ts';

export async function computePaths<T extends TensorLike>(look: Look<T>): Promise<PathsAnswer> {
  const graphs = look.nets.map(({ graph }) => graph);
  const images = Math.min(imagesFor(graphs), await look.images.count('train'));
  const plans = graphs.map((graph) => {
    const blocks = additions(graph).length;
    return blocks === 0 ? null : plannedPaths(blocks);
  });
  const total = plans.reduce((sum, plan) => sum + (plan ?? []).reduce((count, { paths }) => count + paths.length, 0), 0); // prettier-ignore
  let done = 0;
  const passed = async () => {
    look.tell(++done, total);
    await look.turn();
  };
  const nets: (PathsOfNet | null)[] = [];
  for (const [i, net] of look.nets.entries()) {
    const plan = plans[i];
    nets.push(plan ? await pathsOfNet(look, net, plan, images, passed) : null);
  }
  return { kind: 'paths', images, nets };
}

async function pathsOfNet<T extends TensorLike>(
  { ops, images }: Look<T>,
  net: LookedNet<T>,
  plan: readonly PlannedPaths[],
  count: number,
  passed: () => Promise<void>,
): Promise<PathsOfNet> {
  const { graph, layout } = net;
  const layers = additions(graph);
  const batch = await images.batch('train', 0, count, net.normalisation);
  const input = net.upload(batch.images);
  const held = [input];
  let pass: FrozenPass<T> | undefined;
  try {
    pass = new FrozenNetwork(ops, graph, layout).forward(net.parameters, net.statistics, input);
    const { metrics, dLogits } = ops.softmaxCrossEntropy(pass.logits, batch.labels);
    held.push(metrics, dLogits);
    const lengths: PathsOfNet['lengths'] = [];
    for (const { length, paths } of plan) {
      let sum = 0;
      for (const path of paths) {
        const taken = new Set(path);
        const routes = new Map(layers.map((layer, i): [LayerIndex, Route] => [layer, taken.has(i) ? 'branch' : 'shortcut'])); // prettier-ignore
        const gradient = pass.backward(dLogits, { routes }).get(INPUT)!;
        try {
          sum += meanNorm(await ops.download(gradient), batch.size);
        } finally {
          ops.dispose(gradient);
        }
        await passed();
      }
      lengths.push({ length, paths: paths.length, gradient: sum / paths.length });
    }
    return { blocks: layers.length, lengths };
  } finally {
    pass?.dispose();
    for (const tensor of held) ops.dispose(tensor);
  }
}

/** Mean over the images of the norm of each one's gradient of its own loss. `gradient` is of the mean loss: it has one of so many parts of it. */
function meanNorm(gradient: ArrayLike<number>, images: number): number {
  const size = gradient.length / images;
  let sum = 0;
  for (let n = 0; n < images; n++) {
    let squares = 0;
    for (let i = n * size; i < (n + 1) * size; i++) squares += gradient[i]! ** 2;
    sum += Math.sqrt(squares);
  }
  return sum;
}
