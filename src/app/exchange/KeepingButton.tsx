import { useState } from 'react';
import { tools as words } from '../charts/enCharts.ts';
import { KeepingDialog } from './KeepingDialog.tsx';

export function KeepingButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" className="button-small" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {words.keeping}
      </button>
      {isOpen && <KeepingDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
