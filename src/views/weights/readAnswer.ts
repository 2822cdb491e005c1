/** What is drawn and said of an answer. */
import type { Histogram } from '../../insights/histogram.ts';
import type { CountedLayer, CountedMoment, Quantity, WeightsAnswer } from './weights.ts';

/** The moment that is looked at, which is always there. */
export const shownMoment = (moments: readonly CountedMoment[]): CountedMoment => {
  const shown = moments.find(({ isShown }) => isShown);
  if (!shown) throw new Error('the moment that is looked at was not counted');
  return shown;
};

export const histogramOf = (layer: CountedLayer, of: Quantity): Histogram | null => layer[of];

const valuesOf = ({ counts }: Histogram): number => counts.reduce((sum, count) => sum + count, 0);

/** Share of a layer's values in each bin. */
export function sharesOf(histogram: Histogram): readonly number[] {
  const total = valuesOf(histogram);
  return Array.from(histogram.counts, (count) => (total === 0 ? 0 : count / total));
}

/** Share of a layer's values that are zero; NaN where none is a number. */
export const zeroShareOf = (histogram: Histogram): number => histogram.zeros / valuesOf(histogram);

/** The first and the last value of the bins. */
export const rangeOf = ({ ranges }: WeightsAnswer, of: Quantity): readonly [number, number] => [
  of === 'active' ? 0 : -ranges[of],
  ranges[of],
];

/** The layers of all nets, in the order of the deepest. */
export const layerNames = (graphs: readonly (readonly string[])[]): readonly string[] => {
  const deepest = graphs.toSorted((a, b) => b.length - a.length);
  return [...new Set(deepest.flat())];
};
