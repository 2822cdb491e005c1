import { useEffect, useRef } from 'react';

/** Elements that use keys themselves. */
const CONTROLS =
  'input, select, textarea, button, summary, a[href], [tabindex]:not([tabindex="-1"]), [contenteditable], dialog';

/** Those that take signs. */
const TEXTS =
  'input:not([type="checkbox"], [type="radio"], [type="range"], [type="file"]), textarea, select, [contenteditable]';

/** Calls `action` when the key is pressed and the focus is in no control, so that no control loses a key. */
export function useKey(key: string, action: () => void): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const isTyping = event.target instanceof Element && event.target.matches(TEXTS);
      const isInControl = event.target instanceof Element && event.target.closest(CONTROLS) !== null;
      // A sign does nothing in a control that takes no text.
      if (key === '?' || key === '/' ? isTyping : isInControl) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [key]);
}
