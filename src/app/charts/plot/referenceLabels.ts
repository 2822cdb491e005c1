/** Where the names of references stand: inside the plot, on their own lines. */
import type { Reference } from '../references/reference.ts';
import { isOn, yOf, type ChartLayout } from './layout.ts';
import { separate } from './separate.ts';

export interface PlacedReference {
  readonly reference: Reference;
  /** The pixel of its line. */
  readonly line: number;
  /** Where its text begins or ends, and its foot. */
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

/** The names of lines, at these heights and between these places, and the references' own texts: their size and the widest. */
interface Texts {
  readonly names: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly size: number;
  readonly widest: number;
}

/**
 * At the right end above each line, below it where there is no room above; at the left while the name of a
 * line would lie over it.
 */
export function placeReferences(
  references: readonly Reference[],
  layout: ChartLayout,
  { names, from, to, size, widest }: Texts,
): readonly PlacedReference[] {
  const end = layout.width - layout.right;
  const gap = 0.35 * size;
  const isCrossed = from < end - size && to > end - widest - size;
  const [top, bottom] = [layout.top + size, layout.height - layout.bottom - gap];
  const wanted = references
    .filter(({ value }) => isOn(layout.y, value))
    .map((reference) => {
      const line = yOf(layout, reference.value);
      const above = line - gap;
      return { item: { reference, line }, wanted: above - size < layout.top ? line + size : above };
    });
  return separate(wanted, 1.15 * size, top, bottom).map(({ item, y }) => {
    const isTaken = isCrossed && names.some((name) => Math.abs(name - (y - gap)) < 1.4 * size);
    return {
      ...item,
      x: isTaken ? layout.left + size / 2 : end - size / 2,
      y,
      anchor: isTaken ? 'start' : 'end',
    };
  });
}
