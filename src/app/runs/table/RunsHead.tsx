import { Fragment } from 'react';
import { Term } from '../../ui/glossary/Term.tsx';
import { columnTerms } from './columnTerms.ts';
import { columnHints, columns, runsTable as words } from './enRunsTable.ts';
import type { ColumnKey } from './runFacts.ts';
import type { Sorting } from './runsTable.ts';
import { SortChoice } from './SortChoice.tsx';
import { useTable } from './tableContext.ts';

interface Props {
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting | null) => void;
  readonly allSelected: boolean;
  readonly onSelectAll: (on: boolean) => void;
}

export function RunsHead({ sorting, onSort, allSelected, onSelectAll }: Props) {
  const { keys, showsMoments } = useTable();
  return (
    <thead role="rowgroup">
      <tr role="row" aria-rowindex={1}>
        <th role="columnheader" scope="col" className="runs-lead">
          <label className="runs-check">
            <input
              type="checkbox"
              aria-label={words.selectAll}
              checked={allSelected}
              onChange={({ target }) => onSelectAll(target.checked)}
            />
            <span aria-hidden="true">{words.selectAll}</span>
          </label>
          <SortChoice keys={keys} sorting={sorting} onSort={onSort} />
        </th>
        {keys.map((key) => (
          <Fragment key={key}>
            <SortHeader column={key} sorting={sorting} onSort={onSort} />
            {key === 'name' && <Silent name={words.curveColumn} className="runs-curve" />}
          </Fragment>
        ))}
        {showsMoments && (
          <th role="columnheader" scope="col" className="runs-moments" title={words.momentsHint}>
            {words.momentsColumn}
          </th>
        )}
        <Silent name={words.actionsColumn} />
      </tr>
    </thead>
  );
}

/** A column whose cells speak for themselves. */
function Silent({ name, className }: { name: string; className?: string }) {
  return (
    <th role="columnheader" scope="col" className={className}>
      <span className="visually-hidden">{name}</span>
    </th>
  );
}

interface SortHeaderProps {
  readonly column: ColumnKey;
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting | null) => void;
}

/** Ascending, descending, and back to the order in which the runs came. */
function SortHeader({ column, sorting, onSort }: SortHeaderProps) {
  const direction = sorting?.key === column ? sorting.direction : 'none';
  const term = columnTerms[column];
  const next = { none: 'ascending', ascending: 'descending', descending: null } as const;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-label={columns[column]}
      aria-sort={direction}
      title={columnHints[column]}
    >
      <button
        type="button"
        onClick={() => {
          const to = next[direction];
          onSort(to && { key: column, direction: to });
        }}
      >
        {columns[column]}
        <span aria-hidden="true">{{ none: '', ascending: ' \u2191', descending: ' \u2193' }[direction]}</span>
      </button>
      {term && <Term id={term} beside={columns[column]} />}
    </th>
  );
}
