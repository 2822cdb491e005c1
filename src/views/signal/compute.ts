/**
 * How strongly each layer responds, and how strong a learning signal it gets. Sources: He et al. 2015, figure 7 (responses, here from batch
 * norm's scale and shift without a pass) and section 4.1 ("backward propagated gradients exhibit healthy norms with BN").
 */
import { measuredNorms, responseDeviation } from '../../insights/responses.ts';
import type { Look } from '../../inside/look.ts';
import type { LookedNet } from '../../inside/lookedNet.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import { normsByName } from '../../training/weights.ts';
import { GRADIENT_BATCH, type LayerSignal, type SignalAnswer } from './signal.ts';

export async function computeSignal<T extends TensorLike>(look: Look<T>): Promise<SignalAnswer> {
  const nets: LayerSignal[][] = [];
  for (const net of look.nets) {
    const { graph, layout, weights } = net;
    const weightNorms = normsByName(graph, layout, weights.parameters);
    const gradientNorms = await firstGradientNorms(look, net);
    nets.push(
      measuredNorms(graph).map((norm) => {
        const { input, stage, block } = graph.layers[norm]!;
        const { name } = graph.layers[input]!;
        return {
          name,
          stage,
          block,
          deviation: responseDeviation(layout, weights.parameters, norm),
          gradient: gradientNorms.get(`${name}.weight`)!,
          weight: weightNorms.get(`${name}.weight`)!,
        };
      }),
    );
    look.tell(nets.length, look.nets.length, { nets });
    await look.turn();
  }
  return { nets };
}

/** Norm of each filter's gradient on the first training images, in training mode. */
async function firstGradientNorms<T extends TensorLike>(
  { ops, images }: Look<T>,
  net: LookedNet<T>,
): Promise<Map<string, number>> {
  const batch = await images.batch('train', 0, GRADIENT_BATCH, net.normalisation);
  const input = net.upload(batch.images);
  const { metrics, gradient, moments } = net.network.gradients(net.parameters, input, batch.labels, 0);
  try {
    return normsByName(net.graph, net.layout, Float32Array.from(await ops.download(gradient)));
  } finally {
    for (const tensor of [input, metrics, gradient, moments]) ops.dispose(tensor);
  }
}
