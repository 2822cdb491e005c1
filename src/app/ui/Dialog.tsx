import { useEffect, useId, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { dialog as words } from './parts/enParts.ts';

interface Props {
  readonly heading: string;
  readonly className?: string;
  /** Called when it has been closed: by its button, by Escape. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog that is open as long as it is there. Its head stays in sight, and closes it whatever becomes of its content. */
export function Dialog({ heading, className, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  // At once: the event that tells of it comes after what a person does next, which would open it again.
  const close = () => {
    dialog.current?.close();
    onClose();
  };
  // Outside of the surroundings of the button that opens it, whose styles are not meant for it.
  return createPortal(
    <dialog
      ref={dialog}
      className={className}
      aria-labelledby={id}
      onCancel={(event) => {
        // One that bubbles is of a file that was not chosen.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        close();
      }}
      onClose={onClose}
    >
      <div className="dialog-head">
        <h2 id={id}>{heading}</h2>
        <button type="button" className="button-small" onClick={close}>
          {words.close}
        </button>
      </div>
      {children}
    </dialog>,
    document.body,
  );
}
