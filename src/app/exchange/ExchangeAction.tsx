import type { MouseEvent } from 'react';

interface Props {
  readonly label: string;
  /** What one gets. */
  readonly text: string;
  readonly disabled: boolean;
  readonly onClick: (event: MouseEvent) => void;
}

/** A button that saves something, and beside it what. */
export function ExchangeAction({ label, text, disabled, onClick }: Props) {
  return (
    <div className="exchange-action">
      <button type="button" disabled={disabled} onClick={onClick}>
        {label}
      </button>
      <p>{text}</p>
    </div>
  );
}
