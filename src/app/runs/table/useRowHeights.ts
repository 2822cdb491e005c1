import { useLayoutEffect, useState, type RefObject } from 'react';
import { measuredKinds, type MeasuredKind, type RowHeights } from './items.ts';
import { useTable } from './tableContext.ts';

/** Pixels before a row of the kind was seen. */
const UNSEEN: RowHeights = { run: 38, about: 54, details: 240 };

interface Measured {
  /** What the heights follow from. */
  readonly layout: string;
  readonly kinds: readonly MeasuredKind[];
  readonly heights: RowHeights;
}

/**
 * How high rows are. All of a kind are equally high (table.css), so the first of each that is drawn is measured, and no other; anew when
 * the width of the table or its columns are others: in a narrow window rows are cards.
 */
export function useRowHeights(
  box: RefObject<HTMLTableSectionElement | null>,
  scroll: HTMLElement | null,
): RowHeights {
  const { keys, showsMoments } = useTable();
  const layout = `${useWidth(scroll)} ${keys.length} ${showsMoments}`;
  const [measured, setMeasured] = useState<Measured>({ layout, kinds: [], heights: UNSEEN });
  // What is known is not looked at again.
  // eslint-disable-next-line react-hooks/exhaustive-deps -- any drawing may be the first of a kind of row
  useLayoutEffect(() => {
    const kinds = measured.layout === layout ? measured.kinds : [];
    const found = measuredKinds.flatMap((kind) => {
      if (kinds.includes(kind)) return [];
      const row = box.current?.querySelector<HTMLElement>(`:scope > [data-kind='${kind}']`);
      return row && row.offsetHeight > 0 ? [[kind, row.offsetHeight] as const] : [];
    });
    if (found.length === 0) return;
    const isOther = found.some(([kind, height]) => measured.heights[kind] !== height);
    // eslint-disable-next-line react-hooks/set-state-in-effect -- heights are known once rows are laid out
    setMeasured({
      layout,
      kinds: [...kinds, ...found.map(([kind]) => kind)],
      heights: isOther ? { ...measured.heights, ...Object.fromEntries(found) } : measured.heights,
    });
  });
  return measured.heights;
}

function useWidth(element: HTMLElement | null): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
