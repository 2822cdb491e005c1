import { charts as words } from '../enCharts.ts';
import { LaneMark } from '../../ui/Marker.tsx';
import type { ReadingKey, ReadingOrder, ReadingRow } from './reading.ts';
import { readingColumns } from './readingColumns.ts';
import type { Quantity, ValueKey } from '../quantities.ts';

interface Props {
  readonly title: string;
  readonly quantity: Quantity;
  readonly rows: readonly ReadingRow[];
  readonly format: (value: number) => string;
  /** Width that a name may take, in CSS pixels; a longer one ends in dots. */
  readonly nameRoom?: number;
  /** By what the rows are sorted, and how to sort them otherwise; without it they cannot be. */
  readonly sorting?: { readonly order: ReadingOrder; readonly onSort: (key: ReadingKey) => void };
}

/** The value of a row in a column. */
export const readingValue = (row: ReadingRow, key: ValueKey): number | null =>
  key === 'test' ? (row.test?.y ?? null) : row[key];

/** One row for each lane: its values at one place of the axis. */
export function ReadingTable({ title, quantity, rows, format, nameRoom, sorting }: Props) {
  const columns = readingColumns(quantity);
  return (
    <table>
      <thead>
        <tr>
          <Heading name="name" text={title} span={2} sorting={sorting} />
          {columns.map(({ key, heading }) => (
            <Heading key={key} name={key} text={heading} span={1} sorting={sorting} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.curve.id}>
            <td>
              <LaneMark style={row.curve.style} />
            </td>
            <th scope="row" title={row.curve.name}>
              <span className="reading-name" style={{ maxWidth: nameRoom }}>
                {row.curve.name}
              </span>
            </th>
            {columns.map(({ key }) => {
              const value = readingValue(row, key);
              return (
                <td key={key} data-key={key} data-value={value === null ? undefined : String(value)}>
                  {value === null ? words.none : format(value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeadingProps {
  readonly sorting: Props['sorting'] | undefined;
  readonly name: ReadingKey;
  readonly text: string;
  readonly span: number;
}

function Heading({ name, text, span, sorting }: HeadingProps) {
  if (!sorting) {
    return (
      <th scope="col" colSpan={span}>
        {text}
      </th>
    );
  }
  const { order, onSort } = sorting;
  const direction = order?.key !== name ? 'none' : order.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" colSpan={span} aria-sort={direction}>
      <button type="button" className="sort-button" onClick={() => onSort(name)}>
        {text}
        <span aria-hidden="true">{{ none: '', ascending: '\u2191', descending: '\u2193' }[direction]}</span>
      </button>
    </th>
  );
}
