import { useId, useState } from 'react';
import { logs as words } from '../messages/enLogs.ts';
import { curveKeys, extraKeys, type ColumnChoice, type CurveKey } from '../logs/columnChoice.ts';
import type { LogTable } from '../logs/logTable.ts';
import { readNumber } from '../store/readDraft.ts';
import { CheckField, SelectField, TextField } from '../ui/Field.tsx';

interface Props {
  readonly table: LogTable;
  readonly choice: ColumnChoice;
  readonly onChange: (choice: ColumnChoice) => void;
}

/** The questions about the columns of a log, each answered by a guess at first. */
export function LogColumns(props: Props) {
  const { table, choice, onChange } = props;
  const id = useId();
  const edit = (patch: Partial<ColumnChoice>) => onChange({ ...choice, ...patch });
  const { header } = table;
  return (
    <div className="log-columns">
      <SelectField
        id={`${id}-layout`}
        label={words.layout}
        value={choice.layout}
        options={words.layouts}
        onChange={(layout) => edit({ layout })}
      />
      {choice.layout === 'long' && (
        <ColumnField
          label={words.run}
          header={header}
          none={words.oneRun}
          value={choice.run}
          onChange={(run) => edit({ run })}
        />
      )}
      <PlaceFields {...props} />
      {choice.layout === 'long' ? <LongFields {...props} /> : <WideFields {...props} />}
    </div>
  );
}

function PlaceFields({ table: { header }, choice, onChange }: Props) {
  const id = useId();
  const [typed, setTyped] = useState(String(choice.stepsPerEpoch));
  const edit = (patch: Partial<ColumnChoice>) => onChange({ ...choice, ...patch });
  return (
    <>
      <ColumnField
        label={words.place}
        header={header}
        none={words.notChosen}
        value={choice.place}
        onChange={(place) => edit({ place })}
      />
      <SelectField
        id={`${id}-unit`}
        label={words.unit}
        value={choice.unit}
        options={words.units}
        onChange={(unit) => edit({ unit })}
      />
      {choice.unit === 'epoch' && (
        <TextField
          id={`${id}-steps`}
          label={words.stepsPerEpoch}
          hint={words.stepsPerEpochHint}
          value={typed}
          inputMode="numeric"
          onChange={(text) => {
            setTyped(text);
            // What is no number makes no step, and the reading says so.
            edit({ stepsPerEpoch: readNumber(text) ?? NaN });
          }}
        />
      )}
      <CheckField
        id={`${id}-zero`}
        label={words.fromZero}
        checked={choice.fromZero}
        onChange={(fromZero) => edit({ fromZero })}
      />
    </>
  );
}

function LongFields(props: Props) {
  const { table, choice, onChange } = props;
  const { header } = table;
  const id = useId();
  const { curves, extras } = choice;
  return (
    <>
      {curveKeys.map((key) => (
        <div key={key} className="log-curve">
          <ColumnField
            label={words.curves[key]}
            header={header}
            none={words.none}
            value={curves[key]}
            onChange={(index) => onChange({ ...choice, curves: { ...curves, [key]: index } })}
          />
          {curves[key] !== null && <MeasureField curve={key} {...props} />}
        </div>
      ))}
      <details>
        <summary>{words.more}</summary>
        {extraKeys.map((key) => (
          <ColumnField
            key={key}
            label={words.extras[key]}
            header={header}
            none={words.none}
            value={extras[key]}
            onChange={(index) => onChange({ ...choice, extras: { ...extras, [key]: index } })}
          />
        ))}
      </details>
      {(curves.testError !== null || curves.testLoss !== null) && extras.images === null && (
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

function WideFields(props: Props) {
  const { table, choice, onChange } = props;
  const id = useId();
  const { columns, place } = choice;
  return (
    <>
      <SelectField
        id={`${id}-curve`}
        label={words.wideCurve}
        value={choice.wideCurve}
        options={words.curves}
        onChange={(wideCurve) => onChange({ ...choice, wideCurve })}
      />
      <MeasureField curve={choice.wideCurve} {...props} />
      <fieldset className="log-wide">
        <legend>{words.columns}</legend>
        {table.header.map(
          (name, i) =>
            i !== place && (
              <CheckField
                key={i}
                id={`${id}-${i}`}
                label={name}
                checked={columns.includes(i)}
                onChange={(on) =>
                  onChange({ ...choice, columns: on ? [...columns, i] : columns.filter((one) => one !== i) })
                }
              />
            ),
        )}
      </fieldset>
    </>
  );
}

/** Whether a curve of images is of right or of wrong ones, and in %. */
function MeasureField({ curve, choice, onChange }: Props & { readonly curve: CurveKey }) {
  const id = useId();
  if (curve !== 'trainingError' && curve !== 'testError') return null;
  const { measures } = choice;
  return (
    <SelectField
      id={id}
      label={words.measureOf(words.curves[curve])}
      value={measures[curve]}
      options={words.measures}
      onChange={(measure) => onChange({ ...choice, measures: { ...measures, [curve]: measure } })}
    />
  );
}

interface ColumnProps {
  readonly label: string;
  readonly header: readonly string[];
  readonly none: string;
  readonly value: number | null;
  readonly onChange: (index: number | null) => void;
}

function ColumnField({ label, header, none, value, onChange }: ColumnProps) {
  const id = useId();
  return (
    <div className="field field-choice">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : Number(target.value))}
      >
        <option value="">{none}</option>
        {header.map((name, i) => (
          <option key={i} value={i}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
