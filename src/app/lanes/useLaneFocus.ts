import { useEffect, useRef, type RefCallback } from 'react';

interface LaneFocus {
  /** Keeps the menu button of a lane. */
  readonly refOf: (lane: string) => RefCallback<HTMLButtonElement>;
  /** Hands the focus to the lane's menu button as soon as it is there; null changes nothing. */
  readonly later: (lane: string | null) => void;
}

/**
 * Who among the chips has the focus when lanes come and go, and when the editor of lane `open` closes. An editor that `isSound` says cannot
 * be open (its lane is gone, or trains) is closed.
 */
export function useLaneFocus(
  open: string | null,
  onOpen: (lane: string | null) => void,
  isSound: boolean,
): LaneFocus {
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const next = useRef<string | null>(null);
  const opened = useRef<string | null>(null);

  // After every drawing: the lane may have come with it.
  useEffect(() => {
    const button = next.current === null ? undefined : buttons.current.get(next.current);
    if (!button) return;
    next.current = null;
    button.focus();
  });

  useEffect(() => {
    if (open !== null && !isSound) onOpen(null);
  }, [open, onOpen, isSound]);

  useEffect(() => {
    const closed = open === null ? opened.current : null;
    opened.current = open;
    // Where it was closed from elsewhere, the focus stays there.
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (closed !== null && isLost) buttons.current.get(closed)?.focus();
  }, [open]);

  return {
    refOf: (lane) => (element) => {
      if (element) buttons.current.set(lane, element);
      else buttons.current.delete(lane);
    },
    later: (lane) => {
      if (lane !== null) next.current = lane;
    },
  };
}
