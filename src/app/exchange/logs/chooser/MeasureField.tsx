import { useId } from 'react';
import { measureOf, type ColumnChoice } from '../columns/columnChoice.ts';
import type { LogOutline } from '../logProtocol.ts';
import { logs as words } from './enLogs.ts';
import { SelectField } from '../../../ui/Field.tsx';

interface Props {
  readonly label: string;
  /** All are set alike; the first is shown. */
  readonly columns: readonly [number, ...number[]];
  readonly outline: LogOutline;
  readonly choice: ColumnChoice;
  readonly onChange: (choice: ColumnChoice) => void;
}

/** Whether a curve of images is of right or of wrong ones, and in %. */
export function MeasureField({ label, columns, outline, choice, onChange }: Props) {
  const id = useId();
  const facts = outline.columns[columns[0]];
  if (!facts) return null;
  return (
    <SelectField
      id={id}
      label={label}
      value={measureOf(choice, columns[0], facts, outline.isOurs)}
      options={words.measures}
      onChange={(measure) => {
        const chosen = Object.fromEntries(columns.map((column) => [column, measure]));
        onChange({ ...choice, measures: { ...choice.measures, ...chosen } });
      }}
    />
  );
}
