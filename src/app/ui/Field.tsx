/** Labelled form fields that keep what was typed and say beside themselves what is wrong. */
import type { ReactNode } from 'react';
import type { TermId } from './glossary/enGlossary.ts';
import { Term } from './glossary/Term.tsx';

interface Base {
  /** Unique on the page; the label, the hint and the fault are tied to it. */
  readonly id: string;
  readonly label: string;
  /** What the label means, where that is not known to all. */
  readonly term?: TermId | undefined;
  readonly hint?: string | undefined;
}

interface TextProps extends Base {
  readonly value: string;
  readonly fault?: string | undefined;
  readonly inputMode?: 'decimal' | 'numeric' | 'text';
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
  /** What can be chosen instead of typing. */
  readonly children?: ReactNode;
}

/** Text, and numbers as text: an input of type number would drop what it cannot read. */
export function TextField({
  id,
  label,
  term,
  hint,
  fault,
  value,
  inputMode = 'decimal',
  ...rest
}: TextProps) {
  const { onChange, children, placeholder } = rest;
  return (
    <div className="field">
      <Label id={id} label={label} term={term} />
      <input
        id={id}
        type="text"
        inputMode={inputMode}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        aria-invalid={fault !== undefined}
        aria-describedby={describedBy(id, hint, fault)}
        onChange={(event) => onChange(event.target.value)}
      />
      <Notes id={id} hint={hint} fault={fault} />
      {children}
    </div>
  );
}

interface SelectProps<T extends string> extends Base {
  readonly value: T;
  readonly options: Readonly<Record<T, string>>;
  readonly disabled?: boolean;
  readonly onChange: (value: T) => void;
}

export function SelectField<T extends string>(props: SelectProps<T>) {
  const { id, label, term, hint, value, options, ...rest } = props;
  return (
    <div className="field field-choice">
      <Label id={id} label={label} term={term} />
      <select
        id={id}
        value={value}
        disabled={rest.disabled}
        aria-describedby={describedBy(id, hint, undefined)}
        onChange={(event) => rest.onChange(event.target.value as T)}
      >
        {(Object.keys(options) as T[]).map((option) => (
          <option key={option} value={option}>
            {options[option]}
          </option>
        ))}
      </select>
      <Notes id={id} hint={hint} fault={undefined} />
    </div>
  );
}

interface CheckProps extends Base {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function CheckField({ id, label, term, checked, onChange }: CheckProps) {
  const box = (
    <label className="field-check" htmlFor={id}>
      <input id={id} type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
  if (term === undefined) return box;
  // Its label is pressed to tick it.
  return (
    <span className="field-check-with-term">
      {box}
      <Term id={term} beside={label} />
    </span>
  );
}

function Label({ id, label, term }: Base) {
  return <label htmlFor={id}>{term === undefined ? label : <Term id={term}>{label}</Term>}</label>;
}

function Notes({ id, hint, fault }: { id: string; hint: string | undefined; fault: string | undefined }) {
  return (
    <>
      {fault !== undefined && (
        <p className="field-fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {hint !== undefined && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </>
  );
}

function describedBy(id: string, hint: string | undefined, fault: string | undefined): string | undefined {
  const ids = [fault === undefined ? '' : `${id}-fault`, hint === undefined ? '' : `${id}-hint`];
  return ids.filter(Boolean).join(' ') || undefined;
}
