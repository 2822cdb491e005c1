import { useContext, useId, useState, type ReactNode } from 'react';
import { curveKeys, isShare, type ColumnChoice, type CurveKey } from '../columns/columnChoice.ts';
import { logs as words } from './enLogs.ts';
import { SelectField } from '../../../ui/Field.tsx';
import { matching, SoughtColumn, type Option } from './columnList.ts';
import type { CurvesProps } from './LogCurves.tsx';
import { MeasureField } from './MeasureField.tsx';

/** Columns whose fields are shown at a time. */
const PAGE = 40;

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
      <ColumnPages {...props} options={options.filter(({ index }) => index !== place)}>
        {({ index, name }) => (
          <SelectField
            key={index}
            id={`${id}-${index}`}
            label={name}
            value={wide.find(({ column }) => column === index)?.curve ?? 'none'}
            options={{ none: words.leftOut, ...words.curves }}
            onChange={(curve) => set(index, curve)}
          />
        )}
      </ColumnPages>
    </>
  );
}

type PagesProps = Pick<CurvesProps, 'outline' | 'options'> & {
  readonly children: (option: Option) => ReactNode;
};

/** A field for each column; of very many those that are looked for, some at a time, what was taken for curves first. */
function ColumnPages({ outline, options, children }: PagesProps) {
  const id = useId();
  const sought = useContext(SoughtColumn);
  // What is looked for anew is shown from its beginning.
  const [shown, setShown] = useState({ sought, page: '0' });
  const isPaged = options.length > PAGE;
  const found = isPaged ? matching(curvesFirst(options, outline.guess), sought) : options;
  const pages = Object.fromEntries(
    Array.from({ length: Math.ceil(found.length / PAGE) }, (_, i) => {
      const [from, to] = [i * PAGE, Math.min((i + 1) * PAGE, found.length)];
      return [String(i), words.page(from + 1, to, found.length)];
    }),
  );
  const page = shown.sought === sought && shown.page in pages ? shown.page : '0';
  return (
    <>
      {found.length > PAGE && (
        <SelectField
          id={`${id}-page`}
          label={words.pages}
          value={page}
          options={pages}
          onChange={(next) => setShown({ sought, page: next })}
        />
      )}
      <fieldset className="log-wide">
        <legend>{words.columns}</legend>
        {found.slice(Number(page) * PAGE, (Number(page) + 1) * PAGE).map(children)}
      </fieldset>
    </>
  );
}

/** By the guess and not by the choice: a field stays where it is when it is changed. */
function curvesFirst(options: readonly Option[], { wide }: ColumnChoice): readonly Option[] {
  const guessed = new Set(wide.map(({ column }) => column));
  const isCurve = ({ index }: Option) => guessed.has(index);
  return [...options.filter(isCurve), ...options.filter((option) => !isCurve(option))];
}
