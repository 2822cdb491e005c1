import { lazy, Suspense, useState } from 'react';
import { tools as words } from '../messages/enCharts.ts';

/** Most visits save nothing: what saves and reads files is loaded when it is asked for. */
const KeepingDialog = lazy(() =>
  import('./KeepingDialog.tsx').then((module) => ({ default: module.KeepingDialog })),
);

export function KeepingButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" className="button-small" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {words.keeping}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <KeepingDialog onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
