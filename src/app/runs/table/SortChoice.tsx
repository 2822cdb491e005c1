import { columns, runsTable as words } from './enRunsTable.ts';
import type { ColumnKey } from './runFacts.ts';
import type { Sorting } from './runsTable.ts';

interface Props {
  readonly keys: readonly ColumnKey[];
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting | null) => void;
}

/** Sorts where the table is a list, and so has no headings to press. */
export function SortChoice({ keys, sorting, onSort }: Props) {
  const direction = sorting?.direction ?? 'ascending';
  return (
    <span className="runs-sort">
      <label>
        {words.sortBy}{' '}
        <select
          value={sorting?.key ?? ''}
          onChange={({ target }) => {
            const key = keys.find((one) => one === target.value);
            onSort(key ? { key, direction } : null);
          }}
        >
          <option value="">{words.asTheyCame}</option>
          {keys.map((key) => (
            <option key={key} value={key}>
              {columns[key]}
            </option>
          ))}
        </select>
      </label>
      {sorting && (
        <button
          type="button"
          aria-label={words.turnOrder}
          onClick={() =>
            onSort({ ...sorting, direction: direction === 'ascending' ? 'descending' : 'ascending' })
          }
        >
          <span aria-hidden="true">{direction === 'ascending' ? '\u2191' : '\u2193'}</span>
        </button>
      )}
    </span>
  );
}
