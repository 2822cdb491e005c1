/** Labelled form fields that keep what was typed and say beside themselves what is wrong. */
import type { ReactNode } from 'react';

interface Base {
  /** Unique on the page; the label, the hint and the fault are tied to it. */
  readonly id: string;
  readonly label: string;
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
export function TextField({ id, label, hint, fault, value, inputMode = 'decimal', ...rest }: TextProps) {
  const { onChange, children, placeholder } = rest;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
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

export function SelectField<T extends string>({ id, label, hint, value, options, ...rest }: SelectProps<T>) {
  return (
    <div className="field field-choice">
      <label htmlFor={id}>{label}</label>
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

export function CheckField({ id, label, checked, onChange }: CheckProps) {
  return (
    <label className="field-check" htmlFor={id}>
      <input id={id} type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
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
