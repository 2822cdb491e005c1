/**
 * The gradient of a net's output by the image, at points of a line between two images, and how soon it forgets itself along the line.
 * Source: Balduzzi, Frean, Leary, Lewis, Ma and McWilliams 2017; there the nets are dense, and the line is the whole input.
 */
import { autocorrelation, brownianNoise, whiteNoise } from '../../insights/autocorrelation.ts';
import type { Look } from '../../inside/look.ts';
import type { LookedNet } from '../../inside/lookedNet.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import { INPUT } from '../../model/graph.ts';
import { initialParameters } from '../../model/parameters.ts';
import { createRandom, type Random } from '../../model/random.ts';
import { measureGraph } from '../../model/shapes.ts';
import { FrozenNetwork } from '../../training/frozenNetwork.ts';
import {
  LAGS,
  POINTS,
  ROWS,
  type Correlated,
  type ShatteredAnswer,
  type ShatteredQuestion,
} from './shattered.ts';

/** Numbers of one pass that are held at once, at most. */
const MOST_NUMBERS = 16e6;

export async function computeShattered<T extends TensorLike>(
  look: Look<T>,
  { weights, draws }: { readonly weights: ShatteredQuestion['weights']; readonly draws: number },
): Promise<ShatteredAnswer> {
  const random = createRandom('shattered');
  const nets = look.nets.map(() => new Means());
  const [white, brownian] = [new Means(), new Means()];
  const count = await look.images.count('test');
  const total = draws * nets.length;
  const { pixels: ends } = await look.images.pixels('test', Uint32Array.of(0, 1 % count));
  const answer = (): ShatteredAnswer => ({
    draws: white.count,
    ends,
    nets: nets.map((net) => net.result()),
    white: white.result(),
    brownian: brownian.result(),
  });
  for (let draw = 0; draw < draws; draw++) {
    // The same for every net: images, output, and which numbers of the image are drawn.
    const own = random.fork(draw);
    const pair = [(2 * draw) % count, (2 * draw + 1) % count] as const;
    const direction = (classes: number) => {
      const values = own.fork('output');
      return Float64Array.from({ length: classes }, () => values.normal());
    };
    for (const [i, net] of look.nets.entries()) {
      const parameters = weights === 'own' ? null : look.ops.upload(drawn(net, draw), [net.layout.trainableLength]); // prettier-ignore
      try {
        const line = await lineBetween(look, net, pair);
        const gradients = await gradientsAlong(look, net, parameters ?? net.parameters, line, direction(net.graph.classes)); // prettier-ignore
        nets[i]!.add(gradients, own.fork('rows'));
      } finally {
        if (parameters) look.ops.dispose(parameters);
      }
      // After the last net the draw is whole, and is told with what there is.
      if (i < nets.length - 1) look.tell(draw * nets.length + i + 1, total);
      await look.turn();
    }
    white.add(whiteNoise(own.fork('white'), POINTS, ROWS), own.fork('rows'));
    brownian.add(brownianNoise(own.fork('brownian'), POINTS, ROWS), own.fork('rows'));
    look.tell((draw + 1) * nets.length, total, answer());
  }
  return answer();
}

/** Initial weights of a seed: nets that share a layer's name and shape share its weights. */
const drawn = ({ graph, layout }: LookedNet<TensorLike>, draw: number): Float32Array =>
  initialParameters(graph, layout, createRandom(draw + 1).fork('weights'));

/** POINTS images `[points, 32, 32, 3]` from one test image to another, both normalised for the net. */
export async function lineBetween<T extends TensorLike>(
  { images }: Look<T>,
  { normalisation }: LookedNet<T>,
  [from, to]: readonly [number, number],
): Promise<Float32Array> {
  const [{ images: a }, { images: b }] = await Promise.all([
    images.batch('test', from, 1, normalisation),
    images.batch('test', to, 1, normalisation),
  ]);
  const line = new Float32Array(POINTS * a.length);
  for (let t = 0; t < POINTS; t++) {
    const share = t / (POINTS - 1);
    for (let i = 0; i < a.length; i++) line[t * a.length + i] = (1 - share) * a[i]! + share * b[i]!;
  }
  return line;
}

/**
 * The gradient of `direction` . logits by the image at each point of a line: `[points, numbers of an image]`. Batch norm has the moments of
 * all the points together, as a batch in training has; they are then numbers, so that each gradient is of its own point alone.
 */
export async function gradientsAlong<T extends TensorLike>(
  { ops, turn }: Pick<Look<T>, 'ops' | 'turn'>,
  { graph, layout, network }: LookedNet<T>,
  parameters: T,
  line: Float32Array,
  direction: Float64Array,
): Promise<Float32Array> {
  const { height, width, channels } = graph.input;
  const size = height * width * channels;
  const points = line.length / size;
  const upload = (from: number, until: number) =>
    ops.upload(line.subarray(from * size, until * size), [until - from, height, width, channels]);
  const all = upload(0, points);
  let statistics: T;
  try {
    statistics = network.moments(parameters, all);
  } finally {
    ops.dispose(all);
  }
  const gradients = new Float32Array(line.length);
  const frozen = new FrozenNetwork(ops, graph, layout);
  const batch = Math.max(1, Math.min(points, Math.floor(MOST_NUMBERS / measureGraph(graph).activations)));
  try {
    for (let from = 0; from < points; from += batch) {
      const until = Math.min(points, from + batch);
      const images = upload(from, until);
      const repeated = Float64Array.from({ length: (until - from) * direction.length }, (_, i) => direction[i % direction.length]!); // prettier-ignore
      const dLogits = ops.upload(repeated, [until - from, direction.length]);
      let dImages: T | undefined;
      try {
        const pass = frozen.forward(parameters, statistics, images);
        try {
          dImages = pass.backward(dLogits).get(INPUT)!;
        } finally {
          pass.dispose();
        }
        gradients.set(await ops.download(dImages), from * size);
      } finally {
        for (const tensor of [images, dLogits, dImages]) if (tensor) ops.dispose(tensor);
      }
      await turn();
    }
  } finally {
    ops.dispose(statistics);
  }
  return gradients;
}

/** Autocorrelations of several draws. */
class Means {
  readonly #sums = new Float64Array(LAGS + 1);
  readonly #squares = new Float64Array(LAGS + 1);
  #strip: Float32Array | undefined;
  count = 0;

  add(series: ArrayLike<number>, rows: Random): void {
    autocorrelation(series, POINTS, LAGS).forEach((value, lag) => {
      this.#sums[lag]! += value;
      this.#squares[lag]! += value * value;
    });
    this.count++;
    this.#strip ??= stripOf(series, rows);
  }

  result(): Correlated {
    const n = this.count;
    const mean = Array.from(this.#sums, (sum) => sum / n);
    const variances = mean.map(
      (value, lag) => (this.#squares[lag]! - n * value * value) / Math.max(1, n - 1),
    );
    return {
      mean,
      // Rounding may leave less than nothing.
      deviation: variances.map((variance) => Math.sqrt(Math.max(0, variance))),
      strip: this.#strip ?? new Float32Array(ROWS * POINTS),
    };
  }
}

/** Some numbers of the image, their gradients along the line as rows. */
export function stripOf(series: ArrayLike<number>, random: Random): Float32Array {
  const size = series.length / POINTS;
  const chosen = random.permutation(size).slice(0, ROWS);
  const strip = new Float32Array(ROWS * POINTS);
  chosen.forEach((at, row) => {
    const own = Float64Array.from({ length: POINTS }, (_, t) => series[t * size + at]!);
    const mean = own.reduce((sum, value) => sum + value, 0) / POINTS;
    const deviation = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / POINTS);
    // A number that the output does not depend on has a row of nothing.
    for (const [t, value] of own.entries())
      strip[row * POINTS + t] = deviation === 0 ? 0 : (value - mean) / deviation;
  });
  return strip;
}
