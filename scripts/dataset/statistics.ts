import { CHANNELS, IMAGE_SIZE } from '../../src/model/dataset.ts';

/** Statistics of images as they go by, in exact integers until the end. */

type Triple = [number, number, number];

export interface Statistics {
  readonly images: number;
  /** Images of each class. */
  readonly classes: readonly number[];
  readonly firstLabels: readonly number[];
  /** Of pixels scaled to 0..1, a channel. The deviation is the population's. */
  readonly mean: Triple;
  readonly deviation: Triple;
  /** `[32, 32, 3]`, of pixels scaled to 0..1. */
  readonly meanImage: Float32Array;
}

export class StatisticsCounter {
  readonly #labels: number[] = [];
  readonly #sums = new Uint32Array(IMAGE_SIZE);
  /** How often each byte occurs in each channel. */
  readonly #histograms = Array.from({ length: CHANNELS }, () => new Uint32Array(256));

  /** `pixels` is uint8 `[n, 32, 32, 3]`. */
  add(pixels: Uint8Array, labels: readonly number[]): void {
    this.#labels.push(...labels);
    for (let start = 0; start < pixels.length; start += IMAGE_SIZE) {
      for (let i = 0; i < IMAGE_SIZE; i++) this.#sums[i]! += pixels[start + i]!;
    }
    this.#histograms.forEach((histogram, channel) => {
      for (let i = channel; i < pixels.length; i += CHANNELS) histogram[pixels[i]!]!++;
    });
  }

  result(): Statistics {
    const images = this.#labels.length;
    const classes = Array.from({ length: 10 }, (_, c) => this.#labels.filter((label) => label === c).length);
    const moments = this.#histograms.map(momentsOf);
    return {
      images,
      classes,
      firstLabels: this.#labels.slice(0, 10),
      mean: moments.map(({ mean }) => mean) as Triple,
      deviation: moments.map(({ deviation }) => deviation) as Triple,
      meanImage: Float32Array.from(this.#sums, (sum) => sum / images / 255),
    };
  }
}

function momentsOf(histogram: Uint32Array): { mean: number; deviation: number } {
  const total = histogram.reduce((sum, n) => sum + n, 0);
  const mean = histogram.reduce((sum, n, value) => sum + n * value, 0) / total;
  const variance = histogram.reduce((sum, n, value) => sum + n * (value - mean) ** 2, 0) / total;
  return { mean: mean / 255, deviation: Math.sqrt(variance) / 255 };
}
