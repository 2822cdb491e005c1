/** What of the moments is drawn, and how those of several looks come together. */
import { spread } from '../../insights/histogram.ts';
import type { LayerSignal, Quantity, SignalAnswer, SignalMoment } from './signal.ts';

/** Columns of a picture at most: of a long run every other one is left out. */
const MOST_COLUMNS = 120;

const valueOfLayer: Readonly<Record<Quantity, (layer: LayerSignal) => number | null>> = {
  deviation: ({ deviation }) => deviation,
  gradient: ({ gradient, weight }) => (gradient === null ? null : gradient / weight),
  update: ({ update, weight }) => (update === null ? null : update / weight),
};

/** A moment's values by layer; null where it has none of this quantity. */
export function valuesOf({ layers }: SignalMoment, of: Quantity): readonly number[] | null {
  const values = layers.flatMap((layer) => valueOfLayer[of](layer) ?? []);
  return values.length === layers.length && values.length > 0 ? values : null;
}

/** The moment that is looked at: of several that were, the last. */
export const shownMoment = (moments: readonly SignalMoment[]): SignalMoment | undefined =>
  moments.findLast(({ isShown }) => isShown);

/** The values that are drawn of one moment: of the one that is looked at, or else of the last one before it that has them. */
export function linesOf(
  moments: readonly SignalMoment[],
  of: Quantity,
): {
  readonly step: number | null;
  readonly values: readonly number[];
  /** The layers', in the order of the values. */
  readonly names: readonly string[];
  readonly isShown: boolean;
} | null {
  const at = moments.findLastIndex(({ isShown }) => isShown);
  for (const moment of moments.slice(0, at + 1).toReversed()) {
    const values = valuesOf(moment, of);
    if (!values) continue;
    const names = moment.layers.map(({ name }) => name);
    return { step: moment.step, values, names, isShown: moment === moments[at] };
  }
  return null;
}

export interface Column {
  readonly step: number;
  readonly values: readonly number[];
}

/** The columns of a net's picture, by ascending step. Without a step a moment has no place in it. */
export const columnsOf = (moments: readonly SignalMoment[], of: Quantity): readonly Column[] =>
  moments.flatMap((moment) => {
    const values = valuesOf(moment, of);
    return values && moment.step !== null ? [{ step: moment.step, values }] : [];
  });

/** The moments of both answers; of one step both together. */
export function joined(before: SignalAnswer, answer: SignalAnswer): SignalAnswer {
  return {
    nets: answer.nets.map((own, i) => {
      const byStep = new Map((before.nets[i] ?? []).map((moment) => [moment.step, moment]));
      for (const moment of own) byStep.set(moment.step, merged(byStep.get(moment.step), moment));
      const inOrder = [...byStep.values()].sort((a, b) => (a.step ?? Infinity) - (b.step ?? Infinity));
      return [...spread(inOrder, MOST_COLUMNS)];
    }),
  };
}

/** The newer, with what only the older one has. */
const merged = (older: SignalMoment | undefined, newer: SignalMoment): SignalMoment =>
  older
    ? {
        ...newer,
        isShown: older.isShown || newer.isShown,
        isKept: older.isKept || newer.isKept,
        layers: newer.layers.map((layer, i) => ({
          ...layer,
          gradient: layer.gradient ?? older.layers[i]?.gradient ?? null,
          update: layer.update ?? older.layers[i]?.update ?? null,
        })),
      }
    : newer;

/** The last kept step that there is of a net; -1 of none. */
export const lastKept = (moments: readonly SignalMoment[]): number =>
  Math.max(-1, ...moments.flatMap(({ step, isKept }) => (isKept && step !== null ? [step] : [])));

/** Where a step stands along the picture: the ladder's 1, 2, 5, 10, 20 are about as far from each other. */
export const placeOf = (step: number): number => Math.log10(1 + step);
