import { useEffect, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { groupId } from '../allRuns.ts';
import type { TableItem } from './items.ts';
import { GroupCells } from './GroupRow.tsx';
import { RunCells } from './RunRow.tsx';
import { RunDetails } from './RunDetails.tsx';
import { useTable } from './tableContext.ts';
import { useAppState } from '../../state/hooks/AppContext.ts';

/** So many rows are all drawn; of more those in sight, and some beside them. */
export const ALL_DRAWN = 100;
const OVERSCAN = 12;
/** Pixels of a row before it is measured. */
const HEIGHT = 38;
/** The head is the first row. */
const FIRST = 2;

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
  const shared = { selected, expanded, depths };
  return (
    <tbody>
      {items.map((item, i) => (
        <Row key={item.key} item={item} index={i} {...shared} />
      ))}
    </tbody>
  );
}

function RowsInSight({ items, scroll, ...shared }: Props) {
  // What has the focus stays, however far it is scrolled away.
  const [focused, setFocused] = useState<string | null>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- it is about a compiler, which is not used here
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll,
    estimateSize: () => HEIGHT,
    overscan: OVERSCAN,
    getItemKey: (index) => items[index]?.key ?? index,
    rangeExtractor: (range: Range) => {
      const inSight = defaultRangeExtractor(range);
      const held = focused === null ? -1 : items.findIndex(({ key }) => key === focused);
      return held < 0 || inSight.includes(held) ? inSight : [...inSight, held].sort((a, b) => a - b);
    },
  });
  const { columnCount } = useTable();
  const drawn = rows.getVirtualItems();
  const gap = (key: string, height: number) =>
    height > 0 && (
      <tr key={key} aria-hidden="true" className="runs-gap" style={{ height }}>
        <td colSpan={columnCount} />
      </tr>
    );
  const end = drawn.at(-1)?.end ?? 0;
  return (
    <tbody
      onFocus={({ target }) => setFocused(target.closest('tr')?.dataset['key'] ?? null)}
      onBlur={() => setFocused(null)}
    >
      {drawn.flatMap(({ index, start, key }, i) => [
        gap(`gap ${key}`, start - (drawn[i - 1]?.end ?? 0)),
        <Row key={key} item={items[index]!} index={index} measure={rows.measureElement} {...shared} />,
      ])}
      {gap('gap at the end', rows.getTotalSize() - end)}
    </tbody>
  );
}

interface RowProps extends Omit<Props, 'items' | 'scroll'> {
  readonly item: TableItem;
  readonly index: number;
  readonly measure?: (element: HTMLElement | null) => void;
}

function Row({ item, index, selected, expanded, depths, measure }: RowProps) {
  const shared = {
    ref: measure,
    'data-index': index,
    'data-key': item.key,
    'aria-rowindex': index + FIRST,
  };
  switch (item.kind) {
    case 'run': {
      const { run } = item.row;
      return (
        <HidingRow {...shared} data-run={run.id} data-aside={run.summary !== null}>
          <RunCells
            row={item.row}
            selected={selected.has(run.id)}
            expanded={expanded.has(run.id)}
            inner={item.inner}
            depth={depths.get(run.id) ?? 0}
          />
        </HidingRow>
      );
    }
    case 'group':
      return (
        <HidingRow {...shared} data-group={groupId(item.group.rows[0].run)}>
          <GroupCells group={item.group} selected={selected} expanded={expanded.has(item.group.key)} />
        </HidingRow>
      );
    case 'details':
      return (
        <tr {...shared} data-details={item.row.run.id}>
          <DetailsCell>
            <RunDetails run={item.row.run} />
          </DetailsCell>
        </tr>
      );
  }
}

function DetailsCell({ children }: { children: ReactNode }) {
  const { columnCount } = useTable();
  return <td colSpan={columnCount}>{children}</td>;
}

interface HidingRowProps {
  readonly ref: ((element: HTMLElement | null) => void) | undefined;
  readonly children: ReactNode;
  readonly 'data-run'?: string;
  readonly 'data-group'?: string;
  readonly 'data-aside'?: boolean;
}

/** A row that says whether it is hidden on the charts. */
function HidingRow({ children, ...rest }: HidingRowProps) {
  const id = rest['data-run'] ?? rest['data-group'] ?? '';
  const isHidden = useAppState((state) => state.view.hidden.includes(id));
  return (
    <tr {...rest} data-hidden={isHidden}>
      {children}
    </tr>
  );
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
