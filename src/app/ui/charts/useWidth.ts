import { useCallback, useRef, useState } from 'react';

/** The width of an element, kept up to date: give `ref` to the element. 0 before it is known. */
export function useWidth(): { readonly width: number; readonly ref: (element: Element | null) => void } {
  const [width, setWidth] = useState(0);
  const observer = useRef<ResizeObserver | null>(null);
  const ref = useCallback((element: Element | null) => {
    observer.current?.disconnect();
    if (!element) return;
    observer.current = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.round(entry.contentRect.width));
    });
    observer.current.observe(element);
  }, []);
  return { width, ref };
}
