import { useEffect, useRef, useState } from 'react';

/**
 * A value once it has stood still for `delay` milliseconds and the page is idle; null before the first. For what takes
 * longer to draw than a frame. `isSame` must be the same function always.
 */
export function useSettled<T>(value: T, delay: number, isSame: (a: T, b: T) => boolean): T | null {
  const [settled, setSettled] = useState<T | null>(null);
  const latest = useRef(value);
  const [version, setVersion] = useState(0);
  useEffect(() => {
    if (isSame(latest.current, value)) return;
    latest.current = value;
    setVersion((known) => known + 1);
  }, [value, isSame]);
  useEffect(() => {
    let idle = 0;
    const show = () => setSettled(latest.current);
    const timer = setTimeout(() => {
      // Safari has no idle callbacks: there it is drawn at once.
      if ('requestIdleCallback' in window) idle = requestIdleCallback(show, { timeout: 300 });
      else show();
    }, delay);
    return () => {
      clearTimeout(timer);
      if (idle) cancelIdleCallback(idle);
    };
  }, [version, delay]);
  return settled;
}
