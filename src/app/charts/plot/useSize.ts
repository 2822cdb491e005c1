import { useCallback, useRef, useState } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of an element, kept up to date: give `ref` to the element. 0 before it is known. */
export function useSize(): Size & { readonly ref: (element: Element | null) => void } {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const observer = useRef<ResizeObserver | null>(null);
  const ref = useCallback((element: Element | null) => {
    observer.current?.disconnect();
    if (!element) return;
    observer.current = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const [width, height] = [Math.round(entry.contentRect.width), Math.round(entry.contentRect.height)];
      setSize((known) => (known.width === width && known.height === height ? known : { width, height }));
    });
    observer.current.observe(element);
  }, []);
  return { ...size, ref };
}
