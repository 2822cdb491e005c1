import { useContext, useId, type ReactNode } from 'react';
import { logs as words } from './enLogs.ts';
import { listedColumns, SoughtColumn, type Option } from './columnList.ts';

interface ColumnProps {
  readonly label: string;
  readonly options: readonly Option[];
  /** What is shown where no column is chosen. */
  readonly none: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** A choice of one column, or of none. */
export function ColumnField({ value, onChange, ...props }: ColumnProps) {
  return (
    <ColumnSelect
      {...props}
      value={value === null ? '' : String(value)}
      onChange={(text) => onChange(text === '' ? null : Number(text))}
    />
  );
}

interface PlaceProps extends Omit<ColumnProps, 'value' | 'onChange'> {
  readonly rows: string;
  readonly value: number | 'row' | null;
  readonly onChange: (value: number | 'row' | null) => void;
}

/** A choice of one column, of the rows themselves, or of none. */
export function PlaceField({ rows, value, onChange, ...props }: PlaceProps) {
  return (
    <ColumnSelect
      {...props}
      value={value === null ? '' : String(value)}
      onChange={(text) => onChange(text === '' ? null : text === 'row' ? text : Number(text))}
    >
      <option value="row">{rows}</option>
    </ColumnSelect>
  );
}

interface SelectProps extends Omit<ColumnProps, 'value' | 'onChange'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children?: ReactNode;
}

function ColumnSelect({ label, options, none, value, onChange, children }: SelectProps) {
  const id = useId();
  const sought = useContext(SoughtColumn);
  const listed = listedColumns(options, sought, /^\d+$/.test(value) ? Number(value) : null);
  return (
    <div className="field field-choice">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{none}</option>
        {children}
        {listed.options.map(({ index, name }) => (
          <option key={index} value={index}>
            {name}
          </option>
        ))}
        {listed.more > 0 && <option disabled>{words.moreListed(listed.more)}</option>}
      </select>
    </div>
  );
}

interface ColumnsProps extends Omit<ColumnProps, 'value' | 'onChange'> {
  readonly labelAnd: string;
  readonly values: readonly number[];
  /** Whether one more may be chosen. */
  readonly isOpen: boolean;
  readonly onChange: (values: readonly number[]) => void;
}

/** A choice of several columns, one below the other. */
export function ColumnsField({ label, labelAnd, none, options, values, isOpen, onChange }: ColumnsProps) {
  const shown: readonly (number | null)[] = isOpen || values.length === 0 ? [...values, null] : values;
  return (
    <>
      {shown.map((value, i) => (
        <ColumnField
          key={i}
          label={i === 0 ? label : labelAnd}
          options={options.filter(({ index }) => index === value || !values.includes(index))}
          none={i === 0 ? none : '\u2013'}
          value={value}
          onChange={(next) =>
            onChange([...values.slice(0, i), ...(next === null ? [] : [next]), ...values.slice(i + 1)])
          }
        />
      ))}
    </>
  );
}
