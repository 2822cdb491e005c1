import { useDeferredValue, useId, useState } from 'react';
import { isExtreme, type ColumnChoice } from '../columns/columnChoice.ts';
import type { LogOutline, LogReading } from '../logProtocol.ts';
import { logs as words } from './enLogs.ts';
import { readNumber } from '../../../state/readDraft.ts';
import { CheckField, SelectField, TextField } from '../../../ui/Field.tsx';
import { ColumnsField, PlaceField } from './ColumnField.tsx';
import { LISTED, matching, SoughtColumn, type Option } from './columnList.ts';
import { LogCurves } from './LogCurves.tsx';
import { LogWide } from './LogWide.tsx';

interface Props {
  readonly outline: LogOutline;
  readonly choice: ColumnChoice;
  readonly reading: LogReading;
  readonly onChange: (choice: ColumnChoice) => void;
  readonly onName: (naming: readonly number[]) => void;
}

/** The questions about the columns of a log, each answered by a guess at first. */
export function LogColumns({ outline, choice, reading, onChange, onName }: Props) {
  const id = useId();
  const edit = (patch: Partial<ColumnChoice>) => onChange({ ...choice, ...patch });
  const all = outline.header.map((name, index): Option => ({ index, name }));
  const numbers = all.filter(
    ({ index, name }) => (outline.columns[index]?.numbers ?? 0) > 0 && !isExtreme(name),
  );
  const hasText = outline.naming.length > 0 || outline.columns.some(({ texts }) => texts > 0);
  const source = outline.sourceHeader.map((name, index): Option => ({ index, name }));
  const [typed, setTyped] = useState('');
  const sought = useDeferredValue(typed);
  return (
    <div className="log-columns">
      <SoughtColumn value={sought}>
        {Math.max(all.length, source.length) > LISTED && (
          <ColumnSearch
            typed={typed}
            sought={sought}
            options={all.length < source.length ? source : all}
            onType={setTyped}
          />
        )}
        {hasText && (
          <ColumnsField
            label={words.naming}
            labelAnd={words.namingAnd}
            options={source}
            none={words.noNaming}
            values={outline.naming}
            isOpen
            onChange={onName}
          />
        )}
        <SelectField
          id={`${id}-layout`}
          label={words.layout}
          value={choice.layout}
          options={words.layouts}
          onChange={(layout) => edit({ layout })}
        />
        {choice.layout === 'long' && (
          <ColumnsField
            label={words.run}
            labelAnd={words.runAnd}
            options={all.filter(({ name }) => !isExtreme(name))}
            none={words.oneRun}
            values={choice.run}
            isOpen
            onChange={(run) => edit({ run })}
          />
        )}
        <PlaceFields options={numbers} outline={outline} choice={choice} onChange={onChange} />
        {(reading.hasRepeats || choice.again !== null) && (
          <SelectField
            id={`${id}-again`}
            label={words.again}
            value={choice.again ?? reading.again}
            options={words.repeats}
            onChange={(again) => edit({ again })}
          />
        )}
        {choice.layout === 'long' ? (
          <LogCurves outline={outline} options={numbers} choice={choice} onChange={onChange} />
        ) : (
          <LogWide outline={outline} options={numbers} choice={choice} onChange={onChange} />
        )}
      </SoughtColumn>
    </div>
  );
}

interface SearchProps {
  readonly typed: string;
  /** What was typed, once the lists hold what it finds. */
  readonly sought: string;
  readonly options: readonly Option[];
  readonly onType: (text: string) => void;
}

/** Where there are too many columns for a list, they are found by name, for all lists at once. */
function ColumnSearch({ typed, sought, options, onType }: SearchProps) {
  const id = useId();
  return (
    <div>
      <TextField
        id={id}
        label={words.find}
        hint={words.findHint(options.length, LISTED)}
        value={typed}
        inputMode="text"
        onChange={onType}
      />
      <p className="field-hint" role="status">
        {sought.trim() !== '' && words.found(matching(options, sought).length)}
      </p>
    </div>
  );
}

interface PlaceProps extends Pick<Props, 'outline' | 'choice' | 'onChange'> {
  readonly options: readonly Option[];
}

function PlaceFields({ options, choice, onChange }: PlaceProps) {
  const id = useId();
  const [typed, setTyped] = useState(String(choice.stepsPerEpoch));
  const edit = (patch: Partial<ColumnChoice>) => onChange({ ...choice, ...patch });
  return (
    <>
      <PlaceField
        label={words.place}
        options={options}
        none={words.notChosen}
        rows={words.rows}
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
      {choice.unit !== 'step' && (
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
      {choice.place !== 'row' && (
        <CheckField
          id={`${id}-zero`}
          label={words.fromZero}
          checked={choice.fromZero}
          onChange={(fromZero) => edit({ fromZero })}
        />
      )}
    </>
  );
}
