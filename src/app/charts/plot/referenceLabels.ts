/** Where the names of references stand: inside the plot, on their own lines. */
import type { Reference } from '../references/reference.ts';
import { isOn, yOf, type ChartLayout } from './layout.ts';
import { separate } from './separate.ts';

/** Two texts whose middles are nearer than this, in their size, lie over each other. */
const NEAR = 1.25;
/** By so much more, in its size, a text stands above its line where something is written on that. */
const RAISE = 0.6;

/** From the middle of a text to its foot, in its size. */
const MIDDLE = 0.35;

export interface PlacedReference {
  readonly reference: Reference;
  /** The pixel of its line. */
  readonly line: number;
  /** Where its text begins or ends, and its foot. */
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

/** What is written already, in CSS pixels: from where to where, and at which height its middle is. */
export interface Written {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

/** What stands on the chart beside the references' own texts; their size, and the widest. */
interface Texts {
  readonly written: readonly Written[];
  readonly size: number;
  readonly widest: number;
}

/**
 * At the right end above each line, below it where there is no room above. Where something is written there: a little higher, if it is
 * the only reference; else behind the line's end, where that is free; else at the left.
 */
export function placeReferences(
  references: readonly Reference[],
  layout: ChartLayout,
  { written, size, widest }: Texts,
): readonly PlacedReference[] {
  const end = layout.width - layout.right;
  const gap = 0.55 * size;
  const [top, bottom] = [layout.top + size, layout.height - layout.bottom - gap];
  const wanted = references
    .filter(({ value }) => isOn(layout.y, value))
    .map((reference) => {
      const line = yOf(layout, reference.value);
      const above = line - gap;
      return { item: { reference, line }, wanted: above - size < layout.top ? line + size : above };
    });
  const isFree = (from: number, to: number, y: number) =>
    !written.some(
      (one) => one.from < to && one.to > from && Math.abs(one.y - (y - MIDDLE * size)) < NEAR * size,
    );
  const inner = end - size / 2;
  const outer = end + size / 2;
  return separate(wanted, 1.15 * size, top, bottom).map(({ item, y }) => {
    const higher = y - RAISE * size;
    const beside = item.line + MIDDLE * size;
    const places = [
      { x: inner, y, anchor: 'end', isFree: isFree(inner - widest, end, y) },
      {
        x: inner,
        y: higher,
        anchor: 'end',
        isFree: wanted.length === 1 && higher - size >= layout.top && isFree(inner - widest, end, higher),
      },
      {
        x: outer,
        y: beside,
        anchor: 'start',
        isFree: outer + widest <= layout.width && isFree(outer, outer + widest, beside),
      },
    ] as const;
    const free = places.find((place) => place.isFree);
    const { x, y: foot, anchor } = free ?? { x: layout.left + size / 2, y, anchor: 'start' as const };
    return { ...item, x, y: foot, anchor };
  });
}
