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

/**
 * At the right end above each line, below it where there is no room above; at the left where names of lines, which begin at `column` and
 * are `taken` wide, would lie over them. `size` is that of the texts, `widest` the width of the widest.
 */
export function placeReferences(
  references: readonly Reference[],
  layout: ChartLayout,
  { column, taken, size, widest }: Readonly<Record<'column' | 'taken' | 'size' | 'widest', number>>,
): readonly PlacedReference[] {
  const end = layout.width - layout.right;
  const gap = 0.35 * size;
  const isTaken = column < end - size && column + taken > end - widest - 2 * size;
  const [top, bottom] = [layout.top + size, layout.height - layout.bottom - gap];
  const wanted = references
    .filter(({ value }) => isOn(layout.y, value))
    .map((reference) => {
      const line = yOf(layout, reference.value);
      const above = line - gap;
      return { item: { reference, line }, wanted: above - size < layout.top ? line + size : above };
    });
  return separate(wanted, 1.15 * size, top, bottom).map(({ item, y }) => ({
    ...item,
    x: isTaken ? layout.left + size / 2 : end - size / 2,
    y,
    anchor: isTaken ? 'start' : 'end',
  }));
}
