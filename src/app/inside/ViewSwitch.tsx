import { useId } from 'react';

interface Props<V extends string | number> {
  readonly legend: string;
  readonly values: readonly V[];
  readonly chosen: V;
  /** What is written beside a value. */
  readonly label: (value: V) => string;
  readonly choose: (value: V) => void;
}

/** One of a few values of a view's question, all of them in sight. */
export function ViewSwitch<V extends string | number>({ legend, values, chosen, label, choose }: Props<V>) {
  const name = useId();
  return (
    <fieldset className="view-switch">
      <legend>{legend}</legend>
      {values.map((one) => (
        <label key={one}>
          <input type="radio" name={name} checked={chosen === one} onChange={() => choose(one)} />
          {label(one)}
        </label>
      ))}
    </fieldset>
  );
}
