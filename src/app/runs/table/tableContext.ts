import { createContext, useContext } from 'react';
import type { AppState } from '../../state/AppState.ts';
import type { Run } from '../../state/run.ts';
import type { ColumnKey } from './runFacts.ts';

/** The moment from which a run can be gone on with: its step, 0 for its beginning; null if it cannot. */
export type GoesOnFrom = (state: Pick<AppState, 'moments'>, run: Run) => number | null;

/** What every row of the table needs. The same object as long as nothing of it changes. */
export interface TableContextValue {
  readonly keys: readonly ColumnKey[];
  readonly goesOnFrom: GoesOnFrom;
  /** Whether any run of the table has moments. */
  readonly showsMoments: boolean;
  /** Cells of a row. */
  readonly columnCount: number;
  readonly onSelect: (ids: readonly string[], on: boolean) => void;
  /** Opens or closes a group, by its key, or a run's details, by its id. */
  readonly onExpand: (key: string, on: boolean) => void;
  readonly onTag: (tag: string) => void;
  /** Shows runs on the charts, wherever their curves are; tells those whose curves cannot be read. */
  readonly onShow: (ids: readonly string[]) => void;
}

export const TableContext = createContext<TableContextValue | null>(null);

export function useTable(): TableContextValue {
  const table = useContext(TableContext);
  if (!table) throw new Error('this row stands outside of RunsTable');
  return table;
}
