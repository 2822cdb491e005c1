/** The views that there are, each with its computation, which comes when it is first asked for. A new view is a line here. */
import * as v from 'valibot';
import type { Computation } from '../../inside/look.ts';
import { ProtocolError } from '../../protocol/protocolError.ts';

type Loaded = Promise<Computation<unknown, unknown>>;

const computations: Readonly<Record<string, () => Loaded>> = {
  predictions: async () => {
    const [{ computePredictions }, { predictionsAsked }] = await Promise.all([
      import('../../views/predictions/compute.ts'),
      import('../../views/predictions/predictions.ts'),
    ]);
    return checked(predictionsAsked, computePredictions);
  },
  weights: async () => {
    const [{ computeWeights }, { weightsAsked }] = await Promise.all([
      import('../../views/weights/compute.ts'),
      import('../../views/weights/weights.ts'),
    ]);
    return checked(weightsAsked, computeWeights);
  },
  signal: async () => {
    const [{ computeSignal }, { signalAsked }] = await Promise.all([
      import('../../views/signal/compute.ts'),
      import('../../views/signal/signal.ts'),
    ]);
    return checked(signalAsked, computeSignal);
  },
  shattered: async () => {
    const [{ computeShattered }, { shatteredQuestion }] = await Promise.all([
      import('../../views/shattered/compute.ts'),
      import('../../views/shattered/shattered.ts'),
    ]);
    return checked(shatteredQuestion, computeShattered);
  },
  blocks: async () => {
    const [{ computeBlocks }, { blocksQuestion }] = await Promise.all([
      import('../../views/blocks/compute.ts'),
      import('../../views/blocks/blocks.ts'),
    ]);
    return checked(blocksQuestion, computeBlocks);
  },
  grow: async () => {
    const [{ computeGrow }, { growQuestion }] = await Promise.all([
      import('../../views/grow/compute.ts'),
      import('../../views/grow/grow.ts'),
    ]);
    return checked(growQuestion, computeGrow);
  },
  landscape: async () => {
    const [{ computeLandscape }, { landscapeAsked }] = await Promise.all([
      import('../../views/landscape/compute.ts'),
      import('../../views/landscape/landscape.ts'),
    ]);
    return checked(landscapeAsked, computeLandscape);
  },
  gradCam: async () => {
    const [{ computeGradCam }, { gradCamAsked }] = await Promise.all([
      import('../../views/gradCam/compute.ts'),
      import('../../views/gradCam/gradCam.ts'),
    ]);
    return checked(gradCamAsked, computeGradCam);
  },
  cut: async () => {
    const [{ computeCut }, { cutAsked }] = await Promise.all([
      import('../../views/cut/compute.ts'),
      import('../../views/cut/cut.ts'),
    ]);
    return checked(cutAsked, computeCut);
  },
};

/** The views' ids. */
export const viewIds: readonly string[] = Object.keys(computations);

/** Throws ProtocolError if there is no such view. */
export async function computation(view: string): Loaded {
  const load = Object.hasOwn(computations, view) ? computations[view] : undefined;
  if (!load) throw new ProtocolError(`There is no view ${view}.`);
  return load();
}

/** The computation of questions that nobody has checked yet. */
function checked<Q, A>(
  question: v.GenericSchema<unknown, Q>,
  compute: Computation<Q, A>,
): Computation<unknown, unknown> {
  return async (look, asked) => compute(look, v.parse(question, asked));
}
