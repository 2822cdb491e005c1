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
  let done = 0;
  for (const [i, net] of look.nets.entries()) {
    for (const one of moments[i] ?? []) {
      const isAsked = gradients === 'all' || (gradients === 'shown' && one.isShown);
      nets[i]!.push(await signalOf(look, net, one, isAsked));
      // What is there of some nets is drawn once there is something of each.
      const soFar = nets.every((own) => own.length > 0) ? { nets: nets.map((own) => [...own]) } : undefined;
      look.tell(++done, total, soFar);
      await look.turn();
    }
  }
  return { nets };
}

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

async function signalOf<T extends TensorLike>(
  look: Look<T>,
  net: LookedNet<T>,
  { step, isShown, isKept, weights, lastUpdate }: MomentOfNet,
  hasGradient: boolean,
): Promise<SignalMoment> {
  const { graph, layout } = net;
  const normsOf = (flat: Float32Array) => normsByName(graph, layout, flat);
  const weightNorms = normsOf(weights.parameters);
  const changes = lastUpdate();
  const updates = changes && normsOf(changes);
  const gradients = hasGradient ? await gradientNorms(look, net, weights) : null;
  const layers = measuredNorms(graph).map((norm) => {
    const { input, stage, block } = graph.layers[norm]!;
    const { name } = graph.layers[input]!;
    const filter = `${name}.weight`;
    return {
      name,
      stage,
      block,
      deviation: responseDeviation(layout, weights.parameters, norm),
      gradient: gradients?.get(filter) ?? null,
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
