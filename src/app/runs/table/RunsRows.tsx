import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { groupId } from '../allRuns.ts';
import { kindOf, type TableItem } from './items.ts';
import { DetailsRow } from './DetailsRow.tsx';
import { GroupRow } from './GroupRow.tsx';
import { RowPool } from './RowPool.ts';
import { RunRow } from './RunRow.tsx';
import { useRowHeights } from './useRowHeights.ts';
import { useAppState } from '../../state/hooks/AppContext.ts';

/** So many rows are all drawn; of more those in sight, and some beside them. */
export const ALL_DRAWN = 100;
const OVERSCAN = 8;
/** Beside those that pass by. */
const PASSING_OVERSCAN = 1;

interface Props {
  readonly items: readonly TableItem[];
  readonly selected: ReadonlySet<string>;
  readonly expanded: ReadonlySet<string>;
  readonly depths: ReadonlyMap<string, number>;
  readonly scroll: HTMLElement | null;
}

export function RunsRows(props: Props) {
  const isPrinting = usePrinting();
  return props.items.length <= ALL_DRAWN || isPrinting ? <AllRows {...props} /> : <RowsInSight {...props} />;
}

function AllRows({ items, selected, expanded, depths }: Props) {
  const shared = { selected, expanded, depths, ...useRowFacts() };
  return (
    <tbody role="rowgroup">
      {items.map((item, i) => (
        <Row key={item.key} item={item} index={i} {...shared} />
      ))}
    </tbody>
  );
}

function RowsInSight({ items, scroll, ...given }: Props) {
  // What has the focus stays, however far it is scrolled away.
  const [focused, setFocused] = useState<string | null>(null);
  const box = useRef<HTMLTableSectionElement>(null);
  const heights = useRowHeights(box, scroll);
  // The same as long as nothing else stands anywhere: with another, all places are computed anew.
  const keyAt = useCallback(
    (index: number) => items[index]?.key ?? `${index} of ${heights.run}`,
    [items, heights],
  );
  const heightAt = useCallback((index: number) => heights[kindOf(items[index])], [items, heights]);
  const seen = useRef(0);
  const rangeWithFocus = useCallback(
    (range: Range) => {
      const isPassing = Math.abs(range.startIndex - seen.current) > (range.endIndex - range.startIndex) / 2;
      seen.current = range.startIndex;
      const inSight = defaultRangeExtractor(isPassing ? { ...range, overscan: PASSING_OVERSCAN } : range);
      const held = focused === null ? -1 : items.findIndex(({ key }) => key === focused);
      return held < 0 || inSight.includes(held) ? inSight : [...inSight, held].sort((a, b) => a - b);
    },
    [items, focused],
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- it is about a compiler, which is not used here
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll,
    // Before what scrolls is there, rows for a whole window are drawn: none would be a first picture without rows.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    estimateSize: heightAt,
    overscan: OVERSCAN,
    getItemKey: keyAt,
    rangeExtractor: rangeWithFocus,
  });
  const shared = { ...given, ...useRowFacts() };
  const [pool] = useState(() => new RowPool());
  const drawn = rows.getVirtualItems().map(({ index, start }) => ({ index, start, item: items[index]! }));
  // What has the focus must not be moved, nor what comes next to it stand elsewhere.
  const isHandedOn = focused === null;
  pool.assign(
    drawn.map(({ item }) => ({ key: item.key, kind: pooledKind(item) })),
    isHandedOn,
  );
  // In the order of the list, as they are read and walked through, once nothing scrolls: until then none is moved.
  if (isHandedOn && rows.isScrolling) {
    drawn.sort((a, b) => pool.rowOf(a.item.key) - pool.rowOf(b.item.key));
  }
  return (
    <tbody
      ref={box}
      role="rowgroup"
      className="runs-window"
      style={{ height: rows.getTotalSize() }}
      onFocus={({ target }) => setFocused(target.closest('tr')?.dataset['item'] ?? null)}
      onBlur={() => setFocused(null)}
    >
      {drawn.map(({ index, start, item }) => (
        <Row
          key={pool.rowOf(item.key)}
          item={item}
          index={index}
          start={start}
          measure={rows.measureElement}
          {...shared}
        />
      ))}
    </tbody>
  );
}

/** What is open is a form that somebody may have begun to fill in. */
const pooledKind = (item: TableItem): string | null =>
  item.kind === 'details' ? null : `${item.kind} ${kindOf(item)}`;

/** What rows show that changes while they stand: read here once, and not by each of them. */
function useRowFacts() {
  const hidden = useAppState((state) => state.view.hidden);
  const moments = useAppState((state) => state.moments);
  return { hidden: useMemo(() => new Set(hidden), [hidden]), moments };
}

interface RowProps extends Omit<Props, 'items' | 'scroll'>, ReturnType<typeof useRowFacts> {
  readonly item: TableItem;
  readonly index: number;
  /** Pixels from the top; absent where all rows are drawn. */
  readonly start?: number;
  readonly measure?: (element: HTMLElement | null) => void;
}

/** Hands each row only what it shows: one that shows the same is not drawn again. */
function Row({ item, index, start, measure, selected, expanded, depths, hidden, moments }: RowProps) {
  const place = { index, start, itemKey: item.key };
  switch (item.kind) {
    case 'run': {
      const { id, summary } = item.row.run;
      return (
        <RunRow
          {...place}
          row={item.row}
          inner={item.inner}
          depth={depths.get(id) ?? 0}
          selected={selected.has(id)}
          expanded={expanded.has(id)}
          hidden={hidden.has(id)}
          shown={summary === null && !hidden.has(id)}
          moments={moments.get(id)}
        />
      );
    }
    case 'group': {
      const { key, rows } = item.group;
      return (
        <GroupRow
          {...place}
          group={item.group}
          selected={rows.every(({ run }) => selected.has(run.id))}
          expanded={expanded.has(key)}
          hidden={hidden.has(groupId(rows[0].run))}
        />
      );
    }
    case 'details':
      return <DetailsRow {...place} run={item.row.run} measure={measure} />;
  }
}

/** Whether the page is being printed: then all is drawn. */
function usePrinting(): boolean {
  const [isPrinting, setIsPrinting] = useState(false);
  useEffect(() => {
    // Before the browser takes the picture.
    const before = () => flushSync(() => setIsPrinting(true));
    const after = () => setIsPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return isPrinting;
}
