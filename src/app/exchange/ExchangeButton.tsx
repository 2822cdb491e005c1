import { useState } from 'react';
import { tools as words } from '../charts/enCharts.ts';
import { ExchangeDialog } from './ExchangeDialog.tsx';

export function ExchangeButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" className="button-small" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {words.exchange}
      </button>
      {isOpen && <ExchangeDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
