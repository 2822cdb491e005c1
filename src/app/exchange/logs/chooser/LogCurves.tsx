import { useId, useState } from 'react';
import { curveKeys, extraKeys, isShare, type ColumnChoice, type CurveKey } from '../columns/columnChoice.ts';
import type { LogOutline } from '../logProtocol.ts';
import { logs as words } from './enLogs.ts';
import { CheckField } from '../../../ui/Field.tsx';
import { ColumnField, ColumnsField } from './ColumnField.tsx';
import type { Option } from './columnList.ts';
import { MeasureField } from './MeasureField.tsx';

export interface CurvesProps {
  readonly outline: LogOutline;
  readonly options: readonly Option[];
  readonly choice: ColumnChoice;
  readonly onChange: (choice: ColumnChoice) => void;
}

/** Which columns are the curves, where the runs stand below one another. */
export function LogCurves(props: CurvesProps) {
  const { outline, options, choice, onChange } = props;
  const id = useId();
  const { curves, extras } = choice;
  const set = (key: CurveKey) => (columns: readonly number[]) =>
    onChange({ ...choice, curves: { ...curves, [key]: columns } });
  return (
    <>
      {curveKeys.map((key) => (
        <div key={key} className="log-curve">
          <ColumnsField
            label={words.curves[key]}
            labelAnd={words.curveAnd(words.curves[key])}
            options={options}
            none={words.none}
            values={curves[key]}
            isOpen={false}
            onChange={set(key)}
          />
          {isShare(key) &&
            curves[key].map((column, i) => (
              <MeasureField
                key={column}
                label={words.measureOf(i === 0 ? words.curves[key] : (outline.header[column] ?? ''))}
                columns={[column]}
                {...props}
              />
            ))}
        </div>
      ))}
      <MoreColumns {...props} set={set} />
      {(curves.testError.length > 0 || curves.testLoss.length > 0) && extras.images === null && (
        <CheckField
          id={`${id}-complete`}
          label={words.complete}
          checked={choice.complete}
          onChange={(complete) => onChange({ ...choice, complete })}
        />
      )}
    </>
  );
}

type MoreProps = CurvesProps & { readonly set: (key: CurveKey) => (columns: readonly number[]) => void };

/** Seldom asked for: its lists are made when it is opened. */
function MoreColumns({ options, choice, onChange, set }: MoreProps) {
  const [isOpen, setOpen] = useState(false);
  const { curves, extras } = choice;
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.more}</summary>
      {isOpen &&
        extraKeys.map((key) => (
          <ColumnField
            key={key}
            label={words.extras[key]}
            options={options}
            none={words.none}
            value={extras[key]}
            onChange={(index) => onChange({ ...choice, extras: { ...extras, [key]: index } })}
          />
        ))}
      {isOpen &&
        curveKeys
          .filter((key) => curves[key].length > 0)
          .map((key) => (
            <ColumnField
              key={key}
              label={words.curveAnd(words.curves[key])}
              options={options.filter(({ index }) => !curves[key].includes(index))}
              none={words.none}
              value={null}
              onChange={(index) => {
                if (index !== null) set(key)([...curves[key], index]);
              }}
            />
          ))}
    </details>
  );
}
