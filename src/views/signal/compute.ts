/**
 * How strongly each layer responds, how strong a learning signal it gets, and how far a step moves it. Sources: He et al. 2015, figure 7
 * (responses, here from batch norm's scale and shift without a pass) and section 4.1 ("backward propagated gradients exhibit healthy norms
 * with BN"). The update is that of the training step before a checkpoint, as its optimiser remembers it.
 */
import { measuredNorms, responseDeviation } from '../../insights/responses.ts';
import type { Look } from '../../inside/look.ts';
import { LookedNet, type LookedMoment } from '../../inside/lookedNet.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import { normsByName, type FlatWeights } from '../../training/weights.ts';
import { GRADIENT_BATCH, type SignalAnswer, type SignalAsked, type SignalMoment } from './signal.ts';

type MomentOfNet = LookedMoment & {
  readonly weights: FlatWeights;
  readonly isShown: boolean;
  readonly isKept: boolean;
};

export async function computeSignal<T extends TensorLike>(
  look: Look<T>,
  { gradients }: SignalAsked,
): Promise<SignalAnswer> {
  const moments = look.nets.map(momentsOf);
  const total = moments.reduce((sum, own) => sum + own.length, 0);
  const nets: SignalMoment[][] = look.nets.map(() => []);
  // What needs no pass is there at once.
  for (const [i, net] of look.nets.entries()) {
    for (const one of moments[i] ?? []) {
      nets[i]!.push(signalOf(net, one));
      await look.turn();
    }
  }
  const soFar = (): SignalAnswer => ({ nets: nets.map((own) => [...own]) });
  if (gradients !== 'none') look.tell(0, total, soFar());
  let done = 0;
  for (const [i, net] of look.nets.entries()) {
    for (const [at, one] of (moments[i] ?? []).entries()) {
      if (gradients === 'all' || (gradients === 'shown' && one.isShown)) {
        nets[i]![at] = withGradients(nets[i]![at]!, await gradientNorms(look, net, one.weights));
        await look.turn();
      }
      look.tell(++done, total, soFar());
    }
  }
  return { nets };
}

const filterOf = (layer: string) => `${layer}.weight`;

const withGradients = (moment: SignalMoment, gradients: ReadonlyMap<string, number>): SignalMoment => ({
  ...moment,
  layers: moment.layers.map((layer) => ({ ...layer, gradient: gradients.get(filterOf(layer.name)) ?? null })),
});

/** The kept ones, and the one that is looked at in its place among them, or last where its step is not known. */
function momentsOf({ further, moment, weights }: LookedNet<TensorLike>): readonly MomentOfNet[] {
  const { step } = moment;
  const same = further.find((one) => one.step === step);
  // Of a net as it is now nobody knows its last update; the moment that was kept then does.
  const lastUpdate = () => moment.lastUpdate() ?? same?.lastUpdate() ?? null;
  const shown = { step, lastUpdate, weights, isShown: true, isKept: same !== undefined };
  const kept = further.filter((one) => one !== same).map((one) => ({ ...one, isShown: false, isKept: true }));
  if (step === null) return [...kept, shown];
  return [...kept.filter((one) => one.step < step), shown, ...kept.filter((one) => one.step > step)];
}

/** All but the gradients. */
function signalOf(
  net: LookedNet<TensorLike>,
  { step, isShown, isKept, weights, lastUpdate }: MomentOfNet,
): SignalMoment {
  const { graph, layout } = net;
  const normsOf = (flat: Float32Array) => normsByName(graph, layout, flat);
  const weightNorms = normsOf(weights.parameters);
  const changes = lastUpdate();
  const updates = changes && normsOf(changes);
  const layers = measuredNorms(graph).map((norm) => {
    const { input, stage, block } = graph.layers[norm]!;
    const { name } = graph.layers[input]!;
    const filter = filterOf(name);
    return {
      name,
      stage,
      block,
      deviation: responseDeviation(layout, weights.parameters, norm),
      gradient: null,
      weight: weightNorms.get(filter)!,
      update: updates?.get(filter) ?? null,
    };
  });
  return { step, isShown, isKept, layers };
}

/** Norm of each filter's gradient on the first training images, in training mode. */
async function gradientNorms<T extends TensorLike>(
  { ops, images }: Look<T>,
  net: LookedNet<T>,
  weights: FlatWeights,
): Promise<Map<string, number>> {
  const batch = await images.batch('train', 0, GRADIENT_BATCH, net.normalisation);
  // What is made here is let go here, whatever happens between.
  const own = weights === net.weights ? net : new LookedNet(ops, net.model, net.normalisation, weights);
  const held = [own.upload(batch.images)];
  try {
    const { metrics, gradient, moments } = own.network.gradients(own.parameters, held[0]!, batch.labels, 0);
    held.push(metrics, gradient, moments);
    return normsByName(net.graph, net.layout, Float32Array.from(await ops.download(gradient)));
  } finally {
    for (const tensor of held) ops.dispose(tensor);
    if (own !== net) own.dispose();
  }
}
