/** Places, colours and ticks of the pictures by layer and step. */
import type { PanelScale } from '../../app/inside/plot/Panel.tsx';
import { integer, plainNumber } from '../../app/ui/format.ts';
import { placeOf, type Column } from './columns.ts';

/** Half of a column that stands alone. */
const ALONE = 0.15;

/** Where columns begin and end: half way to their neighbours; one more than there are columns. */
export function edgesOf(columns: readonly Pick<Column, 'step'>[]): readonly number[] {
  const places = columns.map(({ step }) => placeOf(step));
  const [first, second] = places;
  const [last, before] = [places.at(-1), places.at(-2)];
  if (first === undefined || last === undefined) return [];
  const half = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? ALONE : Math.abs(a - b) / 2;
  return [
    first - half(first, second),
    ...places.slice(1).map((place, i) => (place + places[i]!) / 2),
    last + half(last, before),
  ];
}

export interface StepScale extends PanelScale {
  /** Of a place: see placeOf. */
  readonly atPlace: (place: number) => number;
}

/** Pixels between the numbers of two steps. */
const TICK = 40;

/** An axis of steps between two places. */
export function stepScale(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): StepScale {
  const atPlace = (place: number) => start + ((place - from) / (to - from || 1)) * (end - start);
  const scale = (step: number) => atPlace(placeOf(step));
  const inside = (step: number) => placeOf(step) >= from && placeOf(step) <= to;
  // Powers of ten first: what comes too near to them is left out.
  const powers = [0, ...Array.from({ length: 8 }, (_, i) => 10 ** i)];
  const others = [2, 5].flatMap((factor) => powers.slice(1).map((power) => factor * power));
  const ticks: number[] = [];
  for (const step of [...powers, ...others]) {
    if (inside(step) && ticks.every((other) => Math.abs(scale(other) - scale(step)) >= TICK))
      ticks.push(step);
  }
  return Object.assign(scale, {
    atPlace,
    range: () => [start, end],
    ticks: () => ticks.sort((a, b) => a - b),
    tickFormat: () => integer,
  });
}

export interface FieldScale {
  /** Of the way through the colours, 0 to 1; NaN of what is no number. */
  readonly share: (value: number) => number;
  readonly ticks: readonly { readonly share: number; readonly label: string }[];
}

/** One scale for all of these values: from 0, or by logarithms from the least. */
export function fieldScale(values: readonly number[], isLog: boolean): FieldScale {
  const real = values.filter((value) => Number.isFinite(value) && (!isLog || value > 0));
  const most = Math.max(...real, isLog ? 1e-12 : 0) || 1;
  const least = isLog ? Math.min(...real, most) : 0;
  const label = (value: number) => plainNumber(Number(value.toPrecision(2)));
  if (!isLog) {
    return { share: (value) => value / most, ticks: [0, 0.5, 1].map((share) => ({ share, label: label(share * most) })) }; // prettier-ignore
  }
  const way = Math.log(most / least) || 1;
  return {
    // A filter that gets nothing is at the lower end.
    share: (value) => (value === 0 ? 0 : Math.log(value / least) / way),
    ticks: (most > least ? [0, 0.5, 1] : [0]).map((share) => ({ share, label: label(least * Math.exp(share * way)) })), // prettier-ignore
  };
}
