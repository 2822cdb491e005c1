import { ContinueOffer } from './ContinueOffer.tsx';
import { DivergedOffer } from './DivergedOffer.tsx';
import { FailurePanel } from './FailurePanel.tsx';
import { ElsewhereNote, KeepNote } from './KeepNote.tsx';

/** What is not as it should be, and the ways on. */
export function SessionNotes() {
  return (
    <>
      <FailurePanel />
      <KeepNote />
      <ElsewhereNote />
      <ContinueOffer />
      <DivergedOffer />
    </>
  );
}
