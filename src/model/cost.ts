/** What an experiment costs on a device whose speed was measured: time and memory, lane by lane and in all. */
import type { ExperimentConfig, ModelConfig } from './config.ts';
import { paperSetting } from './paper.ts';
import type { Recomputation } from './recomputation.ts';
import type { GraphSize } from './shapes.ts';
import { recomputationOf, sizeOf, sizesOf, type LaneSize } from './sizes.ts';

/** Seconds of a training step of one lane: a sum of what the layers, their activations and their multiply-adds take. */
export interface StepRates {
  readonly perLayer: number;
  /** For each image and each number of its activations. */
  readonly perActivation: number;
  /** For each image and each multiply-add of its forward pass; the backward pass is in it. */
  readonly perMultiplyAdd: number;
}

/** A device, measured. */
export interface Speed {
  readonly rates: StepRates;
  /** Lanes that train at once without taking each other's time. */
  readonly lanesAtOnce: number;
}

/** A net and a batch to be measured. */
export interface Probe {
  readonly model: Pick<ModelConfig, 'depth' | 'width'>;
  readonly batchSize: number;
}

/** The three steps that are measured: another batch tells the overhead, another width tells arithmetic from traffic. */
export const probes: readonly [Probe, Probe, Probe] = [
  { model: { depth: 8, width: 8 }, batchSize: 32 },
  { model: { depth: 8, width: 8 }, batchSize: 64 },
  { model: { depth: 8, width: 16 }, batchSize: 32 },
];

/** A step of two images: what a device that takes seconds for a batch is measured by. */
export const glance: Probe = { model: probes[0].model, batchSize: 2 };

/**
 * The rates by the measured seconds of {@link probes}. Noise never makes one of them negative. With the first time alone, all
 * of it counts as arithmetic.
 */
export function ratesOf([first, larger, wider]: readonly [number, number?, number?]): StepRates {
  const [narrow, , wide] = probes.map(({ model }) => sizeOf(model)) as [GraphSize, GraphSize, GraphSize];
  const images = probes[0].batchSize;
  if (larger === undefined || wider === undefined) {
    return { perLayer: 0, perActivation: 0, perMultiplyAdd: first / (images * narrow.multiplyAdds) };
  }
  const overhead = clamp(2 * first - larger, 0, 0.95 * first);
  const [small, big] = [(first - overhead) / images, Math.max(0, wider - overhead) / images];
  // small = a A + m M for the narrow net's activations A and multiply-adds M, big likewise for the wide net's.
  const ratio = wide.activations / narrow.activations;
  const perMultiplyAdd = clamp(
    (big - ratio * small) / (wide.multiplyAdds - ratio * narrow.multiplyAdds),
    0,
    small / narrow.multiplyAdds,
  );
  return {
    perLayer: overhead / narrow.layers.length,
    perActivation: (small - perMultiplyAdd * narrow.multiplyAdds) / narrow.activations,
    perMultiplyAdd,
  };
}

/** The speed by a run of this net among `lanes` that trained at once. All of its time counts as arithmetic. */
export function speedOfRun(model: ModelConfig, imagesPerSecond: number, lanes: number): Speed {
  const perMultiplyAdd = 1 / (imagesPerSecond * sizeOf(model).multiplyAdds);
  return { rates: { perLayer: 0, perActivation: 0, perMultiplyAdd }, lanesAtOnce: lanes };
}

export interface LaneCost extends LaneSize {
  /** Seconds of a step while nothing else trains. */
  readonly stepSeconds: number;
}

export interface Cost {
  readonly lanes: readonly LaneCost[];
  readonly bytes: number;
  /** Seconds until every lane has done a step. */
  readonly stepSeconds: number;
  /** Steps of the budget, or those that fit into its minutes. */
  readonly steps: number;
  /** Seconds of the evaluations on the way, and of the last. */
  readonly evaluationSeconds: number;
  readonly finalSeconds: number;
  /** Trainings, one after the other; all other times are of one. */
  readonly seeds: number;
  /** Everything, from the first step to the last evaluation, of all seeds. */
  readonly seconds: number;
}

/** Steps of the budget; null for a budget in minutes, whose steps nobody knows. */
export function stepsOf({ steps, epochs, batchSize }: ExperimentConfig['recipe']): number | null {
  if (steps !== undefined) return steps;
  if (epochs === undefined) return null;
  return Math.ceil(epochs * Math.ceil(paperSetting.trainingImages / batchSize));
}

/** What an experiment will take; time counts no loading and no compiling. */
export function costOf(experiment: ExperimentConfig, { rates, lanesAtOnce }: Speed): Cost {
  const { recipe } = experiment;
  const sizes = experiment.lanes.map((lane) => sizeOf(lane.model));
  const lanes = sizesOf(experiment).map((lane, i) => ({
    ...lane,
    stepSeconds:
      stepSeconds(sizes[i]!, recipe.batchSize, rates) +
      (recipe.recompute ? againSeconds(experiment.lanes[i]!.model, recipe.batchSize, rates) : 0),
  }));
  // Lanes side by side: no sooner than the slowest, no sooner than all their work by those that train at once.
  const together = (seconds: readonly number[]) =>
    Math.max(...seconds, seconds.reduce((sum, one) => sum + one, 0) / lanesAtOnce);
  const step = together(lanes.map((lane) => lane.stepSeconds));
  // Forward is a third of a step's arithmetic; images of an evaluation come in batches as well.
  const perTestImage = together(sizes.map((size) => stepSeconds(size, 100, rates) / 300));
  const steps =
    stepsOf(recipe) ??
    Math.floor((60 * (recipe.minutes ?? 0)) / Math.max(...lanes.map((l) => l.stepSeconds)));
  const { every, images, atEnd } = recipe.evaluation;
  const stepping = steppingSeconds(experiment.lanes, steps, (active) =>
    together(lanes.filter(({ id }) => active.has(id)).map((lane) => lane.stepSeconds)),
  );
  const evaluations = every > 0 ? Math.floor(Math.max(0, steps - 1) / every) : 0;
  const evaluationSeconds = evaluations * images * perTestImage;
  const finalSeconds = atEnd ? paperSetting.testImages * perTestImage : 0;
  return {
    lanes,
    bytes: lanes.reduce((sum, lane) => sum + lane.bytes, 0),
    stepSeconds: step,
    steps,
    evaluationSeconds,
    finalSeconds,
    seeds: experiment.seeds,
    seconds: experiment.seeds * (stepping + evaluationSeconds + finalSeconds),
  };
}

/** Seconds of all steps: a lane that goes on from another one begins when that has come to its step. */
function steppingSeconds(
  lanes: ExperimentConfig['lanes'],
  steps: number,
  together: (active: ReadonlySet<string>) => number,
): number {
  const starts = [...new Set(lanes.map(({ from }) => from?.step ?? 0))].sort((a, b) => a - b);
  return starts.reduce((sum, start, i) => {
    const active = new Set(lanes.filter(({ from }) => (from?.step ?? 0) <= start).map(({ id }) => id));
    const until = Math.min(steps, starts[i + 1] ?? steps);
    return sum + Math.max(0, until - start) * together(active);
  }, 0);
}

/** What of a step's time its forward pass takes where it is computed again: measured 0.32 to 0.38, by the fastest steps (docs/numbers.md). */
const FORWARD_SHARE = 0.36;

/** Seconds of what a step with recomputation computes twice. */
const againSeconds = (model: ModelConfig, images: number, rates: StepRates): number =>
  FORWARD_SHARE * layersSeconds(recomputationOf(model), images, rates);

/**
 * By how much recomputation lengthens a step of this net, as a share of it: by the device's rates, or where they are not known by its
 * arithmetic.
 */
export function recomputationShare(
  model: ModelConfig,
  batchSize: number,
  rates: StepRates = { perLayer: 0, perActivation: 0, perMultiplyAdd: 1 },
): number {
  return againSeconds(model, batchSize, rates) / stepSeconds(sizeOf(model), batchSize, rates);
}

/** Seconds of a training step of a net that trains alone, at a device's rates. */
export const secondsOfStep = (
  { model, batchSize }: { readonly model: ModelConfig; readonly batchSize: number },
  rates: StepRates,
): number => stepSeconds(sizeOf(model), batchSize, rates);

const stepSeconds = ({ layers, ...size }: GraphSize, images: number, rates: StepRates): number =>
  layersSeconds({ ...size, layers: layers.length }, images, rates);

const layersSeconds = (
  { layers, activations, multiplyAdds }: Omit<Recomputation, 'held'>,
  images: number,
  rates: StepRates,
): number =>
  layers * rates.perLayer +
  images * (activations * rates.perActivation + multiplyAdds * rates.perMultiplyAdd);

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
