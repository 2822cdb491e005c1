import { useEffect, useRef, useState, type RefObject } from 'react';

/**
 * Shows an element on the whole screen; where the browser does not allow that, over the whole page (`data-full` and the
 * style sheet). Escape leaves both.
 */
export function useFullScreen(): {
  readonly isFull: boolean;
  readonly element: RefObject<HTMLDivElement | null>;
  readonly toggle: () => void;
} {
  const element = useRef<HTMLDivElement>(null);
  const [isFull, setIsFull] = useState(false);
  useEffect(() => {
    if (!isFull) return;
    const leaveScreen = () => {
      if (document.fullscreenElement === null) setIsFull(false);
    };
    const leaveOverlay = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && document.fullscreenElement === null && !event.defaultPrevented) {
        setIsFull(false);
      }
    };
    document.addEventListener('fullscreenchange', leaveScreen);
    document.addEventListener('keydown', leaveOverlay);
    return () => {
      document.removeEventListener('fullscreenchange', leaveScreen);
      document.removeEventListener('keydown', leaveOverlay);
    };
  }, [isFull]);

  const toggle = () => {
    if (isFull) {
      setIsFull(false);
      if (document.fullscreenElement !== null) void document.exitFullscreen();
      return;
    }
    setIsFull(true);
    // Safari on a phone has no such function, and frames may be forbidden to use it: the overlay is there already.
    if (document.fullscreenEnabled) element.current?.requestFullscreen().catch(() => undefined);
  };
  return { isFull, element, toggle };
}
