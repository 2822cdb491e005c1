import { useId } from 'react';
import { curveKeys, isShare, type CurveKey } from '../logs/columnChoice.ts';
import { logs as words } from '../messages/enLogs.ts';
import { SelectField } from '../ui/Field.tsx';
import type { CurvesProps } from './LogCurves.tsx';
import { MeasureField } from './MeasureField.tsx';

/** What each column is, where the runs stand side by side. */
export function LogWide(props: CurvesProps) {
  const { options, choice, onChange } = props;
  const id = useId();
  const { wide, place } = choice;
  const set = (column: number, curve: CurveKey | 'none') => {
    const others = wide.filter((one) => one.column !== column);
    const next = curve === 'none' ? others : [...others, { column, curve }];
    onChange({ ...choice, wide: next.sort((a, b) => a.column - b.column) });
  };
  return (
    <>
      {curveKeys.map((key) => {
        const [first, ...others] = wide.flatMap(({ column, curve }) => (curve === key ? [column] : []));
        if (first === undefined || !isShare(key)) return null;
        return (
          <MeasureField
            key={key}
            label={words.measureOf(words.curves[key])}
            columns={[first, ...others]}
            {...props}
          />
        );
      })}
      <fieldset className="log-wide">
        <legend>{words.columns}</legend>
        {options
          .filter(({ index }) => index !== place)
          .map(({ index, name }) => (
            <SelectField
              key={index}
              id={`${id}-${index}`}
              label={name}
              value={wide.find(({ column }) => column === index)?.curve ?? 'none'}
              options={{ none: words.leftOut, ...words.curves }}
              onChange={(curve) => set(index, curve)}
            />
          ))}
      </fieldset>
    </>
  );
}
